// Discoveries: one list for all of them, the rank counted after the filters, each model once.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createReader } from '../../../src/app/names.ts';
import { readModels } from '../../../src/sources/discover/read.ts';
import { discover } from '../../../src/sources/discover/source.ts';
import type { Look, PollResult, Target } from '../../../src/types/core.ts';
import { fresh, lookAt, noon, only, playWeb, targetOf } from '../../support/sources/web.ts';

const url = 'https://huggingface.co/api/models?sort=trendingScore&direction=-1&limit=500';
const text = readFileSync(new URL('../fixtures/discover/trending.json', import.meta.url), 'utf8');
const list: readonly Record<string, unknown>[] = JSON.parse(text);
const play = (body = text) =>
  playWeb(
    { ...discover, open: (world) => discover.open({ ...world, senseOf: createReader().senseOf }) },
    { [url]: { body } },
  );
const hub = (entry: Readonly<Record<string, unknown>> = {}) => targetOf(discover, 'huggingface', entry);
const titles = (result: PollResult | ReadonlyMap<string, PollResult>, sort = 'thing') =>
  fresh(result)
    .observations.filter((one) => one.sort === sort)
    .map(({ title }) => title);
const seenWith = async (entry: Readonly<Record<string, unknown>>, body?: string) =>
  titles(await play(body).poll(lookAt(hub(entry))));

describe('what is taken up', () => {
  test('without options, the first 50 or 100 likes: originals only', async () => {
    expect(await seenWith({})).toEqual([
      'acme-labs/Rocket-30B',
      'meta-next/Muse-Glimmer-30B',
      'acme-labs/Rocket-30B-Instruct',
    ]);
  });

  test('the rank is counted after the filters', async () => {
    expect(await seenWith({ top: 2 })).toEqual(['acme-labs/Rocket-30B', 'meta-next/Muse-Glimmer-30B']);
    expect(await seenWith({ top: 2, tasks: ['text-generation'] })).toEqual([
      'acme-labs/Rocket-30B',
      'acme-labs/Rocket-30B-Instruct',
    ]);
    expect(await seenWith({ top: 2, derivatives: true })).toEqual(['acme-labs/Rocket-30B', 'packer/Rocket-30B-GGUF']);
  });

  test('or so many likes', async () => {
    expect(await seenWith({ likes: 90 })).toEqual(['acme-labs/Rocket-30B', 'acme-labs/Rocket-30B-Instruct']);
  });

  test('what was made long ago is kept and not told, and keeps no place', async () => {
    const result = await play().poll(lookAt(hub({ top: 3 })));
    expect(titles(result)).toHaveLength(3);
    expect(titles(result, 'trait')).toEqual(['oldies/Grandfather-7B']);
    expect(await seenWith({ top: 9, within: '999d' })).toContain('oldies/Grandfather-7B');
  });

  test('families: a known name in an account that nobody vouches for, with likes', async () => {
    expect(await seenWith({ families: true })).toEqual(['meta-next/Muse-Glimmer-30B']);
    expect(await seenWith({ families: true, likes: 26 })).toEqual([]);
    const own = text.replaceAll('meta-next/', 'meta-models/');
    expect(await seenWith({ families: true }, own)).toEqual([]);
  });

  test('it says whose name it bears', async () => {
    const { observations } = fresh(await play().poll(lookAt(hub({ families: true }))));
    expect(observations[0]?.facts.unvouched).toEqual({ account: 'meta-next', lab: 'Meta' });
  });
});

describe('looking again', () => {
  test('all discoveries on the hub share one request', async () => {
    const web = play();
    const results = await web.poll(lookAt(hub()), lookAt(hub({ families: true })), lookAt(hub({ top: 5 })));
    expect([...results.values()].map(({ kind }) => kind)).toEqual(['fresh', 'fresh', 'fresh']);
    expect(web.asked).toHaveLength(1);
  });

  test('scores, likes and the order are no news', async () => {
    const web = play();
    const first = await web.poll(lookAt(hub()));
    const moved = list
      .map((one, place) => ({ ...one, likes: 5_000 + place, trendingScore: place, downloads: 7 }))
      .toReversed();
    web.answer(url, JSON.stringify(moved));
    expect(only(await web.poll(lookAt(hub(), only(first)))).kind).toBe('same');
  });

  test('what enters later is found, to be looked at whole; what was there at first is not', async () => {
    const web = play(JSON.stringify(list.slice(0, 2)));
    const first = await web.poll(lookAt(hub()));
    expect(fresh(first).found).toEqual([]);
    web.answer(url, text);
    const second = fresh(await web.poll(lookAt(hub(), only(first))));
    expect(second.found.map(({ target }) => target.id)).toEqual([
      'huggingface:meta-next/muse-glimmer-30b',
      'huggingface:acme-labs/rocket-30b-instruct',
    ]);
    expect(second.window).toBe('newest');
  });

  test('a recorded answer is read as it was', async () => {
    const web = play();
    const look = lookAt(hub({ top: 2 }));
    const { answer, observations } = fresh(await web.poll(look));
    if (answer === null) throw new Error('nothing to record');
    expect(fresh(await web.source.read(look, answer, noon)).observations).toEqual(observations);
  });
});

test.each([
  [429, {}, { kind: 'later', afterMs: 60_000 }],
  [429, { 'retry-after': '90' }, { kind: 'later', afterMs: 90_000 }],
  [503, {}, { kind: 'later' }],
  [404, {}, { kind: 'broken' }],
])('%s %o', async (status, headers, expected) => {
  const web = playWeb(discover, { [url]: { status, headers } });
  expect(only(await web.poll(lookAt(hub())))).toMatchObject(expected);
});

test.each(['{}', 'null', '<html>'])('%s is no list', async (body) => {
  expect(only(await playWeb(discover, { [url]: { body } }).poll(lookAt(hub())))).toMatchObject({
    kind: 'broken',
    reason: { code: 'discover.no-list' },
  });
});

test('an entry that cannot be read spoils no other', () => {
  expect(readModels([{ id: 7 }, null, { id: 'a/b', likes: 'many', tags: 'none' }])).toEqual([
    expect.objectContaining({ id: 'a/b', likes: 0, tags: [] }),
  ]);
});

describe('GitHub', () => {
  const query = { query: 'topic:llm stars:>500' };
  const searched = (more = '') => {
    const words = new URLSearchParams({
      q: `topic:llm stars:>500${more}`,
      sort: 'stars',
      order: 'desc',
      per_page: '100',
    });
    return `https://api.github.com/search/repositories?${words.toString()}`;
  };
  const repository = (id: number, name: string) => ({
    id,
    full_name: name,
    html_url: `https://github.com/${name}`,
    description: 'Runs models',
    stargazers_count: 800,
    created_at: '2026-07-01T00:00:00Z',
  });
  const answer = (...items: readonly unknown[]) => JSON.stringify({ total_count: items.length, items });

  test('asks for what was made lately, and only what was never seen is new', async () => {
    const asked = searched(' created:>=2026-05-22');
    const web = playWeb(discover, { [asked]: answer(repository(1, 'a/one')) });
    const target = targetOf(discover, 'github', query);
    const first = await web.poll(lookAt(target));
    expect(fresh(first).observations.map(({ key, about }) => [key, about])).toEqual([['repo:1', 'github:a/one']]);
    web.answer(asked, answer(repository(2, 'b/two'), { ...repository(1, 'a/one'), stargazers_count: 9_000 }));
    const second = fresh(await web.poll(lookAt(target, only(first))));
    expect(second.observations.map(({ key, fingerprint }) => [key, fingerprint])).toEqual([
      ['repo:2', 'there'],
      ['repo:1', 'there'],
    ]);
    expect([second.window, second.gone]).toEqual(['newest', []]);
  });

  test('its own time of creation stays as it is written', async () => {
    const written = ' created:>2026-01-01';
    const web = playWeb(discover, { [searched(written)]: answer() });
    const target = targetOf(discover, 'github', { query: `${query.query}${written}` });
    expect(fresh(await web.poll(lookAt(target))).observations).toEqual([]);
  });

  test('its limit puts the search off', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(noon / 1_000 + 30) };
    const web = playWeb(discover, { [searched(' created:>=2026-05-22')]: { status: 403, headers } });
    expect(only(await web.poll(lookAt(targetOf(discover, 'github', query))))).toMatchObject({
      kind: 'later',
      afterMs: 30_000,
    });
  });
});

describe('the address', () => {
  const problem = (written: string, entry: Readonly<Record<string, unknown>> = {}) => {
    const reading = discover.address(written, entry);
    return 'problem' in reading ? reading.problem.code : reading.target.id;
  };

  test.each([
    ['huggingface', {}, 'discover:huggingface'],
    ['huggingface', { within: '30d', derivatives: false }, 'discover:huggingface'],
    ['huggingface', { tasks: ['b', 'a', 'b'], top: 5 }, 'discover:huggingface#top=5&tasks=a%2Cb'],
    ['github stars:>9', {}, 'discover:github#query=stars%3A%3E9'],
    ['gitlab', {}, 'address.discover'],
    ['github', {}, 'address.discover-query'],
    ['github', { query: 'a', top: 3 }, 'address.discover-option'],
    ['huggingface', { query: 'a' }, 'address.discover-option'],
  ])('%s %o', (written, entry, expected) => {
    expect(problem(written, entry)).toBe(expected);
  });
});

test('several discoveries on the hub stay one request in ten minutes, however far their looks drift apart', async () => {
  const web = playWeb(discover, { [url]: '[]' });
  const targets = [{ top: 10 }, { top: 20 }, { likes: 5 }].map((entry) => targetOf(discover, 'huggingface', entry));
  const cursors = new Map<string, Look['cursor']>();
  const pollAt = async (minute: number, some: readonly Target[]) => {
    const looks = some.map((target) => ({ target, cursor: cursors.get(target.id) ?? null, lastAt: null }));
    const context = { now: () => noon + minute * 60_000, signal: new AbortController().signal };
    const { results } = await web.source.poll(looks, context);
    for (const [id, result] of results) if ('cursor' in result) cursors.set(id, result.cursor);
    return [...results.values()].map(({ kind }) => kind);
  };
  await pollAt(0, targets);
  expect(web.asked).toHaveLength(1);
  const [first, second, third] = targets;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three');
  for (let minute = 10; minute < 100; minute += 10) {
    await pollAt(minute, [first]);
    await pollAt(minute + 3, [second]);
    await pollAt(minute + 7, [third]);
  }
  expect(web.asked).toHaveLength(10);
  web.answer(url, { status: 500 });
  expect(await pollAt(100, [first])).toEqual(['later']);
  expect(await pollAt(100.1, [second])).toEqual(['later']);
  expect(web.asked).toHaveLength(11);
});

test('a changed option takes up what was there before without telling it', async () => {
  const model = (id: string, likes: number) => ({ _id: id.padStart(24, '0'), id: `acme/${id}`, likes, tags: [] });
  const web = playWeb(discover, { [url]: JSON.stringify([model('a', 200), model('b', 60)]) });
  const before = targetOf(discover, 'huggingface', { likes: 100 });
  const after = targetOf(discover, 'huggingface', { likes: 50 });
  const first = only(await web.poll(lookAt(before)));
  const next = playWeb(discover, { [url]: JSON.stringify([model('a', 200), model('b', 60), model('c', 70)]) });
  const second = fresh(await next.poll(lookAt(after, first)));
  expect(second.observations.map(({ title, sort }) => `${title} ${sort}`)).toEqual([
    'acme/a trait',
    'acme/b trait',
    'acme/c thing',
  ]);
  expect(second.found.map(({ target }) => target.address)).toEqual(['acme/c']);
  expect(next.source.continues?.(before, after)).toBe(true);
  expect(next.source.continues?.(before, targetOf(discover, 'huggingface', { families: true }))).toBe(false);
});
