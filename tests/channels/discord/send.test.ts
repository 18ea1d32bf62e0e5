// Sends against a Discord that answers, refuses, limits, fails and vanishes: every end is the right outcome.

import { describe, expect, it } from 'vitest';
import { discord } from '../../../src/channels/discord/channel.ts';
import { nonceOf } from '../../../src/channels/discord/marker.ts';
import type { Outcome } from '../../../src/types/delivery.ts';
import { grok, style, worldOf } from '../../support/channels/stories.ts';
import {
  byBot,
  byWebhook,
  card,
  channelId,
  failure,
  idle,
  json,
  made,
  sent,
  webhookToken,
  wire,
} from '../../support/channels/wire.ts';
import { mentioning } from '../../support/reasons.ts';

const id = 'story@3>releases/card#0';
describe('by bot', () => {
  it('creates with a nonce that is the same for every attempt', async () => {
    const { outcome, asked } = await sent(byBot, [made()]);
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '999' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', path: `/channels/${channelId}/messages` });
    expect(asked[0]?.headers.get('authorization')).toBe('Bot bot-token-canary');
    expect(asked[0]?.headers.get('user-agent')).toContain('Landfall/1.0.0 (+https://landfall.test)');
    expect(asked[0]?.body).toMatchObject({
      nonce: nonceOf(channelId, id),
      enforce_nonce: true,
      allowed_mentions: { parse: [], roles: [], users: [] },
    });
    expect(nonceOf(channelId, id)).toMatch(/^[a-z2-7]{25}$/);
  });

  it('replies to the card, and to nothing when it is gone', async () => {
    const { asked } = await sent(byBot, [made()], { to: { reply: '555' } });
    expect(asked[0]?.body.message_reference).toEqual({ message_id: '555', fail_if_not_exists: false });
  });

  it.each([160_002, 160_009])('says it without the reference where it may not refer (%i)', async (code) => {
    const refused = json(403, { message: 'Cannot reply', code });
    const { outcome, asked } = await sent(byBot, [refused, made()], { to: { reply: '555' } });
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '999' });
    expect(asked[1]?.body).not.toHaveProperty('message_reference');
    expect(asked[1]?.body.nonce).toBe(asked[0]?.body.nonce);
  });

  it('does not take a message of another channel for its own', async () => {
    const { outcome } = await sent(byBot, [json(200, { id: '999', channel_id: '1' })]);
    expect(outcome).toMatchObject({ kind: 'later', reason: { code: 'discord.elsewhere' } });
    expect(nonceOf('1', id)).not.toBe(nonceOf('2', id));
  });

  it('says which role did not ring', async () => {
    const { fetch } = wire([json(200, { id: '999', mention_roles: ['3'] })]);
    const channel = discord.open(byBot, worldOf({ fetch }));
    const ringing = { ...style, mention: ['role:2', 'role:3'] };
    const [page = null] = channel.pages({ form: 'card', story: grok }, ringing, { id: 'x' });
    const outcome = await channel.send({ id, form: 'card', page, to: null, doubtSince: null }, idle);
    expect(outcome).toMatchObject({ kind: 'sent', note: { code: 'discord.unpinged', params: { roles: '2' } } });
  });

  it('takes a card that another bot wrote for gone', async () => {
    const refused = json(403, { message: 'Cannot edit a message authored by another user', code: 50_005 });
    const { outcome } = await sent(byBot, [refused], { to: { edit: '555' } });
    expect(outcome).toMatchObject({ kind: 'dead', reason: { code: 'message.deleted' }, gone: false });
  });

  it('edits without pinging, and leaves the pings of the card where they are', async () => {
    const { fetch, asked } = wire([made()]);
    const channel = discord.open(byBot, worldOf({ fetch }));
    const [page = null] = channel.pages(
      { form: 'card', story: grok },
      { ...style, mention: ['role:234567890123456789'], silent: true },
      { id: 'x' },
    );
    const outcome = await channel.send({ id, form: 'card', page, to: { edit: '555' }, doubtSince: null }, idle);
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '555' });
    expect(asked[0]).toMatchObject({ method: 'PATCH', path: `/channels/${channelId}/messages/555` });
    expect(Object.keys(asked[0]?.body ?? {}).toSorted()).toEqual([
      'allowed_mentions',
      'components',
      'content',
      'embeds',
    ]);
    expect(asked[0]?.body.allowed_mentions).toEqual({ parse: [] });
  });
});

describe('by webhook', () => {
  it('waits for the message and sends no nonce, wherever its URL points', async () => {
    const { outcome, asked } = await sent(byWebhook, [made()], { to: { reply: '555' } });
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '999' });
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: `/webhooks/234567890123456789/${webhookToken}?wait=true&with_components=true`,
    });
    expect(asked[0]?.headers.get('authorization')).toBeNull();
    for (const key of ['nonce', 'enforce_nonce', 'message_reference']) expect(asked[0]?.body).not.toHaveProperty(key);
  });

  it('edits its own message, also in a thread', async () => {
    const { asked } = await sent({ webhook: `${byWebhook.webhook}?thread_id=777777` }, [made()], {
      to: { edit: '555' },
    });
    expect(asked[0]).toMatchObject({
      method: 'PATCH',
      path: `/webhooks/234567890123456789/${webhookToken}/messages/555?with_components=true&thread_id=777777`,
    });
  });

  it('sends a doubtful page again', async () => {
    const { outcome, asked } = await sent(byWebhook, [made()], { doubtSince: '2025-08-23T17:00:00Z' });
    expect(outcome.kind).toBe('sent');
    expect(asked.map(({ method }) => method)).toEqual(['POST']);
  });
});

const later = (change: object) => ({ kind: 'later', afterMs: null, doubtful: false, ...change });

describe('answers that are no success', () => {
  it.each<[string, Response | Error, object]>([
    ['500: may have been done', json(500, {}), later({ doubtful: true })],
    ['502 in HTML', new Response('<html>', { status: 502 }), later({ doubtful: true })],
    ['reset', failure('ECONNRESET'), later({ doubtful: true })],
    ['socket closed', failure('UND_ERR_SOCKET'), later({ doubtful: true })],
    ['time-out', new DOMException('aborted', 'AbortError'), later({ doubtful: true })],
    ['never connected', failure('ECONNREFUSED'), later({})],
    ['no such host', failure('ENOTFOUND'), later({})],
    ['200 without an id', json(200, {}), later({ doubtful: true })],
    [
      '200 cut short',
      new Response('{"id":', { status: 200, headers: { 'content-type': 'application/json' } }),
      later({ doubtful: true }),
    ],
    [
      '429',
      json(429, { message: 'slow', retry_after: 1.5, global: false }, { 'retry-after': '2' }),
      later({ afterMs: 1_500 }),
    ],
    ['429 that only the body explains', json(429, { retry_after: 0.3, global: false }), later({ afterMs: 300 })],
    [
      '429 of Cloudflare',
      new Response('error code: 1015', { status: 429 }),
      later({ afterMs: expect.toSatisfy((ms: number) => ms > 59_000 && ms <= 60_000) }),
    ],
    [
      '429 whose body knows better than its header',
      json(429, { message: 'slow', retry_after: 1_163.2, code: 20_028 }, { 'retry-after': '1' }),
      later({ afterMs: 1_163_200 }),
    ],
    ['429 for days', json(429, { retry_after: 1e9 }), later({ afterMs: 21_600_000 })],
    ['429 for nonsense', json(429, { retry_after: 'soon' }), later({ afterMs: 21_600_000 })],
    ['429 for less than nothing', json(429, { retry_after: -3 }), later({ afterMs: 21_600_000 })],
    ['400 of a proxy', new Response('<html>', { status: 400 }), later({})],
    ['413 of a proxy', new Response('too large', { status: 413 }), later({})],
    ['422 of a proxy', json(422, { error: 'no' }), later({})],
    ['AutoMod', json(400, { message: 'blocked', code: 200_000 }), { kind: 'dead', gone: false }],
    ['a category', json(400, { message: 'non-text', code: 50_008 }), later({ hold: true })],
    ['a forum itself', json(403, { message: 'not yet', code: 40_058 }), later({ hold: true })],
    ['a locked thread', json(400, { message: 'locked', code: 160_005 }), later({ hold: true })],
    ['a resource limit', json(429, { retry_after: 4, code: 40_062 }), later({ afterMs: 4_000 })],
    ['a resource limit without a time', json(400, { code: 40_062 }), later({ afterMs: 60_000 })],
    ['403 of Cloudflare', new Response('blocked', { status: 403 }), later({ afterMs: 600_000 })],
    ['refused token', json(401, { message: '401: Unauthorized', code: 0 }), later({ hold: true })],
    ['missing access', json(403, { message: 'Missing Access', code: 50_001 }), later({ hold: true })],
    ['missing permissions', json(403, { message: 'Missing Permissions', code: 50_013 }), later({ hold: true })],
    ['locked thread', json(400, { message: 'Thread is archived', code: 50_083 }), later({ hold: true })],
    ['unknown route', json(404, { message: '404: Not Found', code: 0 }), later({ hold: true })],
    [
      'old message edited too often',
      json(400, { message: 'Maximum number of edits', code: 30_046 }),
      later({ afterMs: 600_000 }),
    ],
    ['overloaded', json(400, { message: 'overloaded', code: 130_000 }), later({ afterMs: 10_000 })],
    ['unknown channel', json(404, { message: 'Unknown Channel', code: 10_003 }), { kind: 'dead', gone: true }],
  ])('%s', async (_name, reply, outcome) => {
    const trip = await sent(byBot, [reply]);
    expect(trip.outcome).toMatchObject(outcome);
    expect(trip.asked).toHaveLength(1);
  });

  it.each([
    ['unknown webhook', 404, 10_015],
    ['invalid webhook token', 401, 50_027],
  ])('%s: gone', async (_name, status, code) => {
    const { outcome } = await sent(byWebhook, [json(status, { message: 'gone', code })]);
    expect(outcome).toMatchObject({ kind: 'dead', gone: true });
  });

  it('a message that a person deleted is told as such', async () => {
    const { outcome } = await sent(byBot, [json(404, { message: 'Unknown Message', code: 10_008 })], {
      to: { edit: '555' },
    });
    expect(outcome).toMatchObject({ kind: 'dead', reason: { code: 'message.deleted', params: {} }, gone: false });
  });

  it('a refused message says what Discord found wrong, and where', async () => {
    const errors = {
      embeds: {
        0: { title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 256 or fewer in length.' }] } },
      },
    };
    const { outcome } = await sent(byBot, [json(400, { code: 50_035, message: 'Invalid Form Body', errors })]);
    expect(outcome).toMatchObject({ kind: 'dead', gone: false });
    expect(outcome).toMatchObject({ kind: 'dead', reason: mentioning('embeds[0].title[BASE_TYPE_MAX_LENGTH]') });
  });

  it('no secret stands in any reason', async () => {
    const echo = json(400, { code: 50_035, message: `bad ${webhookToken} and bot-token-canary` });
    const failed = new TypeError(`Failed to parse URL from https://discord.test/webhooks/1/${webhookToken}`);
    for (const trip of [await sent(byWebhook, [echo]), await sent(byWebhook, [failed])])
      expect(JSON.stringify(trip.outcome)).not.toContain('canary');
  });

  it('sends nothing once it is told to stop, and doubts what was on its way', async () => {
    const stop = new AbortController();
    const { fetch, asked } = wire([
      () => {
        stop.abort();
        throw new DOMException('aborted', 'AbortError');
      },
    ]);
    const channel = discord.open(byBot, worldOf({ fetch }));
    const outgoing = { id, form: 'card' as const, page: card(channel), to: null, doubtSince: null };
    expect(await channel.send(outgoing, stop.signal)).toMatchObject({ kind: 'later', doubtful: true });
    expect(await channel.send(outgoing, stop.signal)).toMatchObject({ kind: 'later', doubtful: false });
    expect(asked).toHaveLength(1);
  });

  it('a token that was refused is tried again the next time', async () => {
    const { fetch, asked } = wire([json(401, { message: '401: Unauthorized', code: 0 }), made()]);
    const channel = discord.open(byBot, worldOf({ fetch }));
    const outgoing = { id, form: 'card' as const, page: card(channel), to: null, doubtSince: null };
    expect(await channel.send(outgoing, idle)).toMatchObject({ hold: true });
    expect(await channel.send(outgoing, idle)).toMatchObject({ kind: 'sent', messageId: '999' });
    expect(asked[1]?.headers.get('authorization')).toBe('Bot bot-token-canary');
  });
});

describe('limits known in advance', () => {
  const spent = {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': '3',
    'x-ratelimit-bucket': 'b1',
  };

  it('asks nobody while the bucket is empty', async () => {
    const left = (remaining: number) => json(200, { id: '1' }, { ...spent, 'x-ratelimit-remaining': `${remaining}` });
    // The client learns the bucket's name from the first answer and its state from the next.
    const { fetch, asked } = wire([left(1), left(0)]);
    const channel = discord.open(byBot, worldOf({ fetch }));
    const outgoing = { id, form: 'card' as const, page: card(channel), to: null, doubtSince: null };
    await channel.send(outgoing, idle);
    await channel.send(outgoing, idle);
    const third = await channel.send(outgoing, idle);
    expect(third).toMatchObject({ kind: 'later', doubtful: false });
    expect(third.kind === 'later' && third.afterMs).toBeGreaterThan(2_000);
    expect(asked).toHaveLength(2);
  });

  it('a global limit holds every channel of one world', async () => {
    const limit = json(429, { retry_after: 5, global: true }, { 'retry-after': '5', 'x-ratelimit-global': 'true' });
    const { fetch, asked } = wire([limit]);
    const world = worldOf({ fetch });
    const channels = [byBot, { channel: '876543210987654321' }].map((options) => discord.open(options, world));
    const outcomes: Outcome[] = [];
    for (const channel of channels) {
      outcomes.push(await channel.send({ id, form: 'card', page: card(channel), to: null, doubtSince: null }, idle));
    }
    expect(outcomes.every((outcome) => outcome.kind === 'later' && (outcome.afterMs ?? 0) > 4_000)).toBe(true);
    expect(asked).toHaveLength(1);
  });
});
