/** A source of records that goes on. */
export interface Follower {
  /** The records that came since the last call; at first those from now on. Rejects where the source cannot be read. */
  next(): Promise<readonly string[]>;
}
