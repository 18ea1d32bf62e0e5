// An attempt with no known end: settled by the nonce, by looking, or by sending again, never by guessing.
import { describe, expect, it } from 'vitest';
import { discord } from '../../../src/channels/discord/channel.ts';
import { markerOf, nonceOf, snowflakeAt } from '../../../src/channels/discord/marker.ts';
import type { DiscordPage } from '../../../src/channels/discord/page.ts';
import { worldOf } from '../../support/channels/stories.ts';
import { byBot, card, channelId, failure, idle, json, made, sent, wire } from '../../support/channels/wire.ts';

const id = 'story@3>releases/card#0';

describe('doubt', () => {
  const now = Date.parse('2025-08-23T18:15:00Z');
  const fresh = new Date(now - 60_000).toISOString();
  const old = new Date(now - 600_000).toISOString();
  const me = () => json(200, { id: '42' });
  const marked = (messageId: string, author: string) => ({
    id: messageId,
    author: { id: author },
    content: '',
    embeds: [{ footer: { text: `Landfall ${markerOf(id)}` } }],
  });
  const post = `POST /channels/${channelId}/messages`;
  const from = (after: string) => `GET /channels/${channelId}/messages?after=${after}&limit=100`;
  const start = snowflakeAt(Date.parse(old) - 60_000);

  it('young: the same nonce settles it', async () => {
    const { outcome, asked } = await sent(byBot, [made()], { doubtSince: fresh });
    expect(outcome.kind).toBe('sent');
    expect(asked.map(({ method, body }) => [method, body.nonce])).toEqual([['POST', nonceOf(channelId, id)]]);
  });

  it('old: looks first, and finds its own message', async () => {
    const { outcome, asked } = await sent(byBot, [me(), json(200, [marked('9', '77'), marked('8', '42')])], {
      doubtSince: old,
    });
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '8' });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /users/@me', from(start)]);
  });

  it('old: finds what says the same, and not what only looks like it', async () => {
    const channel = discord.open(byBot, worldOf());
    const { message } = card(channel) as unknown as DiscordPage;
    const [embed] = message.embeds ?? [];
    const said = (messageId: string, author: string, change: object = {}) => {
      const content = message.content ?? '';
      return { id: messageId, author: { id: author }, content: ` ${content} `, embeds: [{ ...embed, ...change }] };
    };
    const other = said('7', '42', { url: 'https://elsewhere.example/x' });
    const looked = await sent(byBot, [me(), json(200, [said('9', '77'), other, said('8', '42')])], { doubtSince: old });
    expect(looked.outcome).toMatchObject({ kind: 'sent', messageId: '8' });
    const alone = await sent(byBot, [me(), json(200, [said('9', '77'), other]), made()], { doubtSince: old });
    expect(alone.outcome).toMatchObject({ kind: 'sent', messageId: '999' });
  });

  it('old: reads every page before it believes that nothing is there, then sends', async () => {
    const page = Array.from({ length: 100 }, (_, n) => ({
      id: `${5_000 - n}`,
      author: { id: '77' },
      content: '',
      embeds: [],
    }));
    const { outcome, asked } = await sent(byBot, [me(), json(200, page), json(200, []), made()], { doubtSince: old });
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '999' });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /users/@me',
      from(start),
      from('5000'),
      post,
    ]);
  });

  it.each([
    [
      'a page that is not full is the last',
      Array.from({ length: 99 }, (_, n) => ({ id: `${n + 1}`, author: { id: '77' } })),
    ],
    ['a full page that nobody can read is the last', Array.from({ length: 100 }, () => ({ nothing: true }))],
  ])('old: %s', async (_, page) => {
    const { outcome, asked } = await sent(byBot, [me(), json(200, page), made()], { doubtSince: old });
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '999' });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /users/@me', from(start), post]);
  });

  it('old: goes on behind the newest of a page, in whatever order it came', async () => {
    const page = Array.from({ length: 100 }, (_, n) => ({
      id: `${n === 50 ? 9_000 : 1_000 + n}`,
      author: { id: '77' },
    }));
    const answers = [me(), json(200, page), json(200, [marked('9001', '42')])];
    const { outcome, asked } = await sent(byBot, answers, { doubtSince: old });
    expect(outcome).toMatchObject({ kind: 'sent', messageId: '9001' });
    expect(asked.at(-1)?.path).toContain('after=9000');
  });

  it('a search that is interrupted goes on where it was', async () => {
    const page = Array.from({ length: 100 }, (_, n) => ({ id: `${5_000 - n}`, author: { id: '77' } }));
    const { fetch, asked } = wire([me(), json(200, page), json(500, {}), json(200, [marked('6000', '42')])]);
    const channel = discord.open(byBot, worldOf({ fetch }));
    const outgoing = { id, form: 'card' as const, page: card(channel), to: null, doubtSince: old };
    expect(await channel.send(outgoing, idle)).toMatchObject({ kind: 'later', doubtful: true });
    expect(await channel.send(outgoing, idle)).toMatchObject({ kind: 'sent', messageId: '6000' });
    expect(asked.at(-1)?.path).toContain('after=5000');
  });

  it('old, and the history is closed: sent again like by a webhook', async () => {
    const closed = json(403, { message: 'Missing Access', code: 50_001 });
    const { outcome, asked } = await sent(byBot, [me(), closed, made()], { doubtSince: old });
    expect(outcome.kind).toBe('sent');
    expect(asked.at(-1)?.method).toBe('POST');
  });

  it('stays in doubt while it cannot look, and when a further attempt surely failed', async () => {
    expect((await sent(byBot, [json(500, {})], { doubtSince: old })).outcome).toMatchObject({
      kind: 'later',
      doubtful: true,
    });
    expect((await sent(byBot, [failure('ECONNREFUSED')], { doubtSince: fresh })).outcome).toMatchObject({
      kind: 'later',
      doubtful: true,
    });
  });

  it('a nonce whose message was deleted had arrived: it is not sent again', async () => {
    const unknown = json(404, { message: 'Unknown Message', code: 10_008 });
    expect((await sent(byBot, [unknown, me(), json(200, [])], { doubtSince: fresh })).outcome).toMatchObject({
      kind: 'sent',
      messageId: null,
    });
  });
});
