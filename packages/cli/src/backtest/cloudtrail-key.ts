/**
 * What the name of an archive says of its records.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export interface CloudTrailKey {
  readonly account: string;
  readonly region?: string;
  /** Digits of a date as far as the name goes, `2026`, `202603`, `20260311`: the day of the delivery. */
  readonly day?: string;
  /** All up to the date, `.../us-east-1/`: the archives of a region are under it in the order of their days. */
  readonly regionFolder?: string;
}

/** Of accounts, regions and days of delivery, those that are asked for. What is left out is not asked about. */
export interface ArchiveFilter {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** The first day, `YYYY-MM-DD`, UTC. */
  readonly from?: string;
  /** The last day. */
  readonly until?: string;
}

const LAYOUT =
  /^(.*?AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/CloudTrail(?:-[A-Za-z]+)?\/([a-z0-9-]+)\/)(?:(\d{4})(?:\/(\d\d)(?:\/(\d\d))?)?(?:\/|$))?/;
const ACCOUNT_FOLDER = /AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\//;

/** Reads a key of a bucket, a path of a copy of it, or the beginning of one. Undefined where it names no account. */
export function cloudTrailKey(key: string): CloudTrailKey | undefined {
  const path = key.replaceAll('\\', '/');
  const [, regionFolder, account, region, year, month = '', day = ''] = LAYOUT.exec(path) ?? [];
  if (account !== undefined && region !== undefined && regionFolder !== undefined) {
    return { account, region, regionFolder, ...(year !== undefined && { day: year + month + day }) };
  }
  const [, only] = ACCOUNT_FOLDER.exec(path) ?? [];
  return only === undefined ? undefined : { account: only };
}

/** Whether anything is asked for in particular. */
export function isFiltering({ accounts, regions, from, until }: ArchiveFilter): boolean {
  return [accounts, regions, from, until].some((asked) => asked !== undefined);
}

/** Whether a file is asked for. One whose name does not say where and when it is from is not, where that is asked. */
export function isAskedFor(key: string, filter: ArchiveFilter): boolean {
  if (!isFiltering(filter)) return true;
  const known = cloudTrailKey(key);
  return known?.day?.length === 8 && mayBeAskedFor(known, filter);
}

/** Whether something under a folder may be asked for, by what its name says so far. */
export function mayBeAskedFor(known: CloudTrailKey | undefined, filter: ArchiveFilter): boolean {
  if (known === undefined) return true;
  const { account, region, day } = known;
  const { accounts, regions, from, until } = filter;
  if (accounts?.includes(account) === false) return false;
  if (region !== undefined && regions?.includes(region) === false) return false;
  if (day === undefined) return true;
  const sameLength = (asked: string) => asked.replaceAll('-', '').slice(0, day.length);
  return (from === undefined || day >= sameLength(from)) && (until === undefined || day <= sameLength(until));
}
