// How a channel that people added is told, beyond its language and digest: what they set, and nothing else.

export interface ChannelSettings {
  /** Turns go into a thread of the card. */
  readonly thread?: boolean;
  /** Alerts are posts of this forum. */
  readonly forum?: string | null;
  /** Stages without a notification. */
  readonly silent?: readonly string[];
  /** Minutes after midnight. */
  readonly quiet?: { readonly from: number; readonly to: number } | null;
  /** IANA; of quiet hours and digests. */
  readonly timezone?: string;
  /** A role that alerts ping, and at which stages; null = at every one. */
  readonly ping?: { readonly role: string; readonly stages: readonly string[] | null } | null;
}
