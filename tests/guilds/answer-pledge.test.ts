// After a guild has answered a promise: the same words again change nothing there, the file's entry counts there too,
// and a channel hears of the model through one story.
import { describe, expect, test } from 'vitest';
import type { PledgeConfig } from '../../src/config/shape.ts';
import { answerPromise, promisesHere } from '../../src/guilds/pledges.ts';
import { storiesByKey } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { turnStories } from '../../src/worker/due-stories.ts';
import { registerPledges } from '../../src/worker/file-pledges.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { channelConfig, configOf, dayMs, type Staged, stage } from '../support/worker.ts';

const press = 'feed:https://press.test/ai.xml';
const key = 'model:xai/grok/9';
const place = { guild: '10', channel: '20' };
const elsewhere = { guild: '77', channel: '78' };
const config = configOf({ channels: [channelConfig('releases'), channelConfig('people')] });

/** The press has promised Grok 9 for 9–15 March, and both channels of the file have it. */
async function promised(pledges: readonly PledgeConfig[] = []): Promise<Staged> {
  const staged = await stage({ config: { ...config, pledges }, targets: [press] });
  await staged.worker.db.batch([
    { sql: `UPDATE watches SET spec = REPLACE(spec, '["releases"]', '["releases","people"]')`, params: [] },
  ]);
  await staged.look(press);
  await says(staged, 'xAI will open-source Grok 9 next week, Musk says');
  return staged;
}

async function says(staged: Staged, ...titles: readonly string[]): Promise<void> {
  staged.clock.now += 1_000;
  const publishedAt = new Date(staged.clock.now).toISOString();
  const entries = titles.map((title) => {
    const url = `https://press.test/${encodeURIComponent(title)}`;
    return seen(url, { targetId: press, kind: 'entry', about: `news:${url}`, title, url, lang: 'en', publishedAt });
  });
  staged.answers.set(press, fresh(entries));
  await staged.look(press);
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
}

/** The forms that a channel got since it was last asked. */
function heard(staged: Staged): Readonly<Record<string, readonly string[]>> {
  const said = staged.said.splice(0);
  const of = (name: string) => said.filter(({ channel }) => channel === name).map(({ draft }) => draft.form);
  return { releases: of('releases'), people: of('people') };
}

async function answer(staged: Staged, words: 'confirmed' | 'dismissed'): Promise<void> {
  const scene = { ...staged.worker, fileChannel: () => 'releases' };
  const { unconfirmed } = await promisesHere(scene, place);
  expect(
    await answerPromise(scene, place, { storyId: unconfirmed[0]?.id ?? '', answer: words, person: 'somebody' }),
  ).toBe(true);
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
}

async function storyOf(staged: Staged, scope: Story['scope']): Promise<Story | undefined> {
  return (await storiesByKey(staged.worker.db, scope, [key])).get(key);
}

describe('a dismissed promise', () => {
  test('is not opened again by somebody who repeats it, and is by one for other days', async () => {
    const staged = await promised();
    await answer(staged, 'dismissed');
    await says(staged, 'xAI to open source Grok 9 next week');
    await says(staged, 'xAI will open-source Grok 9 soon');
    expect(await storyOf(staged, { guild: '10' })).toMatchObject({ stage: 'reported', pledge: null });
    expect((await promisesHere(staged.worker, place)).open).toEqual([]);
    expect((await promisesHere(staged.worker, elsewhere)).open).toMatchObject([{ name: 'Grok 9' }]);
    await says(staged, 'xAI will open-source Grok 9 in June 2026');
    expect(await storyOf(staged, { guild: '10' })).toMatchObject({ pledge: { dueTo: '2026-06-30' } });
    expect((await promisesHere(staged.worker, place)).open).toMatchObject([{ pledge: { dueTo: '2026-06-30' } }]);
  });

  test('is one again when the file names it', async () => {
    const staged = await promised();
    await answer(staged, 'dismissed');
    const entry: PledgeConfig = {
      model: 'Grok 9',
      lab: 'xai',
      by: 'Elon Musk (xAI)',
      said: '2026-03-02',
      due: 'next week',
      source: null,
      zone: 'UTC',
      withdrawn: false,
      to: ['releases', 'people'],
    };
    const worker = { ...staged.worker, config: { ...config, pledges: [entry] } };
    await registerPledges(worker);
    expect((await promisesHere(worker, place)).open).toMatchObject([{ pledge: { confirmed: true } }]);
    heard(staged);
    staged.clock.now += 20 * dayMs;
    await turnStories(worker);
    await deliverDue(worker, AbortSignal.timeout(10_000));
    expect(heard(staged)).toEqual({ releases: ['card', 'reply'], people: ['card', 'reply'] });
  });
});

test('a channel in which people answered hears of the model through their story alone', async () => {
  const staged = await promised();
  expect(heard(staged)).toEqual({ releases: ['card'], people: ['card'] });
  await answer(staged, 'confirmed');
  expect(heard(staged)).toEqual({ releases: ['card'], people: [] });
  await says(staged, 'xAI delays open-sourcing Grok 9 to June 2026');
  // The confirmed promise is moved by people only; the other is moved by the press.
  expect(heard(staged)).toEqual({ releases: ['card'], people: ['card', 'reply'] });
  staged.clock.now += 20 * dayMs;
  await turnStories(staged.worker);
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
  expect(heard(staged)).toEqual({ releases: ['card', 'reply'], people: [] });
  expect((await storyOf(staged, 'file'))?.audience).toEqual(['people']);
});
