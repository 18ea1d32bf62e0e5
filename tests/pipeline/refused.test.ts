// What a filter refuses of a feed, page or sitemap moves no story: it is stored, explained by `why`, and that is all.
import { describe, expect, test } from 'vitest';
import { createReader } from '../../src/app/names.ts';
import { why } from '../../src/reports/why.ts';
import type { Filters } from '../../src/types/core.ts';
import { account, adds, article, b, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';
import { fresh } from '../support/pipeline.ts';
import { dayMs, type Staged, watchOn } from '../support/worker.ts';

const other = 'feed:https://other.test/ai.xml';
const promise = 'xAI will open-source Grok 9 next week, Musk says';

/** The file's watch on a target has these filters from now on. */
async function filters(scene: Staged, target: string, over: Partial<Filters>): Promise<void> {
  const spec = JSON.stringify({ ...watchOn(target), filters: { ...watchOn(target).filters, ...over } });
  await scene.worker.db.batch([
    { sql: 'UPDATE watches SET spec = $2 WHERE id = $1', params: [`file:${target}`, spec] },
  ]);
}

const refusals: readonly (readonly [string, Partial<Filters>, string])[] = [
  ['match', { match: { any: ['weather'], none: [] } }, 'match.any'],
  ['match.none', { match: { any: [], none: ['musk'] } }, 'match.none'],
  ['include', { include: 'weather' }, 'include'],
  ['exclude', { exclude: 'xAI' }, 'exclude'],
  ['maxAge', { maxAgeMs: dayMs }, 'older than 24 h'],
];

describe.each(refusals)('%s', (_, over, word) => {
  test('neither stage, promise nor link of a story that is there, and `why` says so', async () => {
    const scene = await staged(press, other);
    await shows(scene, press, article(scene, 'Rumour: xAI to release Grok 9 weights, leak suggests'));
    const before = await storyOf(scene, 'file');
    expect(before).toMatchObject({ stage: 'reported' });
    heard(scene, 'releases');
    await filters(scene, other, over);
    scene.clock.now += 2 * dayMs;
    const entry = { ...article(scene, promise), publishedAt: '2026-01-01T00:00:00.000Z' };
    await scene.look(other);
    await shows(scene, other, entry);
    expect(heard(scene, 'releases')).toEqual([]);
    expect(await storyOf(scene, 'file')).toEqual(before);
    const deps = { db: scene.worker.db, read: createReader().read, linkOf: () => null, now: entry.publishedAt };
    const [answer] = await why(deps, entry.title);
    expect(answer?.stages.find(({ stage }) => stage === 'verdict')?.text).toContain(word);
    expect(answer?.stages.find(({ stage }) => stage === 'story')?.text).toContain('no story');
    // Nor does it come back as the past of a story that opens later, or with an edit of its own.
    await shows(scene, other, { ...entry, text: `${promise}!` });
    expect(await storyOf(scene, 'file')).toEqual(before);
  });
});

test('what is refused is no past of the story that artefacts open', async () => {
  const scene = await staged(account, press);
  await filters(scene, press, { match: { any: ['weather'], none: [] } });
  await shows(scene, press, article(scene, promise));
  await shows(scene, account, model('xai-org/grok-9'));
  expect(await storyOf(scene, 'file')).toMatchObject({ pledge: null, evidence: [{ kind: 'weights' }] });
});

test('what the file refuses and a guild wants moves the guild’s story alone', async () => {
  const scene = await staged(account, press);
  await filters(scene, press, { match: { any: ['weather'], none: [] } });
  await adds(scene, b, press);
  await shows(scene, press, article(scene, promise));
  await shows(scene, account, model('xai-org/grok-9'));
  expect(await storyOf(scene, 'file')).toMatchObject({ pledge: null, evidence: [{ kind: 'weights' }] });
  expect(await storyOf(scene, { guild: '2' })).toMatchObject({ pledge: { state: 'kept' } });
});

test('`only: models` tells releases, promises and rumours of models, and nothing else', async () => {
  const scene = await staged(press);
  await filters(scene, press, { only: 'models' });
  const titles = [promise, 'xAI opens an office in Memphis', 'How we test our billing system'];
  await shows(scene, press, ...titles.map((title) => article(scene, title)));
  expect(heard(scene, 'releases')).toEqual(['card']);
});

test('an entry that appears after a long stop is told: its age counts from the last good look', async () => {
  const scene = await staged(press);
  await filters(scene, press, { maxAgeMs: 30 * dayMs });
  scene.clock.now += 200 * dayMs;
  const entry = article(scene, promise);
  await shows(scene, press, { ...entry, publishedAt: '2026-02-20T00:00:00.000Z' });
  expect(heard(scene, 'releases')).toEqual(['card']);
  scene.answers.set(press, fresh([]));
});
