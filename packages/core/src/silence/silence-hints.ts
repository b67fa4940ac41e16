import type { ValuePath } from '../rule/yaml-source.ts';

/** What people write who know other tools, or mean something near. */
export function silenceHint(path: ValuePath, value: unknown): string | undefined {
  switch (path.filter((step) => typeof step === 'string').join('.')) {
    case 'from':
    case 'until':
      if (typeof value !== 'string') return undefined;
      return /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? `write the time of day and its offset as well: ${value}T00:00Z`
        : /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?$/.test(value)
          ? 'write where it is that time: Z for UTC, or an offset such as +02:00'
          : undefined;
    case 'accounts':
      return typeof value === 'number' ? 'put account ids in quotes: as numbers they lose their zeros' : undefined;
    case 'start':
    case 'starts':
    case 'startsAt':
      return 'did you mean from?';
    case 'end':
    case 'ends':
    case 'endsAt':
    case 'expires':
      return 'did you mean until?';
    case 'severity':
      return 'did you mean severities?';
    case 'comment':
      return 'did you mean reason?';
    default:
      return undefined;
  }
}
