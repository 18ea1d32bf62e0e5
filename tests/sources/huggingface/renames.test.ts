// A model that is renamed inside a watched account stays the same model; a list that is empty all at once is asked again.
import { describe, expect, test } from 'vitest';
import { diff } from '../../../src/pipeline/diff.ts';
import type { Known } from '../../../src/types/change.ts';
import type { Fresh } from '../../../src/types/core.ts';
import {
  endpoint,
  fresh,
  hubModel,
  listedModel,
  lookAt,
  noon,
  type Played,
  playHub,
  seen,
} from '../../support/sources/huggingface/hub.ts';

const list = '/api/models';
const day = '2025-08-23T12:00:00.000Z';
const one = { _id: '0000000000000000000000a1' };
const two = { _id: '0000000000000000000000a2' };

/** The results of one look after the other at one account. */
async function looks(owner: string, ...bodies: readonly unknown[]): Promise<readonly Fresh[]> {
  const hub = playHub({ [list]: bodies.map((body) => ({ body })) });
  const results: Fresh[] = [];
  for (const _ of bodies) results.push(fresh(await hub.look(owner, results.at(-1)?.cursor ?? null)));
  return results;
}

const known = ({ observations }: Fresh): ReadonlyMap<string, Known> =>
  new Map(observations.map((observation) => [observation.key, { observation, goneAt: null }]));

/** What is news in the last of these looks. */
function news(results: readonly Fresh[]): readonly string[] {
  const [before, last] = results.slice(-2);
  if (before === undefined || last === undefined) throw new Error('two looks are needed');
  return diff(known(before), day, last)
    .filter((change) => change.quiet === null)
    .map((change) => `${change.type} ${change.observation.key}`);
}

describe('a model renamed inside a watched account', () => {
  test('keeps its keys and its story, and only its state changes', async () => {
    const other = listedModel('acme/b', two);
    const results = await looks('acme', [listedModel('acme/a', one), other], [listedModel('acme/a-v2', one), other]);
    expect(news(results)).toEqual(['edited state:acme/a']);
    expect(results[1]?.observations.find(({ key }) => key === 'state:acme/a')).toMatchObject({
      about: 'huggingface:acme/a',
      title: 'acme/a-v2',
      url: `${endpoint}/acme/a-v2`,
      fingerprint: 'enabled|public|acme/a-v2',
      facts: { renamedTo: 'acme/a-v2' },
    });
    // A look of its own goes on where it began: the former address leads to the new one.
    expect(results[1]?.found.map(({ target }) => target.id)).toEqual(['huggingface:acme/a', 'huggingface:acme/b']);
  });

  test('keeps its first keys through further renames, and is gone by them', async () => {
    const bodies = ['acme/a', 'acme/a-v2', 'acme/a-v3'].map((id) => [listedModel(id, one), listedModel('acme/b', two)]);
    const results = await looks('acme', ...bodies, [listedModel('acme/b', two)]);
    expect(news(results.slice(0, 3))).toEqual(['edited state:acme/a']);
    expect(news(results)).toContain('gone model:acme/a');
    expect(news(results).every((one) => one.startsWith('gone '))).toBe(true);
  });

  test('is nothing new when only its capitals change', async () => {
    expect(news(await looks('acme', [listedModel('acme/a', one)], [listedModel('acme/A', one)]))).toEqual([]);
  });

  test('leaves its name to another model, which is new', async () => {
    const newcomer = listedModel('acme/a', two);
    const renamed = listedModel('acme/a-old', one);
    const results = await looks('acme', [listedModel('acme/a', one)], [newcomer, renamed]);
    expect(news(results)).toContain(`new model:acme/a~${two._id}`);
    expect(news(results)).toContain('edited state:acme/a');
    expect(news(results).filter((one) => one.startsWith('gone '))).toEqual([]);
    // The address of one could lead to the other.
    expect(results[1]?.found).toEqual([]);
  });

  test('is told as before where the answer has no lasting ids, or one for several models', async () => {
    for (const _id of [undefined, one._id]) {
      const other = listedModel('acme/b', { _id });
      const bodies = ['acme/a', 'acme/a-v2'].map((id) => [listedModel(id, { _id }), other]);
      const told = news(await looks('acme', ...bodies));
      expect(told).toContain('new model:acme/a-v2');
      expect(told).toContain('gone model:acme/a');
    }
  });

  test('that came back under another name after a time away keeps its keys', async () => {
    const other = listedModel('acme/b', two);
    const results = await looks(
      'acme',
      [listedModel('acme/a', one), other],
      [other],
      [listedModel('acme/a-v2', one), other],
    );
    expect(seen(results[2] ?? fresh({ kind: 'broken', reason: { code: 'look.unanswered', params: {} } }))).toContain(
      'model:acme/a there',
    );
  });

  test('is one story with the same model watched by itself, also when that is first looked at after the rename', async () => {
    const path = '/api/models/acme/a';
    const moved: Played = {
      body: hubModel('acme/a-v2', { siblings: [] }),
      url: `${endpoint}/api/models/acme/a-v2?blobs=true`,
    };
    const hub = playHub({ [path]: [moved] });
    const { observations } = fresh(await hub.look('acme/a'));
    expect(new Set(observations.map(({ about }) => about))).toEqual(new Set(['huggingface:acme/a']));
  });

  test('is found where it stood last, and if it is not there any more, by its first name', async () => {
    const path = (id: string) => `/api/models/${id}`;
    const at = (id: string): Played => ({
      body: hubModel(id, { siblings: [] }),
      url: `${endpoint}${path(id)}?blobs=true`,
    });
    const hub = playHub({
      // By the first name it is also asked whether another model has it by now.
      [path('acme/a')]: [at('acme/a'), at('acme/a-v2'), at('acme/a-v3'), at('acme/a')],
      [path('acme/a-v2')]: [at('acme/a-v3')],
      [path('acme/a-v3')]: [{ status: 404, body: { error: 'Repository not found' } }],
    });
    let cursor: Fresh['cursor'] = null;
    const states: string[] = [];
    for (let look = 0; look < 4; look += 1) {
      const result = fresh(await hub.look('acme/a', cursor));
      cursor = result.cursor;
      states.push(seen(result).at(-1) ?? '');
    }
    const enabled = 'state enabled|public|';
    expect(states).toEqual([enabled, `${enabled}acme/a-v2`, `${enabled}acme/a-v3`, enabled]);
  });

  test('what an account remembers of many models is bounded', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) =>
      listedModel(`big/model-${index}`, { _id: index.toString(16).padStart(24, '0'), siblings: [] }),
    );
    const [first] = await looks('big', many);
    expect(JSON.stringify(first?.cursor).length).toBeLessThan(150_000);
  });
});

describe('a list that is empty, although it was not', () => {
  const full = { body: [listedModel('acme/a', one), listedModel('acme/b', two)], headers: { etag: 'W/"1"' } };
  const empty = { body: [] };

  test('is asked again, and believed when it still is a minute later', async () => {
    const hub = playHub({ [list]: [full, empty, empty, empty] });
    const first = fresh(await hub.look('acme'));
    const doubted = await hub.look('acme', first.cursor);
    if (doubted.kind !== 'same') throw new Error(doubted.kind);
    expect(doubted.restMs).toBe(60_000);
    const early = await hub.look('acme', doubted.cursor, noon + 59_999);
    expect(early).toEqual({ kind: 'same', cursor: doubted.cursor, restMs: 1 });
    const believed = fresh(await hub.look('acme', doubted.cursor, noon + 60_000));
    expect(believed).toMatchObject({ there: true, observations: [], window: 'all' });
    expect(news([first, believed])).toContain('gone model:acme/a');
  });

  test('is forgotten when the models are there again, by a list or by a 304', async () => {
    for (const again of [full, { status: 304 }]) {
      const hub = playHub({ [list]: [full, empty, again, empty] });
      const first = fresh(await hub.look('acme'));
      const doubted = await hub.look('acme', first.cursor);
      const well = await hub.look('acme', 'cursor' in doubted ? doubted.cursor : null, noon + 30_000);
      expect(well).toMatchObject({ kind: 'same', cursor: { emptyAt: null } });
      const next = await hub.look('acme', 'cursor' in well ? well.cursor : null, noon + 3_600_000);
      expect(next).toMatchObject({ kind: 'same', restMs: 60_000 });
    }
  });

  test('is believed at once when there was one model, and where it was recorded', async () => {
    const hub = playHub({ [list]: [{ body: [listedModel('acme/a', one)] }, empty, full] });
    const first = fresh(await hub.look('acme'));
    expect(fresh(await hub.look('acme', first.cursor)).window).toBe('all');
    const both = fresh(await hub.look('acme'));
    const recorded = await hub.source.read(
      lookAt('acme', both.cursor),
      { type: 'json', url: endpoint, body: '[]' },
      noon,
    );
    expect(fresh(recorded).window).toBe('all');
  });
});
