/** What the scanner needs of WebAssembly, which is a global that TypeScript's own library leaves to the browser's. */

interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** The functions of assembly/index.ts. */
export interface ScannerExports {
  readonly memory: WebAssemblyMemory;
  freeMemory(): number;
  openImage(start: number): number;
  buildTables(): void;
  inflate(start: number, length: number, to: number, size: number): number;
  openInput(start: number, length: number, reportStart: number, reportLength: number, isArchive: boolean): number;
  scan(): number;
  getEntryCount(): number;
  getReportBytes(): number;
  getListStart(): number;
  getListEnd(): number;
}

/**
 * Compiles a module; undefined where there is no WebAssembly, or none with SIMD instructions. What is returned makes instances, each
 * with a memory of its own.
 */
export function compileModule(bytes: Uint8Array): (() => ScannerExports) | undefined {
  const { WebAssembly: api } = globalThis as { readonly WebAssembly?: WebAssemblyApi };
  if (api === undefined) return undefined;
  try {
    const module = new api.Module(bytes);
    return () => new api.Instance(module).exports as ScannerExports;
  } catch {
    return undefined;
  }
}
