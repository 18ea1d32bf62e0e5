// Hours and days go by: what quiet hours hold back, and what a daily or weekly digest says, in English and Korean.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';
import { languages, openRooms, type Reading, type Rooms, refusals } from '../support/e2e/rooms.ts';

const seeds = {
  quiet: { options: 'quiet: "22:00-08:00"' },
  daily: { options: 'digest: daily' },
  weekly: { options: 'digest: weekly, digestAt: "09:00"' },
  posts: { type: 'forum', options: 'digest: daily' },
  press: { type: 'announcement', options: 'digest: daily' },
  hook: { by: 'webhook', options: 'digest: daily' },
  // Its digest falls into its quiet hours.
  late: { options: 'digest: daily, digestAt: "07:00", quiet: "22:00-08:00"' },
} as const;
type Kind = keyof typeof seeds;

/** From a Sunday to the Tuesday after; times are those of Seoul. */
const times = {
  begin: '2030-01-06T12:00',
  evening: '2030-01-06T23:00',
  night: '2030-01-07T02:00',
  monday: '2030-01-07T09:05',
  late: '2030-01-07T23:00',
  tuesday: '2030-01-08T09:05',
} as const;
type Time = keyof typeof times;
const news = Array.from(
  { length: 25 },
  (_, n) => `article ${n}, ${'which has a rather long title, '.repeat(5)}as they do`,
);

const words = {
  en: {
    day: (date: string, stories: string) => `Digest ${date}: ${stories}`,
    dates: ['6–7 January 2030', '7–8 January 2030', '31 December 2029 – 7 January 2030'],
    stories: ['26 stories', '1 story'],
    reported: 'in the news (Reported)',
    grok: ['🟢 Released | Grok 9 | ', ' (Released) [host]'],
    released: 'weights published',
    relicensed: 'licence changed: apache-2.0 → cc-by-nc-4.0',
  },
  ko: {
    day: (date: string, stories: string) => `${date} 모아 보기: ${stories}`,
    dates: ['2030년 1월 6일~7일', '2030년 1월 7일~8일', '2029년 12월 31일~2030년 1월 7일'],
    stories: ['소식 26건', '소식 1건'],
    reported: '새 소식 (보도)',
    grok: ['🟢 공개 | Grok 9 | ', ' (공개) [host]'],
    released: '가중치 공개',
    relicensed: '라이선스 변경: apache-2.0 → cc-by-nc-4.0',
  },
} as const;

let place: Place;
let rooms: Rooms<Kind>;
const looks = new Map<Time, { readonly once: Once; readonly told: Reading<Kind> }>();

function at(time: string): void {
  place.later(Date.parse(`${time}:00+09:00`) - place.world.now());
}

async function look(time: Time): Promise<void> {
  at(times[time]);
  const once = await place.once({ env: rooms.env });
  looks.set(time, { once, told: rooms.read() });
}

beforeAll(async () => {
  place = await openPlace();
  const { web, huggingface, now } = place.world;
  rooms = openRooms(place, seeds);
  const feed = web.feed('/news.xml', { entries: [] });
  const collecting = (['daily', 'weekly', 'posts', 'press', 'hook', 'late'] as const).flatMap((kind) =>
    languages.map((locale) => `${kind}-${locale}`),
  );
  const watches = `- huggingface: xai-org\n- { feed: "${feed.url}", to: [${collecting.join(', ')}] }`;
  await place.configure(watches, `${rooms.yaml}timezone: Asia/Seoul\n`);
  await look('begin');
  at('2030-01-06T22:30');
  const model = huggingface.model('xai-org/grok-9', { licence: 'apache-2.0' });
  for (const [n, title] of news.entries())
    feed.add({ title, link: `https://lab.example/${n}`, published: now() - 1e6 + n * 1000 });
  await look('evening');
  model.commit({ 'model.safetensors': { size: 4e9 } });
  await look('night');
  await look('monday');
  model.licence('cc-by-nc-4.0');
  await look('late');
  await look('tuesday');
});
afterAll(() => place.close());

const told = (time: Time): Reading<Kind> => {
  const found = looks.get(time);
  if (found === undefined) throw new Error(`nobody looked at ${time}`);
  return found.told;
};

describe.each(languages)('in %s', (locale) => {
  const text = words[locale];
  const [first = '', second = '', week = ''] = text.dates;
  const [many = '', one = ''] = text.stories;
  const [card = '', stage = ''] = text.grok;

  /** What the pages of one digest list, when each page is numbered and of the same digest. */
  function listed(title: string, messages: readonly string[]): readonly string[] {
    const titles = messages.map((message) => message.split('\n')[0]);
    expect(titles).toEqual(
      messages.length === 1 ? [title] : messages.map((_, n) => `${title} (${n + 1}/${messages.length})`),
    );
    return messages.flatMap((message) => message.split('\n').slice(1));
  }
  const inTheNews = news.map((title, n) => `🔵 **${title}**: ${text.reported} [lab.example](https://lab.example/${n})`);
  const entry = (what: string) => expect.stringContaining(`🟢 **Grok 9**: ${what}${stage}`);

  it('quiet hours hold back a card, which then says the newest by itself', () => {
    for (const time of ['evening', 'night'] as const) expect(told(time)('quiet', locale).said).toEqual([]);
    expect(told('monday')('quiet', locale).said).toEqual([card + text.released]);
  });

  it('quiet hours hold back the edit of a card and the reply to it', () => {
    expect(told('late')('quiet', locale).said).toEqual([card + text.released]);
    expect(told('tuesday')('quiet', locale).said).toEqual([
      card + text.relicensed,
      `🟢 **Grok 9**: ${text.relicensed}`,
    ]);
  });

  it.each(['daily', 'press', 'hook', 'late'] as const)(
    '%s: one digest a day, in pages, each story once and in order',
    (kind) => {
      expect(told('night')(kind, locale).said).toEqual([]);
      const day = told('monday')(kind, locale).said;
      expect(day.length).toBe(2);
      expect(listed(text.day(first, many), day)).toEqual([...inTheNews, entry(text.released)]);
      expect(told('late')(kind, locale).said).toEqual(day);
      const next = told('tuesday')(kind, locale).said;
      expect(next.slice(0, 2)).toEqual(day);
      expect(listed(text.day(second, one), next.slice(2))).toEqual([entry(text.relicensed)]);
    },
  );

  it('weekly: one digest on Monday, each story once however often it turned', () => {
    expect(told('night')('weekly', locale).said).toEqual([]);
    const { said } = told('monday')('weekly', locale);
    expect(listed(text.day(week, many), said)).toEqual([...inTheNews, entry(text.released)]);
    expect(told('tuesday')('weekly', locale).said).toEqual(said);
    const files = rooms
      .of('weekly', locale)
      .messages()
      .map(({ attachments }) => attachments);
    expect(files.flat()).toMatchObject([{ filename: 'landed.png' }]);
    expect(Number(files[0]?.[0]?.size)).toBeGreaterThan(5_000);
    expect(
      rooms
        .of('daily', locale)
        .messages()
        .flatMap(({ attachments }) => attachments),
    ).toEqual([]);
  });

  it('in a forum each digest is a post of its own, with all its pages', () => {
    const { said, posts } = told('tuesday')('posts', locale);
    expect([said, posts.map(({ name, tags }) => [name, tags])]).toEqual([
      [],
      [
        [text.day(first, many), []],
        [text.day(second, one), []],
      ],
    ]);
    expect(listed(text.day(first, many), posts[0]?.said ?? [])).toEqual([...inTheNews, entry(text.released)]);
    expect(listed(text.day(second, one), posts[1]?.said ?? [])).toEqual([entry(text.relicensed)]);
  });

  it('announces every page of a digest', () => {
    const messages = rooms.of('press', locale).messages();
    expect(messages.filter(({ flags }) => (flags & 1) === 1)).toEqual(messages);
  });
});

it('what waits for its hour is owed and no failure', () => {
  const owed = [...looks.values()].map(({ once }) => [once.code, once.document.owed]);
  expect(owed).toEqual([
    [0, 0],
    [0, 14],
    [0, 14],
    [0, 0],
    [0, 16],
    // The weekly ones.
    [0, 2],
  ]);
  expect([refusals(place), place.world.unexpected()]).toEqual([[], []]);
});
