/** Environment variables that a process starts with and then takes away, because AWS's environment does not have them. */
export const START_VARIABLES = {
  /** The driven clock's time, epoch milliseconds: initialization comes before the first word from the Runtime API. */
  initTimeMs: 'TRAILBELL_INIT_TIME_MS',
  /** Where Node keeps compiled code: most of a start would be spent on taking the types out of these few files. */
  compileCache: 'NODE_COMPILE_CACHE',
};
