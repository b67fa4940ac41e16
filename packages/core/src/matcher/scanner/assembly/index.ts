// The scanner: see docs/matcher.md. All memory is laid out by scanner.ts; nothing here allocates.
import { openImage } from './image';
import { inflate } from './inflate';
import { entryCount, listEnd, listStart, openInput, reportBytes, scan } from './scan';
import { buildTables } from './tables';

export { buildTables, inflate, openImage, openInput, scan };

/** Where the image may begin. */
export function freeMemory(): usize {
  return (__heap_base + 63) & ~(<usize>63);
}

export function getEntryCount(): u32 {
  return entryCount;
}

export function getReportBytes(): u32 {
  return reportBytes;
}

export function getListStart(): u32 {
  return listStart;
}

export function getListEnd(): u32 {
  return listEnd;
}
