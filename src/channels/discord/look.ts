// What a card needs beyond its story, from the world that its channel lives in.
import type { ChannelWorld } from '../define.ts';

export interface CardLook {
  /** A lab by the name that people know it by. */
  readonly labName: (id: string) => string;
  /** Where accounts have their avatars; default GitHub. */
  readonly avatars?: string;
  /** Somebody answers when a button is pressed: in a channel, or in direct messages to one person. Left out: nobody. */
  readonly press?: 'channel' | 'person';
}

export function lookOf({ labName = (id) => id, addresses }: ChannelWorld): CardLook {
  const avatars = addresses['github.serverUrl'];
  return { labName, ...(avatars === undefined ? {} : { avatars }) };
}
