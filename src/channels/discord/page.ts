// One message as it is pinned: its content for Discord, without what depends on how it is sent.
import { z } from 'zod';
import type { WeekPicture } from '../../types/picture.ts';
import type { DraftStyle } from '../define.ts';
import type { Embed } from './embed.ts';
import { limits } from './embed.ts';

export type LinkButton = { readonly type: 2; readonly style: 5; readonly label: string; readonly url: string };

/** Button styles: 1 = primary, 2 = secondary. */
export type PressButton = {
  readonly type: 2;
  readonly style: 1 | 2;
  readonly label: string;
  readonly custom_id: string;
};

export type CardButton = LinkButton | PressButton;

export type DiscordMessage = {
  readonly content?: string;
  readonly embeds?: readonly Embed[];
  readonly components?: readonly { readonly type: 1; readonly components: readonly CardButton[] }[];
  readonly allowed_mentions: {
    readonly parse: readonly [];
    readonly roles: readonly string[];
    readonly users: readonly string[];
  };
  readonly flags?: number;
};

/** The title of a forum post, or of a thread of the message. */
export type Heading = { readonly name: string; readonly tags: readonly string[] };

/** `marker` identifies the page; earlier versions also wrote it into the message. */
export type DiscordPage = {
  readonly marker: string;
  readonly message: DiscordMessage;
  readonly heading: Heading;
  /** A reply goes into a thread of the message it answers. */
  readonly thread: boolean;
  /** Data of a picture that is drawn when the message is sent, and its alternative text. */
  readonly picture?: { readonly of: WeekPicture; readonly about: string };
};

/** A file attached to a message; `about` is its alternative text. */
export interface Attachment {
  readonly name: string;
  readonly data: Uint8Array;
  readonly about: string;
}

const pageShape = z.object({
  marker: z.string(),
  message: z.looseObject({ allowed_mentions: z.looseObject({}) }),
  heading: z.object({ name: z.string(), tags: z.array(z.string()) }),
  thread: z.boolean(),
  picture: z.looseObject({ of: z.looseObject({ kind: z.literal('week') }), about: z.string() }).optional(),
});
const pinned = z.custom<DiscordPage>((page) => pageShape.safeParse(page).success);

/** Null for a page that is not Discord's. */
export function readPage(page: unknown): DiscordPage | null {
  const read = pinned.safeParse(page);
  return read.success ? read.data : null;
}

/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
const suppressNotifications = 1 << 12;

interface Pings {
  readonly text: string;
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** `role:ID`, `user:ID`, or a bare id, which means a role. As many as leave room for the content. */
function pingsOf(mention: readonly string[], room: number): Pings {
  let pings: Pings = { text: '', roles: [], users: [] };
  for (const who of new Set(mention)) {
    const found = /^(?:(role|user):)?(\d{1,20})$/.exec(who);
    const id = found?.[2];
    if (id === undefined) continue;
    const user = found?.[1] === 'user';
    const text = `${pings.text}${pings.text === '' ? '' : ' '}${user ? `<@${id}>` : `<@&${id}>`}`;
    // Discord accepts at most 100 of each.
    if (text.length > room || (user ? pings.users : pings.roles).length === 100) continue;
    pings = {
      text,
      roles: user ? pings.roles : [...pings.roles, id],
      users: user ? [...pings.users, id] : pings.users,
    };
  }
  return pings;
}

/** The message with its pings in front, without notification if the style says so, and with exact `allowed_mentions`. */
export function pageOf(
  parts: Pick<DiscordMessage, 'content' | 'embeds' | 'components'>,
  marker: string,
  heading: Heading,
  style: DraftStyle,
): DiscordPage {
  const { content = '', ...rest } = parts;
  const pings = pingsOf(style.mention, limits.content - content.length - 1);
  const whole = [pings.text, content].filter((part) => part !== '').join(' ');
  return {
    marker,
    heading,
    thread: style.thread === true,
    message: {
      ...(whole === '' ? {} : { content: whole }),
      ...rest,
      allowed_mentions: { parse: [], roles: pings.roles, users: pings.users },
      ...(style.silent ? { flags: suppressNotifications } : {}),
    },
  };
}
