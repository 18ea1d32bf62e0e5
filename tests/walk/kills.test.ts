// A worker that is killed between any two steps of the walk, and started again: nothing is lost, nothing told twice, order kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import {
  type Answers,
  absent,
  entry,
  licence,
  openAnswers,
  release,
  releases,
  repo,
  sees,
} from '../support/walk/answers.ts';
import { type Box, openBox } from '../support/walk/box.ts';
import type { Plan } from '../support/walk/config.ts';
import { type Ground, grounds } from '../support/walk/databases.ts';
import { type Life, openLife } from '../support/walk/life.ts';
import { run } from '../support/walk/pipeline.ts';

const plan: Plan = [{ of: 'model' }, { of: 'news' }, { of: 'later' }];
const minuteMs = 60_000;

interface Told {
  readonly exact: Box;
  readonly plain: Box;
  /** Steps that the last two parts of the walk took when nobody died. */
  readonly steps: number;
}

const february = (day: number) => ({ publishedAt: `2026-02-0${day}T00:00:00.000Z` });

/** What stands on the answers at first, when much has happened, and when what was told has changed. */
const before = (answers: Answers): void => {
  answers.put('model', sees([repo('model'), release('model', 'v1'), licence('model', 'mit')]));
  answers.put('news', sees([entry('news', 'old')]));
  answers.put('later', absent);
};
const muchHappened = (answers: Answers): void => {
  const many = Array.from({ length: 25 }, (_, n) => entry('news', `article ${n}`));
  answers.put(
    'model',
    sees([
      repo('model'),
      release('model', 'v3', february(2)),
      release('model', 'v2', february(1)),
      release('model', 'v1'),
      licence('model', 'apache-2.0'),
    ]),
  );
  answers.put('news', sees([...many, entry('news', 'old')]));
  answers.put('later', sees([repo('later'), ...releases('later', 'a2', 'a1'), licence('later', 'mit')]));
};
const toldChanged = (answers: Answers): void => {
  answers.put('later', sees([repo('later'), ...releases('later', 'a3', 'a2', 'a1'), licence('later', 'none')]));
};

/** The whole walk. The worker dies before step `deadly` of its run after the baseline, and is then started until nothing is owed. */
async function walk(ground: Ground, deadly: number): Promise<Told> {
  await ground.clear();
  const answers = openAnswers();
  const [exact, plain] = [openBox(true), openBox(false)];
  let nowMs = Date.parse('2026-03-01T00:00:00Z');
  let life: Life = openLife(deadly);
  const start = async (db: Db, living: boolean): Promise<void> => {
    const setting = { db, answers, boxes: { exact, plain }, plan, now: () => nowMs, ...(living ? { life } : {}) };
    try {
      await run(setting);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'killed') throw error;
    }
  };
  /** One run, and when it was killed another one, in which a lease of the dead one has run out. */
  const part = async (living: boolean): Promise<void> => {
    for (let again = true; again; ) {
      const db = await ground.open();
      await db.batch([{ sql: `UPDATE leases SET until = ''`, params: [] }]);
      await start(db, living);
      await db.close();
      again = living && life.over() && deadly !== Number.POSITIVE_INFINITY;
      if (again) life = openLife(Number.POSITIVE_INFINITY);
      nowMs += 2 * minuteMs;
    }
  };
  before(answers);
  await part(false);
  muchHappened(answers);
  await part(true);
  toldChanged(answers);
  await part(true);
  return { exact, plain, steps: life.steps() };
}

const textsOf = (box: Box): readonly string[] =>
  box.letters().map(({ text, replyTo }) => (replyTo === null ? text : `to ${replyTo}: ${text}`));

describe.each(grounds)('a worker on $name', ({ name, make }) => {
  let ground: Ground;
  let whole: Told;
  beforeAll(async () => {
    ground = await make();
    whole = await walk(ground, Number.POSITIVE_INFINITY);
  });
  afterAll(() => ground.drop());

  it('tells everything once when it lives to the end', () => {
    expect(whole.plain.arrivals()).toEqual(whole.exact.arrivals());
    expect(textsOf(whole.exact)).toEqual([
      'news: article 0, article 1, article 2, article 3, article 4, article 5, article 6, article 7, article 8, article 9',
      'news: article 10, article 11, article 12, article 13, article 14, article 15, article 16, article 17, article 18, article 19',
      'news: article 20, article 21, article 22, article 23, article 24',
      'model v2',
      'model v3',
      'model (apache-2.0)',
      'later a2 a1 (none)',
      'to 7: later: licence changed mit → none',
      'later a3',
    ]);
  });

  it('tells the same when it is killed at any step', async () => {
    // The steps are the same on both; the slower one is tried at some of them.
    for (let deadly = 0; deadly < whole.steps; deadly += name === 'SQLite' ? 1 : 8) {
      const told = await walk(ground, deadly);
      expect([deadly, textsOf(told.exact)]).toEqual([deadly, textsOf(whole.exact)]);
      // An edit may be made twice: it says the same.
      expect([deadly, [...new Set(told.exact.arrivals())]]).toEqual([deadly, whole.exact.arrivals()]);
      expect([deadly, [...new Set(told.plain.arrivals())]]).toEqual([deadly, whole.exact.arrivals()]);
    }
    expect(whole.steps).toBeGreaterThan(50);
  });
});
