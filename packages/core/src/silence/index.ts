export { compileSilences } from './compile-silences.ts';
export type { LoadedSilence, LoadedSilences, SilenceFile } from './load-silences.ts';
export { loadSilences } from './load-silences.ts';
export type { SilencedAlarm, SilenceInForce } from './silence-in-force.ts';
export { silenceInForce, silencesFor } from './silence-in-force.ts';
export { silenceJsonSchema } from './silence-json-schema.ts';
export type { SilencedRule } from './silence-targets.ts';
export type { CompiledSilence, Silence, SilenceScope } from './silence.ts';
export { MAX_SILENCE_DAYS } from './silence.ts';
