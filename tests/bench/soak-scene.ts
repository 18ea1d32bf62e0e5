// Every form of delivery at once, in English and Korean: what is owed, and a strict count of what came of it.

import type { Place } from '../support/e2e/place.ts';
import { type Locale, languages, openRooms, type Room, type Rooms, readMessage } from '../support/e2e/rooms.ts';
import type { Running } from '../support/landfall.ts';
import type { MessageState } from '../support/world/discord/state.ts';

export interface Count {
  readonly expected: number;
  readonly lost: number;
  readonly doubled: number;
}

/** By form; `anything else` is what stands in a channel and is none of what was owed. */
export type Counts = ReadonlyMap<string, Count>;

export interface Scene {
  /** A worker on what is owed; now and then time has passed before it starts: the nonces of the last one are forgotten. */
  readonly start: () => Running;
  /** One that is left alone: the exit code, and how many messages are still owed. */
  readonly finish: () => Promise<{ readonly code: number | null; readonly owed: number }>;
  readonly rooms: Rooms<Kind>;
  /** Of all rooms that a bot writes to. */
  readonly byBot: () => Counts;
  readonly byWebhook: () => Counts;
  /** Whether what came by itself stands in the order in which it was published, in every room by bot. */
  readonly inOrder: () => boolean;
}

const seeds = {
  text: {},
  threads: { options: 'thread: true' },
  forum: { type: 'forum', tagsIn: { en: ['Seen', 'Released', 'Reported'], ko: ['포착', '공개', '보도'] } },
  press: { type: 'announcement' },
  daily: { options: 'digest: daily' },
  posts: { type: 'forum', options: 'digest: daily' },
  hook: { by: 'webhook' },
} as const;
type Kind = keyof typeof seeds;

const telling = ['text', 'threads', 'forum', 'press', 'hook'] as const;
type Telling = (typeof telling)[number];

const words = {
  en: {
    news: (name: string) => `🔵 Reported | ${name} | in the news`,
    card: (name: string) => `🟢 Released | ${name} | weights published`,
    reply: (name: string) => `🟢 **${name}**: weights published`,
    tags: ['Released', 'Reported'],
    group: 'http://host/flood.xml: 25 new items',
    digest: 'Digest 7–8 January 2030: 25 stories',
    listed: 'in the news (Reported)',
  },
  ko: {
    news: (name: string) => `🔵 보도 | ${name} | 새 소식`,
    card: (name: string) => `🟢 공개 | ${name} | 가중치 공개`,
    reply: (name: string) => `🟢 **${name}**: 가중치 공개`,
    tags: ['공개', '보도'],
    group: 'http://host/flood.xml: 새 항목 25개',
    digest: '2030년 1월 7일~8일 모아 보기: 소식 25건',
    listed: '새 소식 (보도)',
  },
} as const;

/** Past the time for which Discord remembers a nonce. */
const longestMs = 360_000;

const models = Array.from({ length: 4 }, (_, n) => `acme/model-${n}`);
const news = Array.from({ length: 6 }, (_, n) => `news ${n}`);
const long = 'which has a rather long title, '.repeat(5);
const flood = Array.from({ length: 25 }, (_, n) => `flood ${n}, ${long}as they do`);
const log = Array.from({ length: 25 }, (_, n) => `log ${n}, ${long}as they do`);

/** One line that a person reads, and where: in the channel itself, or in a thread or post with its tags. */
interface Line {
  readonly place: string;
  readonly text: string;
}

interface Owed extends Line {
  readonly form: string;
}

const itself = 'the channel';
const thread = (name: string, ...tags: readonly string[]): string => `${name} [${tags.join(', ')}]`;

/** What each room has to have in the end, line by line. */
function owedIn(kind: Kind, locale: Locale, published: number): readonly Owed[] {
  const text = words[locale];
  const [released = '', reported = ''] = text.tags;
  const pages = (form: string, where: string, title: string, lines: readonly string[]): readonly Owed[] =>
    [`${title} (1/2)`, `${title} (2/2)`, ...lines].map((line) => ({ form, place: where, text: line }));
  const at = (n: number): number => Math.floor((published + n * 1000) / 1000);
  const group = [
    '[host](http://host/flood.xml)',
    ...flood.map((title, n) => `• **${title}** [lab.example](https://lab.example/flood/${n}) <t:${at(n)}:d>`),
  ];
  const digest = log.map((title, n) => `🔵 **${title}**: ${text.listed} [lab.example](https://lab.example/log/${n})`);
  const told = (names: Readonly<Record<'card' | 'edit' | 'reply', string>>, how: Telling): readonly Owed[] => {
    const post = (name: string, tag: string): string => (how === 'forum' ? thread(name, tag) : itself);
    return [
      ...news.map((name) => ({ form: names.card, place: post(name, reported), text: text.news(name) })),
      ...models.map((name) => ({ form: names.edit, place: post(name, released), text: text.card(name) })),
      ...models.map((name) => ({
        form: names.reply,
        place: how === 'threads' ? thread(name) : post(name, released),
        text: text.reply(name),
      })),
    ];
  };
  switch (kind) {
    case 'text':
      return [
        ...told({ card: 'card', edit: 'edit', reply: 'reply' }, kind),
        ...pages('group', itself, text.group, group),
      ];
    case 'threads':
      return told({ card: 'card', edit: 'edit', reply: 'reply in a thread' }, kind);
    case 'forum': {
      const names = { card: 'post', edit: 'edit of a post and its tags', reply: 'reply in a post' };
      return [...told(names, kind), ...pages('group in a forum', thread(text.group), text.group, group)];
    }
    case 'press':
      return told({ card: 'announcement', edit: 'edit of an announcement', reply: 'announced reply' }, kind);
    case 'daily':
      return pages('digest', itself, text.digest, digest);
    case 'posts':
      return pages('digest in a forum', thread(text.digest), text.digest, digest);
    case 'hook':
      return told({ card: 'card', edit: 'edit', reply: 'reply' }, kind);
  }
}

/** A list by its lines, everything else as one; what should be published and is not is something else. */
function linesOf(message: MessageState, place: string, published: boolean): readonly Line[] {
  const [embed] = message.embeds;
  const list = embed !== undefined && embed.author === undefined;
  const text = readMessage(message);
  const mark = published && (message.flags & 1) === 0 ? ' (not published)' : '';
  return (list ? text.split('\n') : [text]).map((line) => ({ place, text: line + mark }));
}

function linesIn({ world }: Place, room: Room, published: boolean): readonly Line[] {
  const posts = room.channel.threads();
  const read = room.posts();
  return [
    ...room.messages().flatMap((message) => linesOf(message, itself, published)),
    ...posts.flatMap(({ id }, n) => {
      const place = thread(read[n]?.name ?? '', ...(read[n]?.tags ?? []));
      return world.discord.messages(id).flatMap((message) => linesOf(message, place, published));
    }),
  ];
}

const key = ({ place, text }: Line): string => `${place}\n${text}`;

export function addCounts(one: Counts, other: Counts): Counts {
  const sum = new Map(one);
  for (const [form, { expected, lost, doubled }] of other) {
    const known = sum.get(form) ?? { expected: 0, lost: 0, doubled: 0 };
    sum.set(form, {
      expected: known.expected + expected,
      lost: known.lost + lost,
      doubled: known.doubled + doubled,
    });
  }
  return sum;
}

/** Each line that is owed once: none is lost, more are doubled, and so is whatever nobody was owed. */
function countIn(owed: readonly Owed[], lines: readonly Line[]): Counts {
  const times = Map.groupBy(lines, key);
  const known = new Set(owed.map(key));
  const single = owed.map((line): Counts => {
    const count = times.get(key(line))?.length ?? 0;
    return new Map([[line.form, { expected: 1, lost: count === 0 ? 1 : 0, doubled: Math.max(0, count - 1) }]]);
  });
  const others = lines.filter((line) => !known.has(key(line))).length;
  const rest: Counts =
    others === 0 ? new Map() : new Map([['anything else', { expected: 0, lost: 0, doubled: others }]]);
  return [...single, rest].reduce(addCounts, new Map());
}

/** A world in which all of it is owed and due, and nothing of it was sent but the first cards of the models. */
export async function openScene(place: Place): Promise<Scene> {
  const { huggingface, web, now } = place.world;
  place.later(Date.parse('2030-01-07T12:00:00Z') - now());
  const rooms = openRooms(place, seeds);
  const { env } = rooms;
  const named = (...kinds: readonly Kind[]): string =>
    kinds.flatMap((kind) => languages.map((locale) => `${kind}-${locale}`)).join(', ');
  const feed = (name: string) => {
    const { url, add } = web.feed(`/${name}.xml`, { entries: [] });
    const fill = (titles: readonly string[], from: number): void => {
      for (const [n, title] of titles.entries())
        add({ title, link: `https://lab.example/${name}/${n}`, published: from + n * 1000 });
    };
    return { url, fill };
  };
  const [newsFeed, floodFeed, logFeed] = [feed('news'), feed('flood'), feed('log')];
  await place.configure(
    `- { huggingface: acme, to: [${named(...telling)}] }
- { feed: "${newsFeed.url}", to: [${named(...telling)}] }
- { feed: "${floodFeed.url}", to: [${named('text', 'forum')}] }
- { feed: "${logFeed.url}", to: [${named('daily', 'posts')}] }`,
    rooms.yaml,
  );
  await place.once({ env });
  const made = models.map((name) => huggingface.model(name, { licence: 'mit' }));
  logFeed.fill(log, now() - 1e6);
  await place.once({ env });
  place.later(Date.parse('2030-01-08T09:05:00Z') - now());
  const published = now() - 1e6;
  for (const model of made) model.commit({ 'model.safetensors': { size: 4e9 } });
  newsFeed.fill(news, published);
  floodFeed.fill(flood, published);
  const each = (kinds: readonly Kind[]): Counts =>
    kinds
      .flatMap((kind) => languages.map((locale) => ({ kind, locale, room: rooms.of(kind, locale) })))
      .map(({ kind, locale, room }) => countIn(owedIn(kind, locale, published), linesIn(place, room, kind === 'press')))
      .reduce(addCounts, new Map());
  return {
    rooms,
    start: () => {
      if (Math.random() < 1 / 3) place.later(Math.floor(Math.random() * longestMs));
      return place.start('once', { env });
    },
    finish: async () => {
      // A post in doubt is not looked for while it may still be on its way.
      place.later(10_000);
      const { code, document } = await place.once({ env });
      return { code, owed: document.owed };
    },
    byBot: () => each(['text', 'threads', 'forum', 'press', 'daily', 'posts']),
    byWebhook: () => each(['hook']),
    inOrder: () =>
      (['text', 'threads', 'press'] as const).every((kind) =>
        languages.every((locale) => {
          const owed = news.map(words[locale].news);
          const told = rooms
            .of(kind, locale)
            .said()
            .filter((line) => owed.includes(line));
          return told.join('\n') === owed.join('\n');
        }),
      ),
  };
}
