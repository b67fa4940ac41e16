/** Why a payload, or one of its log events, could not be read. */
export type UnreadableCode =
  'no-data' | 'not-base64' | 'not-gzip' | 'too-large' | 'not-json' | 'not-a-payload' | 'no-message';

export interface Unreadable {
  readonly code: UnreadableCode;
  /** What was found and what was expected. Never holds any of the payload's own text. */
  readonly message: string;
}
