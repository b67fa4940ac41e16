/** What CloudTrail's `sourceIPAddress` is: it may be a service's host name or "AWS Internal" as well as an address. */
export type SourceIpKind = 'aws-service' | 'private' | 'public' | 'other';

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export function sourceIpKind(sourceIp: string): SourceIpKind {
  if (sourceIp === 'AWS Internal' || isAwsServiceHost(sourceIp)) return 'aws-service';
  const octets = ipv4Octets(sourceIp);
  if (octets !== undefined) return isPrivateIpv4(octets) ? 'private' : 'public';
  const groups = ipv6Groups(sourceIp);
  if (groups === undefined) return 'other';
  return isPrivateIpv6(groups) ? 'private' : 'public';
}

/** Whether the text is the host name of an AWS service, such as `cloudformation.amazonaws.com`. */
export function isAwsServiceHost(text: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/i.test(text);
}

function ipv4Octets(text: string): readonly number[] | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const octets = text.split('.').map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

/** RFC 1918, shared address space (RFC 6598), loopback and link-local. */
function isPrivateIpv4([first = 0, second = 0]: readonly number[]): boolean {
  if (first === 10 || first === 127) return true;
  if (first === 172) return second >= 16 && second <= 31;
  if (first === 192) return second === 168;
  if (first === 169) return second === 254;
  return first === 100 && second >= 64 && second <= 127;
}

/** The eight groups of an IPv6 address, by way of the URL parser, which knows every way to write one. */
function ipv6Groups(text: string): readonly number[] | undefined {
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || !URL.canParse(`http://[${text}]`)) return undefined;
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const before = hexGroups(head);
  const after = hexGroups(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function hexGroups(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
}

/** Unique local, link-local, loopback, and private IPv4 addresses in IPv6 clothes (::ffff:10.0.0.1). */
function isPrivateIpv6(groups: readonly number[]): boolean {
  const [first = 0] = groups;
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80) return true;
  if (!groups.slice(0, 5).every((group) => group === 0)) return false;
  const [mapped = 0, high = 0, low = 0] = groups.slice(5);
  if (mapped === 0xffff) return isPrivateIpv4([high >> 8, high & 0xff]);
  return mapped === 0 && high === 0 && low === 1;
}
