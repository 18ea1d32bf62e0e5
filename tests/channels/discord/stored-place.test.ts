// What stands at a channel's id is asked once and stored: messages never wait for it, a restart asks nobody, contradictions heal.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { catchUp } from '../../../src/outbox/catch-up.ts';
import { createDispatcher } from '../../../src/outbox/dispatcher.ts';
import { noticeStatement } from '../../../src/outbox/notice.ts';
import { placeAt, savePlace } from '../../../src/store/places.ts';
import { card, conversation, idle, json, made, openDirect, wire } from '../../support/channels/wire.ts';
import { channelConfig, type Outbox, openOutbox } from '../../support/outbox.ts';
import type { ChannelHandle, ChannelSeed } from '../../support/world/discord/handles.ts';

const start = Date.parse('2026-03-02T10:00:00.000Z');
let outbox: Outbox;
let places: ChannelHandle[];
let told = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(async () => {
  await outbox.close();
  vi.useRealTimers();
});

async function open(seeds: readonly ChannelSeed[]): Promise<void> {
  outbox = await openOutbox({ now: Date.now }, (handles) => {
    places = seeds.map((seed) => handles.channel(seed));
    return places.map((place, n) => channelConfig(place, `channel-${n}`));
  });
}

const notice = (n: number) => {
  told += 1;
  const said = { title: `Alert ${told}`, text: 'A model landed.' };
  return noticeStatement(`channel-${n}`, { about: `${told}`, said, seq: told }, new Date(start).toISOString());
};
const tell = async (): Promise<void> => {
  await outbox.write([notice(0)]);
  await outbox.deliver();
  vi.setSystemTime(Date.now() + 10_000);
};
const asked = (pattern: RegExp) => outbox.asked.filter((line) => pattern.test(line));
const first = () => places[0]?.id ?? '';

it('is asked before the first message, and by no later worker', async () => {
  await open([{ type: 'announcement' }]);
  await tell();
  expect(asked(/^GET/)).toEqual([`GET /channels/${first()}`]);
  outbox.restart();
  await tell();
  expect(asked(/^GET/)).toHaveLength(1);
  expect(outbox.state.crossposted.size).toBe(2);
});

it('where many are owed something, every message goes out before anybody asks; then it is published where it is to be', async () => {
  const kinds = ['announcement', 'forum'] as const;
  const seeds = Array.from({ length: 40 }, (_, n): ChannelSeed => ({ type: kinds[n % 20] ?? 'text' }));
  await open(seeds);
  await outbox.write(seeds.map((_, n) => notice(n)));
  const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    await sleep(0, undefined, { signal }).catch(() => undefined);
    vi.setSystemTime(Date.now() + Math.min(ms, 50));
  };
  await createDispatcher(outbox.dispatcher(), wait).drain(5_000, idle);
  expect(await outbox.owed()).toBe(0);
  // A forum refuses a message of its own, and is asked what it is.
  const before = outbox.asked.slice(0, 40).filter((line) => line.startsWith('GET'));
  expect(before.length).toBeLessThanOrEqual(2);
  expect(places.map((place) => place.messages().length + place.threads().length)).toEqual(places.map(() => 1));
  for (let round = 0; round < 20 && (await catchUp(outbox.dispatcher(), { old: false }, idle)) !== null; round += 1)
    vi.setSystemTime(Date.now() + 1_100);
  expect(outbox.state.crossposted.size).toBe(2);
  expect(asked(/^GET/)).toHaveLength(40);
  // Nothing is left, and nothing is asked again.
  expect(await catchUp(outbox.dispatcher(), { old: false }, idle)).toBeNull();
  expect(asked(/^GET/)).toHaveLength(40);
});

it('a channel of another kind than is stored is asked anew: announcements that are text now, text that is announcements', async () => {
  await open([{ type: 'announcement' }]);
  await tell();
  Object.assign(places[0]?.state ?? {}, { type: 0 });
  await tell();
  await tell();
  expect(asked(/crosspost/)).toHaveLength(2);
  expect(asked(/^GET/)).toHaveLength(2);
  Object.assign(places[0]?.state ?? {}, { type: 5 });
  vi.setSystemTime(Date.now() + 8 * 86_400_000);
  // A week later it is asked beside the messages.
  expect(await catchUp(outbox.dispatcher(), { old: true }, idle)).toBeNull();
  await tell();
  expect(asked(/^GET/)).toHaveLength(3);
  expect(outbox.state.crossposted.size).toBe(2);
});

it('a forum whose tags were deleted, and one that was thought to be text, are asked anew, and nothing is lost', async () => {
  await open([{ type: 'forum', tags: ['Grok'] }]);
  await tell();
  const [target] = outbox.outboxTargets();
  const address = target?.address ?? '';
  const text = { kind: 'text', channel: first(), guild: '1', tags: [] };
  await outbox.write([
    savePlace(address, { known: { v: 1, place: text, unseen: [] }, behind: false }, '2026-03-02T10:00:00.000Z'),
  ]);
  outbox.restart();
  await tell();
  expect([await outbox.owed(), places[0]?.threads().length]).toEqual([0, 2]);
  expect(JSON.stringify(await placeAt(outbox.db, address))).toContain('"kind":"forum"');
});

it('what another version has stored is asked anew', async () => {
  await open([{}]);
  const known = { v: 2, whatever: [] };
  await outbox.write([savePlace('channel-0', { known, behind: false }, '2026-03-02T10:00:00.000Z')]);
  await tell();
  expect([await outbox.owed(), asked(/^GET/).length]).toEqual([0, 1]);
});

it('what a channel that is no more has put off is forgotten', async () => {
  await open([{}]);
  const known = { v: 1, place: null, unseen: ['1'] };
  await outbox.write([savePlace('gone', { known, behind: true }, '2026-03-02T10:00:00.000Z')]);
  expect(await catchUp(outbox.dispatcher(), { old: false }, idle)).toBeNull();
  expect(await placeAt(outbox.db, 'gone')).toBeNull();
});

it('a conversation is opened once, and anew where it is not ours', async () => {
  await open([]);
  const refused = json(403, { code: 50_001, message: 'Missing Access' });
  const { fetch, asked: calls } = wire([conversation('555'), made(), made(), refused, conversation('556'), made()]);
  const send = async (known?: Parameters<ReturnType<typeof openDirect>['send']>[0]['known']) => {
    const channel = openDirect(fetch);
    const page = card(channel);
    return channel.send({ id: 'a#0', form: 'card', page, to: null, doubtSince: null, known: known ?? null }, idle);
  };
  const known = (await send()).learned?.known;
  expect(known).toMatchObject({ place: { channel: '555' } });
  expect(await send(known)).toMatchObject({ kind: 'sent' });
  expect((await send(known)).learned?.known).toMatchObject({ place: { channel: '556' } });
  expect(calls.map(({ path }) => path)).toEqual([
    '/users/@me/channels',
    '/channels/555/messages',
    '/channels/555/messages',
    '/channels/555/messages',
    '/users/@me/channels',
    '/channels/556/messages',
  ]);
});
