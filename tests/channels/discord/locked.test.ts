// Threads and posts that people locked or deleted: one of them never stops the channel.
import { expect, it } from 'vitest';
import type { OutgoingPage } from '../../../src/channels/define.ts';
import { discord } from '../../../src/channels/discord/channel.ts';
import { worldOf } from '../../support/channels/stories.ts';
import {
  byBot,
  byWebhook,
  card,
  channelId,
  idle,
  json,
  made,
  type Reply,
  textChannel,
  wire,
} from '../../support/channels/wire.ts';

const deleted = { kind: 'dead', reason: { code: 'message.deleted', params: {} }, gone: false };
const closed = (code: number): Reply => json(code === 10_003 ? 404 : 400, { message: 'no', code });
const forum = { ...textChannel, type: 15, available_tags: [] };

async function sentTo(place: object, to: OutgoingPage['to'], replies: readonly Reply[]) {
  const { fetch, asked, left } = wire(replies, place);
  const channel = discord.open(byBot, worldOf({ fetch }));
  const outgoing: OutgoingPage = {
    id: 'story@3>releases/card#0',
    form: 'card',
    page: card(channel),
    to,
    doubtSince: null,
  };
  const outcome = await channel.send(outgoing, idle);
  expect(left).toEqual([]);
  return { outcome, asked: asked.map(({ method, path }) => `${method} ${path}`) };
}

it.each([10_003, 10_008, 160_005, 50_083])('a reply to a post that is closed (%i) is told anew', async (code) => {
  // An unknown message may be the nonce of one that was deleted: it is looked for.
  const search = code === 10_008 ? [json(200, { id: '42' }), json(200, [])] : [];
  const { outcome } = await sentTo(forum, { reply: '555' }, [closed(code), ...search]);
  expect(outcome).toMatchObject(code === 10_008 ? { kind: 'sent', messageId: null } : deleted);
});

it('an edit opens a folded post, and lets a locked one be', async () => {
  const refused = json(403, { message: 'Missing Permissions', code: 50_013 });
  const { outcome, asked } = await sentTo(forum, { edit: '555' }, [closed(50_083), refused]);
  expect(outcome).toMatchObject(deleted);
  expect(asked).toEqual(['PATCH /channels/555/messages/555', 'PATCH /channels/555']);
});

it('a post in doubt is not looked for while it may still be on its way', async () => {
  const now = Date.parse('2025-08-23T18:15:00Z');
  const { fetch, asked } = wire([], forum);
  const channel = discord.open(byBot, worldOf({ fetch, now: () => now }));
  const doubtSince = new Date(now - 2_000).toISOString();
  const outcome = await channel.send({ id: 'a#0', form: 'card', page: card(channel), to: null, doubtSince }, idle);
  expect(outcome).toMatchObject({ kind: 'later', afterMs: 3_000, doubtful: true });
  expect(asked).toEqual([]);
});

it('a webhook learns that its channel is a forum: a post, then what stands in it, then its edit after a restart', async () => {
  const refused = json(400, { message: 'Webhooks posted to forum channels must have a thread_name', code: 220_001 });
  const first = wire([refused, made(), made()]);
  const channel = discord.open(byWebhook, worldOf({ fetch: first.fetch }));
  const outgoing: OutgoingPage = { id: 'a#0', form: 'card', page: card(channel), to: null, doubtSince: null };
  expect(await channel.send(outgoing, idle)).toMatchObject({ kind: 'sent', messageId: '999' });
  await channel.send({ ...outgoing, id: 'b#0', to: { reply: '999' } }, idle);
  expect(first.asked.map(({ path, body }) => [path.replace(/.*\?/, ''), body.thread_name])).toEqual([
    ['wait=true&with_components=true', undefined],
    ['wait=true&with_components=true', 'Grok 2'],
    ['wait=true&with_components=true&thread_id=999', undefined],
  ]);
  const second = wire([closed(10_008), made()]);
  const restarted = discord.open(byWebhook, worldOf({ fetch: second.fetch }));
  expect(await restarted.send({ ...outgoing, to: { edit: '999' } }, idle)).toMatchObject({
    kind: 'sent',
    messageId: '999',
  });
  expect(second.asked.at(-1)?.path).toContain('/messages/999?with_components=true&thread_id=999');
});

it('the channel is asked once what it is', async () => {
  const { fetch, asked } = wire([json(200, textChannel), made(), made()], null);
  const channel = discord.open(byBot, worldOf({ fetch }));
  for (const id of ['a#0', 'b#0'])
    await channel.send({ id, form: 'card', page: card(channel), to: null, doubtSince: null }, idle);
  expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
});

it('a channel that is gone is gone, and one that cannot be seen is held', async () => {
  const { fetch } = wire([closed(10_003)], null);
  const channel = discord.open(byBot, worldOf({ fetch }));
  const outgoing: OutgoingPage = { id: 'a#0', form: 'card', page: card(channel), to: null, doubtSince: null };
  expect(await channel.send(outgoing, idle)).toMatchObject({ kind: 'dead', gone: true });
  const hidden = wire([json(403, { message: 'Missing Access', code: 50_001 })], null);
  expect(await discord.open(byBot, worldOf({ fetch: hidden.fetch })).send(outgoing, idle)).toMatchObject({
    kind: 'later',
    hold: true,
  });
  expect(hidden.asked[0]?.path).toBe(`/channels/${channelId}`);
});
