// The state of Discord in this world: guilds, roles, channels, threads, messages, webhooks, commands.
import { createSnowflakes } from './snowflake.ts';
import { createWriteLimits, type WriteLimits } from './writes.ts';

export interface RoleState {
  readonly id: string;
  name: string;
  permissions: bigint;
  mentionable: boolean;
}

export interface GuildState {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The first one is `@everyone`, with the guild's id. */
  readonly roles: RoleState[];
  /** Ids of the bot's roles. */
  readonly botRoles: string[];
  /** The guild's preferred locale; default `en-US`. */
  readonly locale?: string;
  /** The channel for Discord's own system messages; null = none. */
  systemChannelId?: string | null;
}

export interface Overwrite {
  readonly id: string;
  /** 0 role, 1 member. */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface TagState {
  readonly id: string;
  readonly name: string;
  readonly moderated: boolean;
}

/** 0 text, 1 direct messages, 2 voice, 4 category, 5 announcement, 11 public thread, 13 stage, 15 forum, 16 media. */
export type ChannelType = 0 | 1 | 2 | 4 | 5 | 11 | 13 | 15 | 16;

export interface ThreadState {
  readonly ownerId: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  tags: string[];
  archivedAt: number;
  /** When it was created or last reopened. */
  activeAt: number;
}

export interface ChannelState {
  readonly id: string;
  /** Empty for direct messages. */
  readonly guildId: string;
  /** The other person in direct messages. */
  readonly recipient?: string;
  type: ChannelType;
  name: string;
  readonly parentId: string | null;
  readonly overwrites: Overwrite[];
  tags: TagState[];
  /** 1 << 4: posts require a tag. */
  flags: number;
  thread: ThreadState | null;
}

/** A message as Discord returns it; the nonce is stored separately, as it is not returned later. */
export interface MessageState {
  readonly id: string;
  readonly channel_id: string;
  readonly author: { readonly id: string; readonly username: string; readonly bot: boolean };
  content: string;
  readonly timestamp: string;
  edited_timestamp: string | null;
  mention_everyone: boolean;
  mentions: readonly { readonly id: string }[];
  mention_roles: readonly string[];
  attachments: readonly Readonly<Record<string, unknown>>[];
  embeds: readonly Readonly<Record<string, unknown>>[];
  components: readonly unknown[];
  flags: number;
  readonly type: 0 | 19;
  readonly message_reference?: { readonly message_id: string; readonly channel_id: string };
  readonly webhook_id?: string;
  readonly application_id?: string;
}

export interface WebhookState {
  readonly id: string;
  readonly token: string;
  readonly channelId: string;
  readonly guildId: string;
  readonly name: string;
}

/** An event in the life of a message or thread. */
export interface HistoryEntry {
  readonly type: 'create' | 'edit' | 'delete' | 'crosspost' | 'thread' | 'repeat';
  readonly at: number;
  readonly channelId: string;
  readonly messageId: string;
  /** The message after the event. */
  readonly message: MessageState;
  readonly nonce: string | null;
}

export interface DiscordState {
  readonly now: () => number;
  readonly snowflake: () => string;
  readonly app: { readonly id: string; readonly userId: string; readonly name: string; token: string };
  readonly guilds: Map<string, GuildState>;
  readonly channels: Map<string, ChannelState>;
  /** By id; since ids increase, insertion order is chronological. */
  readonly messages: Map<string, MessageState>;
  readonly crossposted: Set<string>;
  /** `author nonce` → the message created with it. */
  readonly nonces: Map<string, { readonly messageId: string; readonly at: number }>;
  readonly webhooks: Map<string, WebhookState>;
  /** By guild id, or `global`. */
  readonly commands: Map<string, readonly Readonly<Record<string, unknown>>[]>;
  /** People who do not accept direct messages from the bot. */
  readonly closed: Set<string>;
  readonly history: HistoryEntry[];
  /** Times of the writes that are limited by age or publication. */
  readonly writes: Map<string, readonly number[]>;
  readonly writeLimits: WriteLimits;
  /** The most active threads in a guild; Discord's own limit by default. */
  threadsMost: number;
  /** How long a nonce is remembered, in milliseconds. */
  nonceWindowMs: number;
}

export function createDiscordState(now: () => number): DiscordState {
  const snowflake = createSnowflakes(now);
  const id = snowflake();
  return {
    now,
    snowflake,
    app: {
      id,
      userId: id,
      name: 'Landfall',
      token: `${Buffer.from(id).toString('base64url')}.GworLd.canary-9dXk2LmQ0TzB7vRfYc4HsWnE1uJ6aPo5`,
    },
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    crossposted: new Set(),
    nonces: new Map(),
    webhooks: new Map(),
    commands: new Map(),
    closed: new Set(),
    history: [],
    writes: new Map(),
    writeLimits: createWriteLimits(),
    threadsMost: 1000,
    nonceWindowMs: 180_000,
  };
}

/** The direct messages between the bot and a person, created at the first request. */
export function directWith(state: DiscordState, person: string): ChannelState {
  const known = [...state.channels.values()].find(({ recipient }) => recipient === person);
  if (known !== undefined) return known;
  const made: ChannelState = {
    id: state.snowflake(),
    guildId: '',
    recipient: person,
    type: 1,
    name: '',
    parentId: null,
    overwrites: [],
    tags: [],
    flags: 0,
    thread: null,
  };
  state.channels.set(made.id, made);
  return made;
}

/** Channels in which every message belongs to a post. */
export function isForum({ type }: Pick<ChannelState, 'type'>): boolean {
  return type === 15 || type === 16;
}

/** Archives a thread that has been silent for its auto-archive time. To be called before every use of a thread. */
export function settleThread(state: DiscordState, { id, thread }: ChannelState): void {
  if (thread === null || thread.archived) return;
  const newest = [...state.messages.values()].findLast((message) => message.channel_id === id);
  const active = Math.max(thread.activeAt, newest === undefined ? 0 : Date.parse(newest.timestamp));
  const ends = active + thread.autoArchiveMinutes * 60_000;
  if (state.now() < ends) return;
  thread.archived = true;
  thread.archivedAt = ends;
}

/** The guild's active threads, newest first. */
export function activeThreads(state: DiscordState, guildId: string): readonly ChannelState[] {
  const threads = [...state.channels.values()].filter((one) => one.guildId === guildId && one.thread !== null);
  for (const one of threads) settleThread(state, one);
  return threads.filter((one) => one.thread?.archived === false).toReversed();
}

/** The channel's present messages, oldest first. */
export function messagesOf(state: DiscordState, channelId: string): readonly MessageState[] {
  return [...state.messages.values()].filter((message) => message.channel_id === channelId);
}

export function record(
  state: DiscordState,
  type: HistoryEntry['type'],
  message: MessageState,
  nonce: string | null = null,
): void {
  state.history.push({
    type,
    at: state.now(),
    channelId: message.channel_id,
    messageId: message.id,
    message: structuredClone(message),
    nonce,
  });
}
