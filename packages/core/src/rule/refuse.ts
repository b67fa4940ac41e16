import type * as z from 'zod';

/** What our own checks add to a zod issue, so that it becomes a problem with a code, a hint and an exact place. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The unit inside the text value at which the fault begins. */
  readonly textOffset?: number;
}

/** Refuses the value at `path` below the value that is being checked. */
export function refuse(
  context: Pick<z.RefinementCtx, 'addIssue'>,
  path: readonly (string | number)[],
  { message, ...params }: Refusal,
): void {
  context.addIssue({ code: 'custom', path: [...path], message, params });
}
