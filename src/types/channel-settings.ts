// What people in Discord set for a channel they added, apart from its language and digest; only what they set is present.

export interface ChannelSettings {
  /** Turns go into a thread under the card. */
  readonly thread?: boolean;
  /** Alerts are posted in this forum. */
  readonly forum?: string | null;
  /** Stages that notify nobody. */
  readonly silent?: readonly string[];
  /** Minutes after midnight. */
  readonly quiet?: { readonly from: number; readonly to: number } | null;
  /** IANA name; for quiet hours and digests. */
  readonly timezone?: string;
  /** A role that alerts ping, and at which stages; null = at every stage. */
  readonly ping?: { readonly role: string; readonly stages: readonly string[] | null } | null;
}
