import type { Pulumi } from './pulumi.ts';

/** How Pulumi's protocol marks a secret. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

/** A value without Pulumi's wrappers. The paths of what was secret are added to `secrets`. */
export function plainValue({ asset }: Pulumi, value: unknown, secrets: string[] = [], path = ''): unknown {
  const inside = (inner: unknown, step: string) => plainValue({ asset } as Pulumi, inner, secrets, step);
  if (Array.isArray(value)) return value.map((item: unknown, index) => inside(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  if (asset.Asset.isInstance(value) || asset.Archive.isInstance(value)) return { asset: true };
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  const known = Object.fromEntries(entries);
  if (known[SIGNATURE] === SECRET) {
    secrets.push(path);
    return inside(known.value, path);
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, inside(inner, path === '' ? key : `${path}.${key}`)]));
}
