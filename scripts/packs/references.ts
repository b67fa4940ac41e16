import type { Rule } from '@trailbell/core/rule';

const CIS = /^CIS-(?<version>[\d.]+)-(?<control>[\d.]+)$/;

/** The controls of the benchmark that a rule is for, versions of one number together: `CIS 4.1 (1.4–5.0)`. */
export function cisReferences({ references }: Rule): readonly string[] {
  const versions = new Map<string, string[]>();
  for (const reference of references) {
    const { version, control } = CIS.exec(reference)?.groups ?? {};
    if (version === undefined || control === undefined) continue;
    versions.set(control, [...(versions.get(control) ?? []), version]);
  }
  return [...versions].map(([control, of]) => {
    const [first = '', last = first] = [of.at(0), of.at(-1)];
    return `CIS ${control} (${first === last ? first : `${first}–${last}`})`;
  });
}

/** The other references, techniques of MITRE ATT&CK by their ids. */
export function otherReferences({ references }: Rule): readonly string[] {
  return references.filter((reference) => !CIS.test(reference)).map((reference) => reference.replace(/^MITRE-/, ''));
}
