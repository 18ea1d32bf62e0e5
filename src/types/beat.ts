// The worker's heartbeat, as it stands in the database.

export interface Beat {
  readonly at: string;
  /** The usual time between two wakes. */
  readonly everyMs: number;
}
