// Asking the sources, batch after batch.
import { expect, test } from 'vitest';
import { pollAll } from '../../src/pipeline/poll.ts';
import type { Source } from '../../src/sources/define.ts';
import { newTargetRow } from '../../src/store/targets.ts';
import type { PollResult } from '../../src/types/core.ts';

const now = '2026-01-01T00:00:00.000Z';

test('a pool that was told to rest is not asked again in the same pass; another one is', async () => {
  const asked: string[] = [];
  const refused: PollResult = {
    kind: 'later',
    reason: { code: 'huggingface.answered', params: { host: 'hub', status: 429 } },
    afterMs: 90_000,
  };
  const source: Source = {
    kind: 'hub',
    batch: 1,
    pool: () => 'hub',
    read: () => refused,
    poll: async (looks) => {
      asked.push(...looks.map(({ target }) => target.id));
      const spent = looks.map(({ target }) => ({
        pool: target.address,
        cost: 1,
        tookMs: 1,
        pauseMs: target.id === 'a' ? 90_000 : 0,
      }));
      return { results: new Map(looks.map(({ target }) => [target.id, refused])), spent };
    },
  };
  const row = (id: string, pool: string) => ({
    row: newTargetRow({ id, source: 'hub', address: pool, shape: null }, pool, now),
    isNew: false,
  });
  const context = { now: () => Date.parse(now), signal: new AbortController().signal };
  const asking = { sources: new Map([['hub', source]]), context, at: now, onError: () => undefined };
  const { looked } = await pollAll([row('a', 'one'), row('b', 'one'), row('c', 'two')], asking);
  expect(asked).toEqual(['a', 'c']);
  expect(looked.map(({ row: { target }, result }) => [target.id, result.kind])).toEqual([
    ['a', 'later'],
    ['b', 'later'],
    ['c', 'later'],
  ]);
  expect(looked[1]?.result).toMatchObject({ afterMs: 90_000 });
});
