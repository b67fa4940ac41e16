/** dynalite 4.0.0 has no types; these cover what the stand-in uses, its inner modules included. */

declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** A server that has not been told to listen; the engine is its `request` listener. */
  export default function dynalite(options?: DynaliteOptions): Server;
}

declare module 'dynalite/db/index.js' {
  interface ConditionFailure extends Error {
    readonly body: Record<string, unknown>;
  }

  interface Database {
    /** Returns nothing where the condition holds. Called with the item's lock held. */
    checkConditional: (
      request: Readonly<Record<string, unknown>>,
      existingItem: Readonly<Record<string, unknown>> | undefined,
    ) => ConditionFailure | null | undefined;
  }

  const database: Database;
  export default database;
}

declare module 'dynalite/validations/*.js' {
  interface Validation {
    /** The parameters that the operation knows; it drops all others. */
    readonly types: Record<string, { readonly type: string; readonly enum?: readonly string[] }>;
  }

  const validation: Validation;
  export default validation;
}
