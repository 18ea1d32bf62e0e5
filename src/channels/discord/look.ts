// What a card needs besides its story; it comes from the channel's world.
import type { ChannelWorld } from '../define.ts';

export interface CardLook {
  /** A lab's display name. */
  readonly labName: (id: string) => string;
  /** The server whose avatars are shown; default GitHub. */
  readonly avatars?: string;
  /** Who answers buttons: set in a channel, or in direct messages to one person. Left out = nobody. */
  readonly press?: 'channel' | 'person';
}

export function lookOf({ labName = (id) => id, addresses }: ChannelWorld): CardLook {
  const avatars = addresses['github.serverUrl'];
  return { labName, ...(avatars === undefined ? {} : { avatars }) };
}
