// A Discord that gives prepared answers, one per request, and records the requests.
import { expect } from 'vitest';
import type { Channel, ChannelWorld, OutgoingPage } from '../../../src/channels/define.ts';
import { discord } from '../../../src/channels/discord/channel.ts';
import { directMessages } from '../../../src/channels/discord/direct.ts';
import type { Json } from '../../../src/types/core.ts';
import type { Outcome } from '../../../src/types/delivery.ts';
import { grok, style, worldOf } from './stories.ts';

export interface Asked {
  readonly method: string;
  /** Path and query after `/api/v10`. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Reply = Response | Error | ((asked: Asked) => Response);

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** The answer to a message that was created. */
export function made(): Response {
  return json(200, { id: '999' });
}

/** The error that `fetch` throws for a network failure. */
export function failure(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });
}

/** `place`: the answer to requests for the channel itself, which are neither recorded nor use up a reply. */
export function wire(replies: readonly Reply[], place: object | null = textChannel) {
  const asked: Asked[] = [];
  const left = [...replies];
  const fetch: ChannelWorld['fetch'] = async (input, init) => {
    const url = new URL(String(input));
    expect(url.origin + url.pathname.slice(0, 9)).toBe('https://discord.test/api/v10/');
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : {};
    const call: Asked = {
      method: init?.method ?? 'GET',
      path: url.pathname.slice(8) + url.search,
      headers: new Headers(init?.headers),
      body,
    };
    if (place !== null && call.method === 'GET' && call.path === `/channels/${channelId}`) return json(200, place);
    asked.push(call);
    const reply = left.shift();
    if (reply === undefined) throw new Error(`nobody expected ${call.method} ${call.path}`);
    if (reply instanceof Error) throw reply;
    return reply instanceof Response ? reply : reply(call);
  };
  return { fetch, asked, left };
}

export const channelId = '123456789012345678';
export const webhookToken = 'webhook-token-canary';
/** A description of the channel for tests in which its kind does not matter. */
export const textChannel = { id: channelId, type: 0, guild_id: '9' };
export const byBot = { channel: channelId };
export const byWebhook = { webhook: `https://discord.com/api/webhooks/234567890123456789/${webhookToken}` };
export const idle = new AbortController().signal;

export function card(channel: Channel, id = 'story@3>releases/card'): Json {
  const [page] = channel.pages({ form: 'card', story: grok }, style, { id });
  return JSON.parse(JSON.stringify(page));
}

export interface Trip {
  readonly outcome: Outcome;
  readonly asked: readonly Asked[];
  readonly left: readonly Reply[];
}

/** Sends one page over a new wire. */
export async function sent(
  options: unknown,
  replies: readonly Reply[],
  change: Partial<OutgoingPage> = {},
  world: Partial<ChannelWorld> = {},
): Promise<Trip> {
  const { fetch, asked, left } = wire(replies);
  const channel = discord.open(options, worldOf({ fetch, ...world }));
  const outgoing: OutgoingPage = {
    id: 'story@3>releases/card#0',
    form: 'card',
    page: card(channel),
    to: null,
    doubtSince: null,
    ...change,
  };
  const outcome = await channel.send(outgoing, idle);
  return { outcome, asked, left };
}

/** Discord's answer to opening a conversation. */
export const conversation = (id: string) => json(200, { id, type: 1 });

/** The channel of direct messages to a person, as opened by a worker that has not sent any yet. */
export function openDirect(fetch: ChannelWorld['fetch']): Channel {
  return directMessages.open({ person: '70' }, worldOf({ fetch, now: () => 1_000_000, pressable: true }));
}
