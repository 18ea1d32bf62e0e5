// What is known of something that lost its address makes room for the newcomer there, on every database.
import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { itemsOf, privateTargets, saveItem, setItemsAside } from '../../src/store/items.ts';
import { saveVerdict, setVerdictsAside, verdictsOn } from '../../src/store/verdicts.ts';
import { seen } from '../support/pipeline.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const now = '2026-03-02T10:00:00.000Z';
const targetId = 'github:acme/tiny';

function item(key: string, over: Partial<Parameters<typeof seen>[1]> = {}) {
  const observation = seen(key, { targetId, ...over });
  return saveItem({ observation, storyKey: 'old', nameKey: null, firstSeen: now, goneAt: null, baseline: true });
}

const byKey = ([one]: readonly unknown[], [other]: readonly unknown[]): number =>
  String(one) < String(other) ? -1 : 1;

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, (opened) => {
    db = opened;
  });

  test('items and verdicts go on under other keys, as gone, and hide nothing of what comes', async () => {
    const reason = { code: 'verdict.told' as const, params: {} };
    const verdict = { at: now, watchId: 'w', targetId, change: 'new', told: true, reason, storyId: null };
    await db.batch([
      item('repo'),
      item('tag:v1'),
      item('state', { kind: 'state', facts: { visibility: 'private' } }),
      saveVerdict({ ...verdict, key: 'tag:v1' }),
    ]);
    expect([...(await privateTargets(db, [targetId]))]).toEqual([targetId]);
    await db.batch([setItemsAside(targetId, '~7', now), setVerdictsAside(targetId, '~7'), item('repo')]);
    const stored = await itemsOf(db, targetId);
    expect([...stored].map(([key, { goneAt, observation }]) => [key, observation.key, goneAt]).toSorted(byKey)).toEqual(
      [
        ['repo', 'repo', null],
        ['repo~7', 'repo~7', now],
        ['state~7', 'state~7', now],
        ['tag:v1~7', 'tag:v1~7', now],
      ],
    );
    expect([
      (await verdictsOn(db, targetId, 'tag:v1')).length,
      (await verdictsOn(db, targetId, 'tag:v1~7')).length,
    ]).toEqual([0, 1]);
    expect([...(await privateTargets(db, [targetId]))]).toEqual([]);
  });
});
