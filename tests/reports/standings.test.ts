// How a watch stands for whoever looks at the board: what is not there is neither well nor failing.
import { expect, test } from 'vitest';
import { standings } from '../../src/reports/standings.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { insertTarget, newTargetRow } from '../../src/store/targets.ts';
import { saveWatch } from '../../src/store/watches.ts';
import type { Watch } from '../../src/types/core.ts';

const now = '2026-01-01T00:00:00.000Z';

const watch = (targetId: string): Watch => ({
  id: `file:${targetId}`,
  targetId,
  origin: { by: 'file' },
  filters: { on: null, prereleases: false, include: null, exclude: null, match: null },
  to: [],
  weight: 1,
  floorMs: null,
  firstRun: 'quiet',
  paused: false,
  since: now,
});

test('a thing that was looked for and is not there is absent; a feed without entries is well', async () => {
  const db = await openSqlite(':memory:');
  await migrate(db, migrations);
  const all = [
    ['huggingface', 'xai-orgg'],
    ['feed', 'https://a.example/feed'],
  ] as const;
  for (const [source, address] of all) {
    const id = `${source}:${address}`;
    const row = newTargetRow({ id, source, address, shape: null }, source, now, now);
    await db.batch([insertTarget(row), saveWatch(watch(id), now)]);
    await db.batch([{ sql: `UPDATE targets SET result = 'fresh', last_at = $1 WHERE id = $2`, params: [now, id] }]);
  }
  const deps = {
    db,
    config: { channels: [] },
    awaits: (source: string) => source === 'huggingface',
    paces: () => Promise.resolve(new Map()),
    pools: () => Promise.resolve([]),
  };
  const { watches } = await standings(deps, '');
  expect(watches.map(({ target, state }) => [target, state])).toEqual([
    ['huggingface:xai-orgg', 'absent'],
    ['feed:https://a.example/feed', 'well'],
  ]);
  await db.close();
});
