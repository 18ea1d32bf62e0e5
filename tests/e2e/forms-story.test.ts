// The life of one story (seen, released, two turns more) in threads, forums, announcements and webhooks, in English and Korean.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';
import { languages, openRooms, type Reading, type Rooms, refusals } from '../support/e2e/rooms.ts';

const seeds = {
  threads: { options: 'thread: true' },
  forum: { type: 'forum', tagsIn: { en: ['seen', 'Released', 'XAI'], ko: ['포착', '공개', 'XAI'] } },
  posts: { type: 'forum', tags: ['News'] },
  plain: { type: 'forum', tags: ['News'] },
  press: { type: 'announcement' },
  hook: { by: 'webhook' },
  hooked: { by: 'webhook', type: 'forum' },
} as const;
type Kind = keyof typeof seeds;

const words = {
  en: {
    stages: ['Seen', 'Released'],
    seen: '🟡 Seen | Grok 9 | repository appeared, no weights yet',
    card: (what: string) => `🟢 Released | Grok 9 | ${what}`,
    turns: ['weights published', 'licence changed: apache-2.0 → cc-by-nc-4.0', 'access restricted: after approval'],
  },
  ko: {
    stages: ['포착', '공개'],
    seen: '🟡 포착 | Grok 9 | 저장소 등장, 가중치는 아직 없음',
    card: (what: string) => `🟢 공개 | Grok 9 | ${what}`,
    turns: ['가중치 공개', '라이선스 변경: apache-2.0 → cc-by-nc-4.0', '접근 제한: 승인 후'],
  },
} as const;

let place: Place;
let rooms: Rooms<Kind>;
const looks: { readonly once: Once; readonly told: Reading<Kind> }[] = [];

async function look(): Promise<void> {
  const once = await place.once({ env: rooms.env });
  looks.push({ once, told: rooms.read() });
}

/** What people do to threads and posts between two looks. */
function disturb(): void {
  const { channels } = place.world.discord.state;
  const threadOf = (kind: Kind, locale: (typeof languages)[number]) => rooms.of(kind, locale).channel.threads()[0];
  channels.delete(threadOf('threads', 'en')?.id ?? '');
  Object.assign(threadOf('threads', 'ko')?.thread ?? {}, { locked: true, archived: true });
  for (const locale of languages) {
    Object.assign(threadOf('forum', locale)?.thread ?? {}, { archived: true });
    for (const kind of ['posts', 'hooked'] as const) channels.delete(threadOf(kind, locale)?.id ?? '');
  }
}

beforeAll(async () => {
  place = await openPlace();
  const { huggingface } = place.world;
  rooms = openRooms(place, seeds);
  for (const locale of languages) rooms.of('posts', locale).channel.allow('ManageChannels');
  await place.configure('- huggingface: xai-org', rooms.yaml);
  await look();
  const model = huggingface.model('xai-org/grok-9', { licence: 'apache-2.0' });
  await look();
  model.commit({ 'model.safetensors': { size: 4e9 } });
  await look();
  disturb();
  model.licence('cc-by-nc-4.0');
  await look();
  model.gate('manual');
  await look();
});
afterAll(() => place.close());

describe.each(languages)('a story in %s', (locale) => {
  const { seen, card, turns, stages } = words[locale];
  const [released, relicensed, gated] = turns;
  const reply = (what: string): string => `🟢 **Grok 9**: ${what}`;
  const told = (kind: Kind) => looks.map((one) => one.told(kind, locale));
  const post = (tags: readonly string[], ...said: readonly string[]) => ({
    said: [],
    posts: [{ name: 'Grok 9', tags, said }],
  });
  const nothing = { said: [], posts: [] };

  it('by thread: one thread of the card has the replies', () => {
    const thread = (what: string, ...replies: readonly string[]) => ({
      said: [card(what)],
      posts: [{ name: 'Grok 9', tags: [], said: replies.map(reply) }],
    });
    expect(told('threads').slice(0, 3)).toEqual([nothing, { said: [seen], posts: [] }, thread(released, released)]);
    const [fourth, fifth] = told('threads').slice(3);
    // A thread that was deleted is made anew; one that was locked has the reply beside it.
    if (locale === 'en')
      expect([fourth, fifth]).toEqual([
        thread(relicensed, released, relicensed),
        thread(gated, released, relicensed, gated),
      ]);
    else {
      const locked = { name: 'Grok 9', tags: [], said: [reply(released)] };
      expect([fourth, fifth]).toEqual([
        { said: [card(relicensed), reply(relicensed)], posts: [locked] },
        { said: [card(gated), reply(relicensed), reply(gated)], posts: [locked] },
      ]);
    }
    const beside = rooms.of('threads', locale).messages().slice(1);
    const [first] = rooms.of('threads', locale).messages();
    expect(beside.every(({ message_reference: to }) => to?.message_id === first?.id)).toBe(true);
  });

  it('in a forum that has tags: a post that moves from tag to tag, and is opened when it was folded away', () => {
    const [before, after] = locale === 'en' ? ['seen', 'Released'] : ['포착', '공개'];
    expect(told('forum')).toEqual([
      nothing,
      post([before ?? '', 'XAI'], seen),
      post([after ?? '', 'XAI'], card(released), reply(released)),
      post([after ?? '', 'XAI'], card(relicensed), reply(released), reply(relicensed)),
      post([after ?? '', 'XAI'], card(gated), reply(released), reply(relicensed), reply(gated)),
    ]);
    expect(rooms.of('forum', locale).channel.state.tags.length).toBe(3);
    expect(rooms.of('forum', locale).channel.threads()[0]?.thread?.archived).toBe(false);
  });

  it('in a forum without them: they are made, and a post that was deleted is made again by the next turn', () => {
    const [before = '', after = ''] = stages;
    expect(told('posts')).toEqual([
      nothing,
      post([before, 'xai'], seen),
      post([after, 'xai'], card(released), reply(released)),
      post([after, 'xai'], card(relicensed)),
      post([after, 'xai'], card(gated), reply(gated)),
    ]);
    const made = rooms.of('posts', locale).channel.state.tags.map(({ name }) => name);
    expect(made).toEqual(['News', before, 'xai', after]);
  });

  it('in a forum where the bot may make none: the same without tags', () => {
    expect(told('plain').at(-1)).toEqual(post([], card(gated), ...turns.map(reply)));
    expect(rooms.of('plain', locale).channel.state.tags.map(({ name }) => name)).toEqual(['News']);
  });

  it('as announcements: the card and every reply are published', () => {
    expect(told('press').map(({ said }) => said)).toEqual([
      [],
      [seen],
      [card(released), reply(released)],
      [card(relicensed), ...turns.slice(0, 2).map(reply)],
      [card(gated), ...turns.map(reply)],
    ]);
    const messages = rooms.of('press', locale).messages();
    expect(messages.filter(({ id }) => place.world.discord.state.crossposted.has(id))).toEqual(messages);
  });

  it('by webhook: the card is edited and replied to; in a forum it is a post, deleted or not', () => {
    expect(told('hook')).toEqual(told('press'));
    expect(told('hooked')).toEqual([
      nothing,
      post([], seen),
      post([], card(released), reply(released)),
      post([], card(relicensed)),
      post([], card(gated), reply(gated)),
    ]);
  });
});

it('nothing failed, nothing is owed, and Discord refused only what people had closed', () => {
  expect(looks.map(({ once }) => [once.code, once.document.owed])).toEqual(looks.map(() => [0, 0]));
  expect(looks.map(({ once }) => once.document.told)).toEqual([0, 15, 30, 26, 30]);
  // What a thread or post answers that is there already, is folded away or is no more; nothing that counts against a bot.
  expect(refusals(place)).toEqual([
    'PATCH /channels/:id/messages/:id 400',
    'PATCH /channels/:id/messages/:id 404',
    'PATCH /webhooks/:id/:token/messages/:id 404',
    'POST /channels/:id/messages 400',
    'POST /channels/:id/messages/:id/threads 400',
    'POST /webhooks/:id/:token 400',
  ]);
  expect(place.world.discord.invalidRequests()).toBe(0);
  expect(place.world.unexpected()).toEqual([]);
});
