/** A backtest's exit codes: every expectation is met, or not, or the command could not do what was asked for. */
export const [MET, NOT_MET, FAILED] = [0, 1, 2];
