/** One event of a CloudWatch Logs group, as a subscription delivers it. */
export interface LogEvent {
  /** Unique to the log event; a record that CloudTrail delivers twice has two. */
  readonly id: string;
  /** Epoch milliseconds: for a trail the time of CloudTrail's delivery, not the record's `eventTime`. */
  readonly timestamp: number;
  readonly message: string;
}
