// Discord in this world: REST and gateway on one loopback port, with handles for the tests.
import { openService, type Service } from '../service.ts';
import type { DiscordRoute } from './asked.ts';
import { checkForm } from './forms.ts';
import { addressOf, type Gateway, guildCreate, openGateway } from './gateway.ts';
import {
  type ChannelHandle,
  type ChannelSeed,
  createHandles,
  type GuildHandle,
  type WebhookHandle,
} from './handles.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import { createDiscordLimits, type DiscordLimits } from './limits.ts';
import { createDiscordRest } from './rest.ts';
import { createDiscordState, type DiscordState, type HistoryEntry, type MessageState, messagesOf } from './state.ts';

export interface DiscordWorld {
  readonly service: Service;
  /** The value of `DISCORD_API_URL`. */
  readonly url: string;
  readonly limits: DiscordLimits;
  readonly gateway: Gateway;
  readonly people: Interactions;
  readonly state: DiscordState;
  /** The bot's token. */
  readonly token: string;
  /** `shard`: the shard that the guild is to be on. */
  readonly guild: (name?: string, locale?: string, shard?: number) => GuildHandle;
  /** Adds the bot to a guild that was created while it was connected. */
  readonly join: (guild: GuildHandle) => void;
  /** The direct messages with a person. */
  readonly direct: (person: string) => ChannelHandle;
  /** Creates a channel, in a new guild unless one is given. */
  readonly channel: (seed?: ChannelSeed) => ChannelHandle;
  readonly webhook: (seed?: ChannelSeed, name?: string) => WebhookHandle;
  /** The present messages of a channel or thread, oldest first. */
  readonly messages: (channelId: string) => readonly MessageState[];
  /** Everything that happened, in order; limited to one channel if given. */
  readonly history: (channelId?: string) => readonly HistoryEntry[];
  /** Sets the only valid token; others get 401. */
  readonly setToken: (token: string) => void;
  /** Invalid requests (401, 403, 429) in the last ten minutes. */
  readonly invalidRequests: () => number;
  readonly close: () => Promise<void>;
}

export async function openDiscord(now: () => number): Promise<DiscordWorld> {
  const state = createDiscordState(now);
  const limits = createDiscordLimits();
  const routes: Record<string, DiscordRoute> = {};
  let rest: ReturnType<typeof createDiscordRest> | null = null;
  const service: Service = await openService({
    name: 'Discord',
    now,
    handle: async (ask) => (rest === null ? null : rest(ask)),
  });
  const gateway = openGateway(state, service.server);
  const people = createInteractions(state, gateway);
  Object.assign(routes, people.routes, {
    'GET /gateway': () => ({ status: 200, body: { url: addressOf(service.server) } }),
    'GET /gateway/bot': () => ({
      status: 200,
      body: {
        url: addressOf(service.server),
        shards: gateway.division().shards,
        session_start_limit: {
          total: 1000,
          remaining: Math.max(0, 1000 - gateway.identifies()),
          reset_after: 86_400_000,
          max_concurrency: gateway.division().maxConcurrency,
        },
      },
    }),
  } satisfies Record<string, DiscordRoute>);
  rest = createDiscordRest(state, limits, checkForm, routes);
  return {
    service,
    url: `${service.url}/api`,
    limits,
    gateway,
    people,
    state,
    token: state.app.token,
    ...createHandles(state, () => gateway.division().shards),
    join: ({ id }) => gateway.dispatch('GUILD_CREATE', guildCreate(state, id), id),
    messages: (channelId) => messagesOf(state, channelId),
    history: (channelId) => state.history.filter((one) => channelId === undefined || one.channelId === channelId),
    setToken: (token) => {
      state.app.token = token;
    },
    invalidRequests: () => limits.invalid(now()),
    close: async () => {
      gateway.close();
      await service.close();
    },
  };
}
