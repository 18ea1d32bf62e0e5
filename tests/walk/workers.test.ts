// Several workers on one database: what they see together is told once, what they send together keeps its order.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { openAnswers, release, sees } from '../support/walk/answers.ts';
import { openBox } from '../support/walk/box.ts';
import { type Ground, grounds } from '../support/walk/databases.ts';
import { openLife } from '../support/walk/life.ts';
import { openPipeline, run, type Setting } from '../support/walk/pipeline.ts';

let nowMs = Date.parse('2026-03-01T00:00:00Z');
const now = (): number => nowMs;

/** The database, but before the first batch something else happens. */
function interrupted(db: Db, meanwhile: () => Promise<unknown>): Db {
  let waiting = true;
  return {
    ...db,
    batch: async (statements) => {
      if (waiting && statements.length > 0) {
        waiting = false;
        await meanwhile();
      }
      return db.batch(statements);
    },
  };
}

describe.each(grounds)('on $name', ({ name, make }) => {
  let ground: Ground;
  let one: Db;
  let other: Db;
  beforeAll(async () => {
    ground = await make();
    one = await ground.open();
    // A second worker has its own connections; SQLite is one worker's alone.
    other = name === 'SQLite' ? one : await ground.open();
  });
  afterAll(async () => {
    await one.close();
    if (other !== one) await other.close();
    await ground.drop();
  });
  beforeEach(() => ground.clear());

  it('folds again what somebody else has written meanwhile: one message of what both have seen', async () => {
    const answers = openAnswers();
    const box = openBox(true);
    const setting: Setting = { db: one, answers, boxes: { releases: box }, plan: [{ of: 'a' }, { of: 'b' }], now };
    answers.put('a', sees([]));
    answers.put('b', sees([]));
    await run(setting);
    const about = { about: 'answers:model@v1', title: 'v1' };
    answers.put('a', sees([release('a', 'v1', about)]));
    answers.put('b', sees([release('b', 'v1', about)]));
    const second = openPipeline({ ...setting, db: other });
    const first = openPipeline({ ...setting, db: interrupted(one, () => second.look('b')) });
    const report = await first.look('a');
    expect(report.changed.size).toBe(1);
    await first.deliver();
    expect(box.arrivals()).toEqual(['model v1']);
    expect(await one.all('SELECT target_id FROM items ORDER BY target_id')).toEqual([
      { target_id: 'answers:a' },
      { target_id: 'answers:b' },
    ]);
    expect(await one.all('SELECT revision FROM stories')).toEqual([{ revision: 2 }]);
  });

  it('writes nothing of a look that somebody else has made meanwhile, and tells it once', async () => {
    const answers = openAnswers();
    const box = openBox(false);
    const setting: Setting = { db: one, answers, boxes: { releases: box }, plan: [{ of: 'a' }], now };
    answers.put('a', sees([]));
    await run(setting);
    answers.put('a', sees([release('a', 'v1')]));
    const second = openPipeline({ ...setting, db: other });
    const first = openPipeline({ ...setting, db: interrupted(one, () => second.look('a')) });
    await first.look('a');
    expect(await one.all('SELECT version FROM targets')).toEqual([{ version: 2 }]);
    await Promise.all([first.deliver(), second.deliver()]);
    expect(box.arrivals()).toEqual(['a v1']);
  });

  it('shares the channels and keeps the order of each', async () => {
    const names = ['x', 'y', 'z'];
    const boxes = Object.fromEntries(names.map((box) => [box, openBox(false)]));
    const answers = openAnswers();
    const setting: Setting = { db: one, answers, boxes, plan: [{ of: 'a' }], now };
    answers.put('a', sees([]));
    await run(setting);
    const expected: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const tags = Array.from({ length: 5 }, (_, n) => `v${round}.${n}`);
      answers.put(
        'a',
        sees(tags.map((tag) => release('a', tag, { publishedAt: `2026-03-0${round + 1}T0${tag.at(-1)}:00:00.000Z` }))),
      );
      await openPipeline(setting).look();
      nowMs += 1000;
      expected.push(...tags.map((tag) => `a ${tag}`));
    }
    const workers = [
      openPipeline(setting),
      openPipeline({ ...setting, db: other }),
      openPipeline({ ...setting, db: other }),
    ];
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(workers.map((worker) => worker.deliver()));
      nowMs += 10_000;
    }
    for (const box of names) expect([box, boxes[box]?.arrivals()]).toEqual([box, expected]);
    expect(workers.flatMap((worker) => worker.errors)).toEqual([]);
  });

  it('tells what was published at one moment from the bottom of its listing, whoever sends it', async () => {
    const box = openBox(false);
    const answers = openAnswers();
    const setting: Setting = { db: one, answers, boxes: { x: box }, plan: [{ of: 'a' }], now };
    answers.put('a', sees([]));
    await run(setting);
    // Their ids are hashes, which are in no order that anybody means.
    const tags = Array.from({ length: 12 }, (_, n) => `v1.${n}`);
    answers.put('a', sees(tags.map((tag) => release('a', tag, { publishedAt: '2026-03-01T09:00:00.000Z' }))));
    await openPipeline(setting).look();
    const workers = [openPipeline(setting), openPipeline({ ...setting, db: other })];
    for (let round = 0; round < 15; round += 1) {
      await Promise.all(workers.map((worker) => worker.deliver()));
      nowMs += 10_000;
    }
    expect(box.arrivals()).toEqual(tags.toReversed().map((tag) => `a ${tag}`));
  });

  it('waits for the lease of a worker that died, then repeats what it had pinned before anything newer', async () => {
    const answers = openAnswers();
    const box = openBox(true);
    const setting: Setting = { db: one, answers, boxes: { releases: box }, plan: [{ of: 'a' }], now };
    answers.put('a', sees([]));
    await run(setting);
    answers.put('a', sees([release('a', 'v1')]));
    const pipeline = openPipeline(setting);
    await pipeline.look();
    // Claims the lease, pins, proves the lease, sends, and dies before it settles.
    const dying = openPipeline({ ...setting, life: openLife(4) });
    await dying.deliver();
    expect([dying.errors, box.arrivals()]).toEqual([['delivering to releases: killed'], ['a v1']]);
    answers.put('a', sees([release('a', 'v2', { publishedAt: '2020-01-01T00:00:00.000Z' }), release('a', 'v1')]));
    await pipeline.look();
    expect(await pipeline.deliver()).toBe(nowMs + 2_000);
    expect(box.arrivals()).toEqual(['a v1']);
    nowMs += 11_000;
    await one.batch([{ sql: 'UPDATE leases SET until = $1', params: [''] }]);
    expect(await pipeline.deliver()).toBeNull();
    expect(box.arrivals()).toEqual(['a v1', 'a v2']);
    expect(box.attempts().map(({ doubtSince }) => doubtSince === null)).toEqual([true, false, true]);
  });
});
