// The worker's heartbeat, as stored in the database.

export interface Beat {
  readonly at: string;
  /** The usual time between two wakes. */
  readonly everyMs: number;
}
