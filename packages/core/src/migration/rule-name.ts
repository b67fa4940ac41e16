/** A rule's name made of another name: `RootUsage_Alarm` becomes `root-usage`. `taken` names get a number. */
export function ruleNameOf(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .slice(0, 90)
    .replace(/^-+|-+$/g, '')
    .replace(/-(?:metric-filter|filter|alarm)$/, '');
  const base = words === '' ? 'imported-rule' : words;
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
