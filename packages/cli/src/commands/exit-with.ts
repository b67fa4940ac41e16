import type { CommanderError } from 'commander';

/** The exit code of grep for arguments that it does not understand. */
export const WRONG_USE_OF_GREP = 2;

/** The same of the AWS CLI. */
export const WRONG_USE_OF_AWS = 252;

/** Ends a command that was used wrongly, and those that are added to it, with this exit code; no other. */
export function exitWith(wrongUsageExitCode: number): (error: CommanderError) => never {
  return (error) => process.exit(error.exitCode === 0 ? 0 : wrongUsageExitCode);
}
