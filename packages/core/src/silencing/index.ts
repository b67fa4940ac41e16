/** What a Lambda needs of the silences: no YAML, no schema. */
export { silenceInForce, silencesFor } from '../silence/silence-in-force.ts';
export type { SilencedAlarm, SilenceInForce } from '../silence/silence-in-force.ts';
export type { CompiledSilence } from '../silence/silence.ts';
