/**
 * The response header by which an endpoint of the local AWS says how many milliseconds of simulated time its answer took.
 *
 * A driven clock stands still while an HTTP exchange is under way, so an endpoint cannot be slow by being slow: it answers at
 * once, says how long that took, and the caller lets that time pass before it believes the answer. At 15,000 or more, SNS
 * takes the answer for a timeout.
 */
export const SIMULATED_DURATION_HEADER = 'x-simulated-duration-ms';
