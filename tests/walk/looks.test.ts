// What is told of two looks, over the whole pipeline and both databases: baselines, everything between, and nothing else.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { saying } from '../support/reasons.ts';
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
import { later, openPipeline, run, type Setting } from '../support/walk/pipeline.ts';

const dayMs = 86_400_000;

describe.each(grounds)('on $name', ({ make }) => {
  let ground: Ground;
  let db: Db;
  let answers: Answers;
  let box: Box;
  let nowMs: number;
  beforeAll(async () => {
    ground = await make();
    db = await ground.open();
  });
  afterAll(async () => {
    await db.close();
    await ground.drop();
  });
  beforeEach(async () => {
    await ground.clear();
    answers = openAnswers();
    box = openBox(true);
    nowMs = Date.parse('2026-03-01T00:00:00Z');
  });

  const setting = (plan: Plan = [{ of: 'model' }]): Setting => ({
    db,
    answers,
    boxes: { releases: box },
    plan,
    now: () => nowMs,
  });
  const day = async (plan?: Plan): Promise<readonly string[]> => {
    const told = box.letters().length;
    await run(setting(plan));
    nowMs += dayMs;
    return box
      .letters()
      .slice(told)
      .map(({ text }) => text);
  };

  it('tells nothing at a first look, and then the first release of an empty repository', async () => {
    answers.put('model', sees([repo('model')]));
    expect(await day()).toEqual([]);
    answers.put('model', sees([repo('model'), release('model', 'v1')]));
    expect(await day()).toEqual(['model v1']);
    expect(await day()).toEqual([]);
  });

  it('tells what was absent and appears with a history in one message that lists it', async () => {
    answers.put('model', absent);
    expect(await day()).toEqual([]);
    answers.put('model', sees([repo('model'), ...releases('model', 'v3', 'v2', 'v1'), licence('model', 'mit')]));
    const [first, ...more] = await day();
    expect(first?.split(' ').toSorted()).toEqual(['(mit)', 'model', 'v1', 'v2', 'v3']);
    expect(more).toEqual([]);
  });

  it('tells every item between two looks, and names each of more than twenty in one group', async () => {
    answers.put('model', sees(releases('model', 'v0')));
    await day();
    const twenty = Array.from({ length: 20 }, (_, n) => `v${20 - n}`);
    answers.put('model', sees(releases('model', ...twenty, 'v0')));
    expect((await day()).toSorted()).toEqual(twenty.map((tag) => `model ${tag}`).toSorted());
    const many = Array.from({ length: 21 }, (_, n) => `w${21 - n}`);
    answers.put('model', sees(releases('model', ...many, ...twenty, 'v0')));
    const told = await day();
    expect(told.map((text) => text.slice(0, 7))).toEqual(['model: ', 'model: ', 'model: ']);
    const named = told.flatMap((text) => text.slice(7).split(', '));
    expect(named.toSorted()).toEqual(many.map((tag) => `model ${tag}`).toSorted());
  });

  it('does not tell what was re-dated or reordered', async () => {
    const dated = (key: string, at: string) => entry('model', key, { publishedAt: at });
    answers.put('model', sees([dated('b', '2026-02-02T00:00:00Z'), dated('a', '2026-02-01T00:00:00Z')]));
    await day();
    answers.put('model', sees([dated('a', '2026-03-02T00:00:00Z'), dated('b', '2026-03-01T12:00:00Z')]));
    expect(await day()).toEqual([]);
  });

  it('reads nothing out of a failed look', async () => {
    answers.put('model', sees(releases('model', 'v1'), { window: 'all' }));
    await day();
    for (const failed of [later, { kind: 'broken', reason: { code: 'feed.neither', params: {} } } as const]) {
      answers.put('model', failed);
      expect(await day()).toEqual([]);
    }
    answers.put('model', sees(releases('model', 'v2', 'v1'), { window: 'all' }));
    expect(await day()).toEqual(['model v2']);
  });

  it('a first look that failed was none', async () => {
    answers.put('model', later);
    await day();
    answers.put('model', sees(releases('model', 'v1')));
    expect(await day()).toEqual([]);
    answers.put('model', sees(releases('model', 'v2', 'v1')));
    expect(await day()).toEqual(['model v2']);
  });

  it('begins quietly with a second watch on a known target', async () => {
    const second: Plan = [
      { of: 'model', to: [] },
      { of: 'model', id: 'second', to: ['releases'] },
    ];
    answers.put('model', sees(releases('model', 'v1')));
    expect(await day([{ of: 'model', to: [] }])).toEqual([]);
    answers.put('model', sees(releases('model', 'v2', 'v1')));
    expect(await day(second)).toEqual([]);
    answers.put('model', sees(releases('model', 'v3', 'v2', 'v1')));
    expect(await day(second)).toEqual(['model v3']);
  });

  it('begins anew with a watch that was out for a run', async () => {
    answers.put('model', sees(releases('model', 'v1')));
    answers.put('other', sees([]));
    await day();
    await day([{ of: 'other' }]);
    answers.put('model', sees(releases('model', 'v2', 'v1')));
    expect(await day()).toEqual([]);
    answers.put('model', sees(releases('model', 'v3', 'v2', 'v1')));
    expect(await day()).toEqual(['model v3']);
  });

  it('tells the newest of a first look when that is wished', async () => {
    answers.put('model', sees(releases('model', 'v2', 'v1')));
    expect(await day([{ of: 'model', firstRun: 'latest' }])).toEqual(['model v2']);
    expect(await day([{ of: 'model', firstRun: 'latest' }])).toEqual([]);
  });

  it('tells a release once per channel, by whatever watches it is reached', async () => {
    const other = openBox(true);
    const plan: Plan = [{ of: 'model' }, { of: 'model', id: 'second', to: ['releases'] }];
    const both = { ...setting(plan), boxes: { releases: box, other } };
    answers.put('model', sees(releases('model', 'v1')));
    await run(both);
    answers.put('model', sees(releases('model', 'v2', 'v1')));
    await run(both);
    expect([box.arrivals(), other.arrivals()]).toEqual([['model v2'], ['model v2']]);
  });

  it('tells the licence of a story from the baseline by a message of its own, and one that was told by an edit and a reply', async () => {
    answers.put('model', sees([repo('model'), licence('model', 'mit')]));
    await day();
    answers.put('model', sees([repo('model'), licence('model', 'gpl-3.0')]));
    expect(await day()).toEqual(['model (gpl-3.0)']);
    answers.put('model', sees([repo('model'), licence('model', 'none')]));
    await day();
    expect(box.letters()).toMatchObject([
      { id: '1', text: 'model (none)', replyTo: null },
      { id: '2', text: 'model: licence changed gpl-3.0 → none', replyTo: '1' },
    ]);
  });

  it('tells a release that vanishes, and only where its absence is proved', async () => {
    answers.put('model', sees(releases('model', 'v2', 'v1')));
    await day();
    answers.put('model', sees(releases('model', 'v1')));
    expect(await day()).toEqual([]);
    answers.put('model', sees(releases('model', 'v1'), { gone: ['release:v2'] }));
    expect(await day()).toEqual(['model v2']);
    expect(await day()).toEqual([]);
  });

  it('floods nobody when a filter is lifted', async () => {
    const only: Plan = [{ of: 'model', filters: { include: '^x' } }];
    answers.put('model', sees(releases('model', 'v1')));
    await day(only);
    answers.put('model', sees(releases('model', 'v2', 'v1')));
    expect(await day(only)).toEqual([]);
    expect(await day()).toEqual([]);
    answers.put('model', sees(releases('model', 'v3', 'v2', 'v1')));
    expect(await day()).toEqual(['model v3']);
  });

  it('keeps all of ten thousand items, and tells the one that comes after them', async () => {
    const entries = Array.from({ length: 10_000 }, (_, n) => entry('model', `p${n}`));
    answers.put('model', sees(entries));
    await day();
    answers.put('model', sees([entry('model', 'new'), ...entries.toReversed()]));
    expect(await day()).toEqual(['new']);
  });

  it('goes on when a source throws', async () => {
    const pipeline = openPipeline({
      ...setting(),
      answers: {
        ...answers,
        answer: () => {
          throw new Error('a bug');
        },
      },
    });
    await pipeline.register();
    const { looked } = await pipeline.look();
    expect(looked.map(({ result }) => result)).toEqual([
      { kind: 'later', reason: saying('internal error: a bug'), afterMs: null },
    ]);
    expect(pipeline.errors).toEqual(['looking at answers:model: a bug']);
  });
});
