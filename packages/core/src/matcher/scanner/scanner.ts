import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { readGzipMember, type GzipMember } from '../../logs/index.ts';
import * as layout from './assembly/layout.ts';
import { SCANNER_MODULE_BASE64 } from './scanner-module.generated.ts';
import { compileModule, type ScannerExports } from './web-assembly.ts';

/** An entry that must be looked at, by where it lies in the input. */
export interface ReportedEntry {
  readonly start: number;
  readonly end: number;
  /** Its place among all entries. */
  readonly index: number;
  /** The patterns that may match it; undefined where the scanner cannot judge it. */
  readonly patterns: readonly number[] | undefined;
}

/** What a scan found: every entry that is not reported is an event that no pattern matches. */
export interface Scan {
  readonly entryCount: number;
  readonly reported: readonly ReportedEntry[];
  /** Where the list of entries lies, its brackets included. */
  readonly listStart: number;
  readonly listEnd: number;
}

/** What gzip data unpacked to, and what a scan of it found. */
export interface UnpackedScan {
  /** In the scanner's memory: gone when it is next used. */
  readonly bytes: Uint8Array;
  readonly scan: Scan | undefined;
}

export type InputKind = 'payload' | 'archive';

const PAGE_BYTES = 65_536;

const MIN_REPORT_BYTES = 65_536;

/** A payload beyond this is scanned like any other, but its memory is given back. */
const KEPT_INPUT_BYTES = 32 * 1024 * 1024;

let newInstance: (() => ScannerExports) | undefined;
let isModuleCompiled = false;

/** Looks over payloads and archives in WebAssembly, for the events that some pattern may match. */
export class Scanner {
  readonly #image: Uint8Array;
  readonly #newInstance: () => ScannerExports;
  #instance: OpenInstance | undefined;

  private constructor(image: Uint8Array, create: () => ScannerExports) {
    this.#image = image;
    this.#newInstance = create;
    this.#instance = openInstance(create(), image);
  }

  /** Undefined where there is no WebAssembly with SIMD. @throws for an image of another format */
  static open(image: Uint8Array): Scanner | undefined {
    if (!isModuleCompiled) {
      newInstance = compileModule(Buffer.from(SCANNER_MODULE_BASE64, 'base64'));
      isModuleCompiled = true;
    }
    return newInstance && new Scanner(image, newInstance);
  }

  /** Undefined where the input is not of the form that the scanner knows: it must be read without it, and may be fine. */
  scan(input: Uint8Array, kind: InputKind): Scan | undefined {
    const instance = this.#instanceFor(input.length);
    const { exports, inputStart } = instance;
    reach(exports, inputStart + input.length + layout.MARGIN_BYTES);
    new Uint8Array(exports.memory.buffer).set(input, inputStart);
    return scanInput(instance, input.length, kind);
  }

  /**
   * Unpacks gzip data and scans what comes out. Undefined where that is left to zlib: for data that is damaged or not as usual, and
   * where it unpacks to more than `maxBytes`.
   */
  scanGzip(packed: Uint8Array, kind: InputKind, maxBytes: number): UnpackedScan | undefined {
    const member = readGzipMember(packed);
    if (member === undefined || member.unpackedBytes > maxBytes) return undefined;
    const instance = this.#instanceFor(member.unpackedBytes);
    const bytes = inflateMember(instance, packed, member);
    return bytes && { bytes, scan: scanInput(instance, bytes.length, kind) };
  }

  #instanceFor(inputBytes: number): OpenInstance {
    const instance = this.#instance ?? openInstance(this.#newInstance(), this.#image);
    this.#instance = inputBytes > KEPT_INPUT_BYTES ? undefined : instance;
    return instance;
  }
}

interface OpenInstance {
  readonly exports: ScannerExports;
  readonly reportStart: number;
  readonly reportBytes: number;
  readonly inputStart: number;
}

function openInstance(exports: ScannerExports, image: Uint8Array): OpenInstance {
  const imageStart = exports.freeMemory();
  reach(exports, imageStart + image.length);
  new Uint8Array(exports.memory.buffer).set(image, imageStart);
  const reportStart = exports.openImage(imageStart);
  if (reportStart === 0) throw new Error('the matcher image was built for another version of the scanner');
  const patternCount = new DataView(image.buffer, image.byteOffset).getUint32(layout.HEADER_PATTERN_COUNT, true);
  const reportBytes = Math.max(MIN_REPORT_BYTES, 2 * (layout.REPORT_PATTERNS + patternCount * 4));
  const inputStart = reportStart + reportBytes + layout.MARGIN_BYTES;
  reach(exports, inputStart);
  exports.buildTables();
  return { exports, reportStart, reportBytes, inputStart };
}

/** Grows the memory to `end`. Views of it are stale afterwards. */
function reach({ memory }: ScannerExports, end: number): void {
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

/** The checksum proves what came out: what else may be odd about the data does not matter then. */
function inflateMember(
  { exports, inputStart }: OpenInstance,
  packed: Uint8Array,
  { deflateStart, deflateEnd, checksum, unpackedBytes }: GzipMember,
): Uint8Array | undefined {
  const packedStart = inputStart + unpackedBytes + layout.MARGIN_BYTES;
  reach(exports, packedStart + packed.length + layout.MARGIN_BYTES);
  new Uint8Array(exports.memory.buffer).set(packed, packedStart);
  const isWhole = exports.inflate(packedStart + deflateStart, deflateEnd - deflateStart, inputStart, unpackedBytes);
  if (isWhole === 0) return undefined;
  const bytes = new Uint8Array(exports.memory.buffer, inputStart, unpackedBytes);
  return crc32(bytes) === checksum ? bytes : undefined;
}

/** Scans what lies in the memory from `inputStart` on. */
function scanInput(instance: OpenInstance, length: number, kind: InputKind): Scan | undefined {
  const { exports, inputStart, reportStart, reportBytes } = instance;
  const inputEnd = inputStart + length;
  new Uint8Array(exports.memory.buffer).fill(0, inputEnd, inputEnd + layout.MARGIN_BYTES);
  const words = new Int32Array(exports.memory.buffer, reportStart, reportBytes / 4);
  const reported: ReportedEntry[] = [];
  let state = exports.openInput(inputStart, length, reportStart, reportBytes, kind === 'archive');
  while (state === layout.SCAN_GO_ON) {
    state = exports.scan();
    readReport(words.subarray(0, exports.getReportBytes() / 4), reported);
  }
  if (state === layout.SCAN_REFUSED) return undefined;
  return {
    entryCount: exports.getEntryCount(),
    reported,
    listStart: exports.getListStart(),
    listEnd: exports.getListEnd(),
  };
}

/** Words are read in the machine's order of bytes, which is WebAssembly's wherever Node.js 24 runs. */
function readReport(words: Int32Array, reported: ReportedEntry[]): void {
  let at = 0;
  while (at < words.length) {
    const count = wordOf(words, at, layout.REPORT_PATTERN_COUNT);
    const listAt = at + layout.REPORT_PATTERNS / 4;
    const listEnd = listAt + Math.max(count, 0);
    reported.push({
      start: wordOf(words, at, layout.REPORT_START),
      end: wordOf(words, at, layout.REPORT_END),
      index: wordOf(words, at, layout.REPORT_ENTRY),
      patterns: count < 0 ? undefined : readPatterns(words, listAt, listEnd),
    });
    at = listEnd;
  }
}

/** In ascending order. Most lists hold one number, for which no typed array is worth its making. */
function readPatterns(words: Int32Array, start: number, end: number): readonly number[] {
  const patterns: number[] = [];
  for (let at = start; at < end; at++) patterns.push(words[at] ?? 0);
  return patterns.length < 2 ? patterns : patterns.sort((one, other) => one - other);
}

function wordOf(words: Int32Array, at: number, offset: number): number {
  return words[at + offset / 4] ?? 0;
}
