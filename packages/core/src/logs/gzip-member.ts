import { Buffer } from 'node:buffer';

/** Where the deflate data of gzip data lies, and what the trailer says of the text that it unpacks to. */
export interface GzipMember {
  readonly deflateStart: number;
  readonly deflateEnd: number;
  /** CRC-32 of the text. */
  readonly checksum: number;
  /** A claim: nothing has been unpacked. No more than deflate data of that length can unpack to. */
  readonly unpackedBytes: number;
}

const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
/** The two bytes that gzip data begins with, and 8 for deflate. */
const MAGIC = 0x1f8b08;
/** The header is followed by a file's name, which ends in a zero. */
const HAS_NAME = 8;

/** Deflate cannot shrink by more: 258 bytes take at least two bits. */
export const MAX_DEFLATE_RATIO = 1032;

/**
 * Reads gzip data on the assumption that it is one member; the deflate data shows whether it is. Undefined for a header with anything but
 * a name in it, and for a trailer that cannot be true. RFC 1952.
 */
export function readGzipMember(packed: Uint8Array): GzipMember | undefined {
  const data = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const deflateEnd = data.length - TRAILER_BYTES;
  if (deflateEnd < HEADER_BYTES || data.readUIntBE(0, 3) !== MAGIC) return undefined;
  const flags = data.readUInt8(3);
  if ((flags & ~HAS_NAME) !== 0) return undefined;
  const deflateStart = flags === 0 ? HEADER_BYTES : data.indexOf(0, HEADER_BYTES) + 1;
  const unpackedBytes = data.readUInt32LE(deflateEnd + 4);
  if (deflateStart === 0 || unpackedBytes > (deflateEnd - deflateStart) * MAX_DEFLATE_RATIO) return undefined;
  return { deflateStart, deflateEnd, checksum: data.readUInt32LE(deflateEnd), unpackedBytes };
}
