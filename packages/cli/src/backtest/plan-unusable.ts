/** A plan cannot be made, or merged, as things are: the message says why, line by line. */
export class PlanUnusable extends Error {
  override readonly name = 'PlanUnusable';
}
