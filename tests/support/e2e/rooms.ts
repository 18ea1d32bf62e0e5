// Channels in pairs, English and Korean, of every kind that Discord has; and what a person reads in them.
import type { ChannelHandle, ChannelSeed } from '../world/discord/handles.ts';
import type { MessageState } from '../world/discord/state.ts';
import type { Place } from './place.ts';

export const languages = ['en', 'ko'] as const;
export type Locale = (typeof languages)[number];

export interface RoomSeed extends ChannelSeed {
  readonly by?: 'bot' | 'webhook';
  /** Further YAML for the channel, such as `thread: true`. */
  readonly options?: string;
  /** The forum's tags by language, where they differ. */
  readonly tagsIn?: Readonly<Record<Locale, readonly string[]>>;
}

export interface Post {
  readonly name: string;
  readonly tags: readonly string[];
  readonly said: readonly string[];
}

export interface Room {
  /** The channel's name in the configuration. */
  readonly name: string;
  readonly channel: ChannelHandle;
  readonly messages: () => readonly MessageState[];
  /** Each message in a line or two: a card as `badge stage | name | headline`, any other as it reads. */
  readonly said: () => readonly string[];
  /** Threads and posts in the channel. */
  readonly posts: () => readonly Post[];
  /** Messages and posts at this moment. */
  readonly read: () => { readonly said: readonly string[]; readonly posts: readonly Post[] };
}

/** The contents of each room at one moment. */
export type Reading<Kind extends string> = (kind: Kind, locale: Locale) => ReturnType<Room['read']>;

export interface Rooms<Kind extends string> {
  readonly of: (kind: Kind, locale: Locale) => Room;
  readonly all: readonly Room[];
  readonly read: () => Reading<Kind>;
  /** The YAML of the channels, and the environment variables it refers to. */
  readonly yaml: string;
  readonly env: Readonly<Record<string, string>>;
}

const marker = /\n?(?:-# )?#[a-z2-7]{10}$/;

/** Removes ports and markers, which differ every time. */
function settled(text: string): string {
  return text.replace(marker, '').replaceAll(/127\.0\.0\.1:\d+/g, 'host');
}

export function readMessage(message: MessageState): string {
  const [embed] = message.embeds;
  if (embed === undefined) return settled(message.content);
  const {
    author,
    title = '',
    description = '',
  } = embed as {
    readonly author?: { readonly name: string };
    readonly title?: string;
    readonly description?: string;
  };
  if (author === undefined) return settled(`${title}\n${description}`);
  const headline = /^\*\*(.*?)\*\*/.exec(description)?.[1] ?? description;
  return [author.name.split(' · ')[0], title, headline].join(' | ');
}

function openRoom({ world }: Place, name: string, channel: ChannelHandle): Room {
  const said = (): readonly string[] => channel.messages().map(readMessage);
  const posts = (): readonly Post[] => {
    const tags = new Map(channel.state.tags.map((tag) => [tag.id, tag.name]));
    return channel.threads().map((thread) => ({
      name: settled(thread.name),
      tags: thread.thread?.tags.map((id) => tags.get(id) ?? id) ?? [],
      said: world.discord.messages(thread.id).map(readMessage),
    }));
  };
  return { name, channel, messages: channel.messages, said, posts, read: () => ({ said: said(), posts: posts() }) };
}

export function openRooms<Kind extends string>(place: Place, seeds: Readonly<Record<Kind, RoomSeed>>): Rooms<Kind> {
  const { discord } = place.world;
  const rooms = new Map<string, Room>();
  const lines: string[] = [];
  const env: Record<string, string> = {};
  for (const [kind, seed] of Object.entries<RoomSeed>(seeds)) {
    for (const locale of languages) {
      const name = `${kind}-${locale}`;
      const tags = seed.tagsIn?.[locale] ?? seed.tags ?? [];
      const hook = seed.by === 'webhook' ? discord.webhook({ ...seed, tags }) : null;
      const channel = hook === null ? discord.channel({ ...seed, tags }) : hook.channel;
      const variable = `HOOK_${name.replaceAll('-', '_').toUpperCase()}`;
      if (hook !== null) env[variable] = hook.url;
      const address = hook === null ? `channel: "${channel.id}"` : `webhook: "\${${variable}}"`;
      const options = [`discord: { ${address} }`, `locale: ${locale}`, seed.options ?? ''].filter(Boolean).join(', ');
      lines.push(`  ${name}: { ${options} }\n`);
      rooms.set(name, openRoom(place, name, channel));
    }
  }
  const find = <Thing>(things: ReadonlyMap<string, Thing>, kind: Kind, locale: Locale): Thing => {
    const thing = things.get(`${kind}-${locale}`);
    if (thing === undefined) throw new Error(`no room ${kind}-${locale}`);
    return thing;
  };
  return {
    of: (kind, locale) => find(rooms, kind, locale),
    all: [...rooms.values()],
    read: () => {
      const readings = new Map([...rooms].map(([name, room]) => [name, room.read()]));
      return (kind, locale) => find(readings, kind, locale);
    },
    yaml: lines.join(''),
    env,
  };
}

/** Discord's refusals so far as `METHOD /path STATUS`, without ids and tokens; each line once. */
export function refusals({ world }: Place): readonly string[] {
  const refused = world.discord.service.log.filter(({ status }) => status !== null && status >= 400);
  const lines = refused.map(({ method, path, status }) => {
    const route = path.replace('/api/v10', '').replace(/(\/webhooks\/\d+)\/[^/]+/, '$1/:token');
    return `${method} ${route.replaceAll(/\d{5,}/g, ':id')} ${status}`;
  });
  return [...new Set(lines)].toSorted();
}
