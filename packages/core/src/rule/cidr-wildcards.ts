/** Why a block cannot be written as wildcards. */
export interface CidrRefusal {
  readonly message: string;
  readonly hint: string;
}

const IPV4_BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Whether a text is meant as a block of addresses: `10.0.0.0/8`, `2001:db8::/32`. */
export function isCidr(text: string): boolean {
  return /^[\d.]+\/\d+$/.test(text) || /^[0-9a-f:]*:[0-9a-f:.]*\/\d+$/i.test(text);
}

/**
 * An IPv4 block as addresses and as wildcards at their ends, which is all that filter patterns know: `10.1.0.0/16` is `10.1.*`, and
 * a block that ends inside a number is one of up to 128 such texts for each value of that number.
 */
export function cidrWildcards(text: string): readonly string[] | CidrRefusal {
  if (text.includes(':')) {
    return {
      message: `${text} is a block of IPv6 addresses, which a filter pattern cannot tell by their beginning`,
      hint: 'an IPv6 address has several spellings; list the addresses as your records write them',
    };
  }
  const parts = IPV4_BLOCK.exec(text)?.slice(1).map(Number);
  const bits = parts?.at(4);
  const octets = parts?.slice(0, 4) ?? [];
  if (bits === undefined || bits > 32 || octets.some((octet) => octet > 255)) {
    return { message: `${text} is not a block of addresses`, hint: 'write it as 10.0.0.0/8' };
  }
  if (bits === 0) return { message: `${text} is every address`, hint: 'leave the comparison out' };
  const inside = octets.map((octet, i) => octet % 2 ** clamp(8 * (i + 1) - bits));
  if (inside.some((rest) => rest > 0)) {
    const first = octets.map((octet, i) => octet - (inside[i] ?? 0)).join('.');
    return { message: `${text} does not begin where the block begins`, hint: `write ${first}/${bits}` };
  }
  const whole = Math.ceil(bits / 8);
  const last = octets[whole - 1] ?? 0;
  const before = octets.slice(0, whole - 1);
  const end = whole === 4 ? '' : '.*';
  return Array.from({ length: 2 ** (8 * whole - bits) }, (_, i) => [...before, last + i].join('.') + end);
}

function clamp(freeBits: number): number {
  return Math.min(8, Math.max(0, freeBits));
}
