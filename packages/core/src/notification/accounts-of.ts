import type { Activity } from '../cloudtrail/index.ts';

/** The accounts that the examples of an alarm are about, each once, in order: twelve digits, whatever the records say. */
export function accountsOf(examples: readonly Activity[]): readonly string[] {
  const accounts = examples.map(({ recipientAccountId = '' }) => recipientAccountId);
  return [...new Set(accounts.filter((account) => /^\d{12}$/.test(account)))];
}
