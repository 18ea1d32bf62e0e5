// Every form of message when the worker is killed, or its connection is cut, after Discord did what it was asked: still once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';
import { languages, openRooms, type Reading, type Rooms } from '../support/e2e/rooms.ts';
import { until } from '../support/landfall.ts';
import type { Fault, FaultPlan } from '../support/world/faults.ts';

const seeds = {
  text: {},
  threads: { options: 'thread: true' },
  forum: { type: 'forum', tagsIn: { en: ['Seen', 'Released', 'xai'], ko: ['포착', '공개', 'xai'] } },
  press: { type: 'announcement' },
  daily: { options: 'digest: daily' },
  posts: { type: 'forum', options: 'digest: daily' },
  many: {},
  pile: { type: 'forum' },
} as const;
type Kind = keyof typeof seeds;

const flood = Array.from(
  { length: 25 },
  (_, n) => `article ${n}, ${'which has a rather long title, '.repeat(5)}as they do`,
);
const words = {
  en: {
    stages: ['Seen', 'Released'],
    seen: '🟡 Seen | Grok 9 | repository appeared, no weights yet',
    card: '🟢 Released | Grok 9 | licence changed: apache-2.0 → cc-by-nc-4.0',
    turns: ['weights published', 'licence changed: apache-2.0 → cc-by-nc-4.0'],
    digest: 'Digest 7–8 January 2030: 26 stories',
    group: 'http://host/flood.xml: 25 new items',
  },
  ko: {
    stages: ['포착', '공개'],
    seen: '🟡 포착 | Grok 9 | 저장소 등장, 가중치는 아직 없음',
    card: '🟢 공개 | Grok 9 | 라이선스 변경: apache-2.0 → cc-by-nc-4.0',
    turns: ['가중치 공개', '라이선스 변경: apache-2.0 → cc-by-nc-4.0'],
    digest: '2030년 1월 7일~8일 모아 보기: 소식 26건',
    group: 'http://host/flood.xml: 새 항목 25개',
  },
} as const;

const reset: Fault = { kind: 'reset', commit: true };
const hang: Fault = { kind: 'hang', commit: true };

let place: Place;
let rooms: Rooms<Kind>;
let seen: Reading<Kind>;
let told: Reading<Kind>;
let cut: readonly FaultPlan[];
const ends: (readonly [number | null, number])[] = [];

/** The request that matches in both languages' rooms goes wrong; `skip` lets as many pass before. */
function plan(fault: Fault, match: (kind: Kind, locale: (typeof languages)[number]) => string, kind: Kind, skip = 0) {
  return languages.map((locale) => place.world.discord.service.faults.plan(match(kind, locale), fault, { skip }));
}

const inRoom =
  (what: string, method = 'POST') =>
  (kind: Kind, locale: (typeof languages)[number]): string =>
    `${method} */channels/${rooms.of(kind, locale).channel.id}${what}`;
/** In the thread of the first card, or in the first post: both go by the message's id. */
const inThread =
  (what: string, method = 'POST') =>
  (kind: Kind, locale: (typeof languages)[number]): string => {
    const { channel } = rooms.of(kind, locale);
    return `${method} */channels/${channel.messages()[0]?.id ?? channel.threads()[0]?.id}${what}`;
  };

async function look(): Promise<void> {
  const once = await place.once({ env: rooms.env });
  ends.push([once.code, once.document.owed]);
}

async function killedIn(plans: readonly FaultPlan[]): Promise<void> {
  const running = place.start('once', { env: rooms.env });
  await until(() => plans.every((one) => one.left() === 0), 'every request to hang');
  await running.kill();
}

beforeAll(async () => {
  place = await openPlace();
  const { web, huggingface, now } = place.world;
  place.later(Date.parse('2030-01-07T12:00:00Z') - now());
  rooms = openRooms(place, seeds);
  const named = (...kinds: readonly Kind[]): string =>
    kinds.flatMap((kind) => languages.map((locale) => `${kind}-${locale}`)).join(', ');
  const [news, floods] = ['news', 'flood'].map((name) => web.feed(`/${name}.xml`, { entries: [] }));
  await place.configure(
    `- { huggingface: xai-org, to: [${named('text', 'threads', 'forum', 'press', 'daily', 'posts')}] }
- { feed: "${news?.url}", to: [${named('daily', 'posts')}] }
- { feed: "${floods?.url}", to: [${named('many', 'pile')}] }`,
    rooms.yaml,
  );
  await look();
  const model = huggingface.model('xai-org/grok-9', { licence: 'apache-2.0' });
  for (const [n, title] of flood.entries())
    news?.add({ title, link: `https://lab.example/${n}`, published: now() - 1e6 + n * 1000 });
  // Cut off in one run, which tries again by itself.
  cut = [
    ...plan(reset, inRoom('/threads'), 'forum'),
    ...plan(reset, inRoom('/messages'), 'text'),
    ...plan(reset, inRoom('/messages'), 'threads'),
    ...plan(reset, inRoom('/messages/*/crosspost'), 'press'),
  ];
  await look();
  seen = rooms.read();
  model.commit({ 'model.safetensors': { size: 4e9 } });
  place.later(Date.parse('2030-01-08T09:05:00Z') - now());
  // Killed, and started again when Discord has long forgotten the nonces.
  await killedIn([
    ...plan(hang, inRoom('/messages'), 'text'),
    ...plan(hang, inRoom('/messages/*/threads'), 'threads'),
    ...plan(hang, inThread('', 'PATCH'), 'forum'),
    ...plan(hang, inRoom('/messages'), 'press'),
    ...plan(hang, inRoom('/messages'), 'daily', 1),
    ...plan(hang, inRoom('/threads'), 'posts'),
  ]);
  place.later(600_000);
  await look();
  model.licence('cc-by-nc-4.0');
  for (const [n, title] of flood.entries())
    floods?.add({ title, link: `https://lab.example/${n}`, published: now() - 1e6 + n * 1000 });
  // Killed, and started again at once; a post is only looked for when it can no longer be on its way.
  await killedIn([
    ...plan(hang, inRoom('/messages'), 'text'),
    ...plan(hang, inThread('/messages'), 'threads'),
    ...plan(hang, inThread('/messages'), 'forum'),
    ...plan(hang, inRoom('/messages/*/crosspost'), 'press'),
    ...plan(hang, inRoom('/messages'), 'many', 1),
    ...plan(hang, inRoom('/threads'), 'pile'),
  ]);
  place.later(6_000);
  await look();
  told = rooms.read();
});
afterAll(() => place.close());

describe.each(languages)('in %s', (locale) => {
  const text = words[locale];
  const replies = text.turns.map((turn) => `🟢 **Grok 9**: ${turn}`);
  const post = (tags: readonly string[], ...said: readonly string[]) => ({ name: 'Grok 9', tags, said });
  const [before = '', after = ''] = text.stages;

  it('a card, cut off', () => {
    expect(cut.map((one) => one.left())).toEqual(cut.map(() => 0));
    for (const kind of ['text', 'threads', 'press'] as const)
      expect(seen(kind, locale)).toEqual({ said: [text.seen], posts: [] });
    expect(seen('forum', locale)).toEqual({ said: [], posts: [post([before, 'xai'], text.seen)] });
  });

  it('a reply, in the channel and in a thread', () => {
    expect(told('text', locale)).toEqual({ said: [text.card, ...replies], posts: [] });
    expect(told('threads', locale)).toEqual({ said: [text.card], posts: [post([], ...replies)] });
  });

  it('what follows in a forum, and the tag that moves', () => {
    expect(told('forum', locale)).toEqual({ said: [], posts: [post([after, 'xai'], text.card, ...replies)] });
  });

  it('announcements, all of them published', () => {
    expect(told('press', locale)).toEqual({ said: [text.card, ...replies], posts: [] });
    const messages = rooms.of('press', locale).messages();
    expect(messages.map(({ flags }) => flags & 1)).toEqual(messages.map(() => 1));
  });

  it.each([
    ['digest', 'daily', 'posts'],
    ['group', 'many', 'pile'],
  ] as const)('a %s in pages, in a channel and in a forum', (form, kind, forum) => {
    const title = text[form];
    const { said } = told(kind, locale);
    expect(said.map((page) => page.split('\n')[0])).toEqual([`${title} (1/2)`, `${title} (2/2)`]);
    const lines = said.flatMap((page) => page.split('\n')).filter((line) => line.includes('**article '));
    expect(lines.map((line) => /article \d+/.exec(line)?.[0])).toEqual(flood.map((_, n) => `article ${n}`));
    expect(told(forum, locale)).toEqual({ said: [], posts: [{ name: title, tags: [], said }] });
  });
});

it('nothing is owed in the end, but the digest of the next day', () => {
  expect(ends).toEqual([
    [0, 0],
    [0, 4],
    [0, 0],
    [0, 4],
  ]);
  expect([place.world.discord.invalidRequests(), place.world.unexpected()]).toEqual([0, []]);
});
