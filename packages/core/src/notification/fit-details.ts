import { cutText, mapStrings } from '../cloudtrail/index.ts';
import type { TrailbellDetails } from './trailbell-details.ts';

/** Tried in turn once the examples are gone. */
const SHORTER: readonly { readonly maxLength: number; readonly maxItems: number }[] = [
  { maxLength: 8192, maxItems: 100 },
  { maxLength: 2048, maxItems: 20 },
  { maxLength: 512, maxItems: 10 },
  { maxLength: 128, maxItems: 5 },
];

/**
 * The details as they are, then ever smaller: half the examples at each step until none is left, then less text and
 * shorter lists. The last is small whatever the details hold. A link that would have to be cut is left out.
 */
export function* everSmaller(details: TrailbellDetails): Generator {
  for (let kept = details.examples.length; kept > 0; kept = Math.floor(kept / 2)) {
    yield withText({ ...details, examples: details.examples.slice(0, kept) }, Number.MAX_SAFE_INTEGER);
  }
  const rest = { ...details, examples: [] };
  yield withText(rest, Number.MAX_SAFE_INTEGER);
  for (const { maxLength, maxItems } of SHORTER) yield withText(withLists(rest, maxItems), maxLength);
}

function withText(details: TrailbellDetails, maxLength: number): unknown {
  const links = Object.fromEntries(
    Object.entries(details.links).filter(([, link]) => (link?.length ?? 0) <= maxLength),
  );
  return mapStrings({ ...details, links }, (text) => cutText(text, maxLength));
}

function withLists(details: TrailbellDetails, maxItems: number): TrailbellDetails {
  return {
    ...details,
    references: details.references.slice(0, maxItems),
    resources: details.resources?.slice(0, maxItems),
    requestParameters: details.requestParameters?.slice(0, maxItems),
  };
}
