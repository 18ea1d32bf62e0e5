// What every source keeps, whatever it looks at; a source in the folder that is not listed, tested or played here fails.

import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diff } from '../../src/pipeline/diff.ts';
import { sources } from '../../src/sources/index.ts';
import type { Fresh, PollResult } from '../../src/types/core.ts';
import { saying } from '../support/reasons.ts';
import { type Played, playSource, ways } from '../support/sources/played.ts';

const folder = new URL('../../src/sources/', import.meta.url);
const here = new URL('./', import.meta.url);

const isKind = (value: unknown): value is { readonly kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && 'open' in value && 'address' in value;

/** The names of files and folders that export a source, with the kinds they export. */
async function foundIn(): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = entry.isDirectory() ? `${entry.name}/source.ts` : entry.name;
    if (!file.endsWith('.ts') || !existsSync(new URL(file, folder))) continue;
    const module: Record<string, unknown> = await import(new URL(file, folder).href);
    const kinds = Object.values(module).filter(isKind);
    const name = entry.name.replace(/\.ts$/, '');
    if (kinds.length > 0 || entry.isDirectory())
      found.set(
        name,
        kinds.map(({ kind }) => kind),
      );
  }
  return found;
}

function filesIn(path: string): readonly string[] {
  const at = new URL(path, here);
  return existsSync(at) ? readdirSync(at) : [];
}

describe('the folder', () => {
  it('and the list of sources name the same kinds, each by its own name', async () => {
    const found = await foundIn();
    expect([...found].filter(([name, kinds]) => kinds.join() !== name)).toEqual([]);
    expect([...found.keys()].toSorted()).toEqual(sources.map(({ kind }) => kind).toSorted());
  });

  it.each(sources.map(({ kind }) => kind))(
    '%s has a test, answers written by hand, and a place in the world',
    (kind) => {
      expect(filesIn(`${kind}/`).filter((name) => name.endsWith('.test.ts'))).not.toEqual([]);
      expect([...filesIn(`fixtures/${kind}/`), ...filesIn(`../support/sources/${kind}/`)]).not.toEqual([]);
      expect(ways[kind] ?? []).not.toEqual([]);
    },
  );
});

const cases = sources.flatMap((kind) => (ways[kind.kind] ?? []).map((way) => ({ kind, way, name: kind.kind })));

function freshOf(results: ReadonlyMap<string, PollResult>): ReadonlyMap<string, Fresh> {
  return new Map(
    [...results].map(([id, result]) => {
      if (result.kind !== 'fresh') throw new Error(`${id}: ${JSON.stringify(result)}`);
      return [id, result];
    }),
  );
}

const prints = (result: Fresh): readonly string[] =>
  result.observations.map(({ key, fingerprint }) => `${key} = ${fingerprint}`).toSorted();

describe.each(cases)('$name $way.name', ({ kind, way }) => {
  let played: Played;
  let first: ReadonlyMap<string, Fresh>;
  beforeAll(async () => {
    played = await playSource(kind, way);
    first = freshOf(await played.look());
  });
  afterAll(() => played.close());
  const ids = (): readonly string[] => played.targets.map(({ id }) => id);

  it('reads every target, each observation with a key of its own and of that target', () => {
    expect([...first.keys()].toSorted()).toEqual(ids().toSorted());
    for (const [id, { observations }] of first) {
      expect(new Set(observations.map(({ key }) => key)).size).toBe(observations.length);
      expect(observations.filter(({ targetId }) => targetId !== id)).toEqual([]);
    }
    expect([...first.values()].some(({ observations }) => observations.length > 1)).toBe(true);
  });

  it('sees nothing in a second look, and the same keys and fingerprints in another first one', async () => {
    const again = freshOf(await played.look());
    for (const [id, result] of first) expect(prints(again.get(id) ?? result)).toEqual(prints(result));
    for (const [id, result] of await played.look(first)) expect([id, newsIn(first.get(id), result)]).toEqual([id, []]);
  });

  it('takes no notice of what moves without being news', async () => {
    played.stir();
    const stirred = freshOf(await played.look());
    for (const [id, result] of await played.look(first)) expect([id, newsIn(first.get(id), result)]).toEqual([id, []]);
    for (const [id, result] of first) expect(prints(stirred.get(id) ?? result)).toEqual(prints(result));
  });

  it('reads a recorded answer as it read the first', async () => {
    const source = played.open();
    for (const look of played.looks()) {
      const looked = first.get(look.target.id);
      if (looked?.answer == null) continue;
      const answer = JSON.parse(JSON.stringify(looked.answer));
      const read = await source.read(look, answer, played.world.now());
      expect(read).toMatchObject({ kind: 'fresh', there: looked.there, window: looked.window });
      expect(read.kind === 'fresh' && prints(read)).toEqual(prints(looked));
    }
  });

  it.each([429, 500, 502, 503, 504])('puts off what is answered by %i, as long as it is asked to', async (status) => {
    for (const headers of [{}, { 'retry-after': '7' }] as const) {
      played.fail({ kind: 'answer', status, headers, body: 'Not now' });
      for (const before of [null, first]) {
        const results = await played.look(before);
        expect([...results.keys()].toSorted()).toEqual(ids().toSorted());
        for (const result of results.values()) {
          expect(result).toMatchObject({ kind: 'later', reason: saying(/\S/) });
          const afterMs = (result.kind === 'later' ? result.afterMs : null) ?? 0;
          if ('retry-after' in headers) expect(afterMs >= 7_000 && afterMs <= 8_000, JSON.stringify(result)).toBe(true);
        }
      }
      played.mend();
    }
  });

  it('takes "not modified" to a look that compared with nothing for a failure', async () => {
    played.fail({ kind: 'answer', status: 304, body: '' });
    for (const result of (await played.look()).values()) expect(result.kind).toMatch(/^(?:later|broken)$/);
    played.mend();
  });

  it('puts off what the network swallowed', async () => {
    played.fail({ kind: 'reset' });
    for (const before of [null, first]) {
      const results = await played.look(before);
      expect([...results.values()].map((result) => result.kind)).toEqual(ids().map(() => 'later'));
    }
    played.mend();
  });

  it.each<[string, string]>([
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['nothing', ''],
    ['half of something', '{"data": {"x'],
  ])('takes %s for no answer, and throws nothing', async (_, body) => {
    played.fail({ kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body });
    for (const before of [null, first]) {
      const results = await played.look(before);
      const failed = [...results.values()].filter(({ kind: how }) => how === 'later' || how === 'broken');
      expect(failed.length).toBe(ids().length);
    }
    played.mend();
  });

  it('has a result for every look when it is stopped, and none when nothing is asked', async () => {
    const stopped = await played.look(null, AbortSignal.abort());
    expect(ids().map((id) => stopped.get(id)?.kind)).toEqual(ids().map(() => 'later'));
    const idle = await played.open().poll([], { now: played.world.now, signal: new AbortController().signal });
    expect([...idle.results]).toEqual([]);
  });

  it('begins anew where what it remembered cannot be read', async () => {
    const strange = new Map(ids().map((id): [string, PollResult] => [id, { kind: 'same', cursor: [1], restMs: null }]));
    const results = freshOf(await played.look(strange));
    for (const [id, result] of first) expect(prints(results.get(id) ?? result)).toEqual(prints(result));
  });

  it('asks only what the world knows, and says no secret', async () => {
    expect(played.world.unexpected()).toEqual([]);
    const said = JSON.stringify([...first.values()]);
    expect(Object.values(played.world.tokens).filter((token) => said.includes(token))).toEqual([]);
  });
});

/** What the pipeline would make of a look after the first. */
function newsIn(before: Fresh | undefined, result: PollResult): readonly string[] {
  if (result.kind === 'same') return [];
  if (result.kind !== 'fresh' || before === undefined) return [`${result.kind}: ${JSON.stringify(result)}`];
  const known = new Map(before.observations.map((one) => [one.key, { observation: one, goneAt: null }]));
  return diff(known, '2026-01-01T00:00:00.000Z', result)
    .filter(({ quiet }) => quiet === null)
    .map(({ type, observation }) => `${type} ${observation.key}`);
}
