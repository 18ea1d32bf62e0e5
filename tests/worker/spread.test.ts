// How models spread: counted once a day for ninety days, within the quotas, told once on the card.
import { describe, expect, it } from 'vitest';
import { createPreviews } from '../../src/scheduler/previews.ts';
import type { SpreadAnswer } from '../../src/sources/define.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import { saveMessage } from '../../src/store/messages.ts';
import { savePoolState } from '../../src/store/pools.ts';
import { spreadOf } from '../../src/store/spread.ts';
import { saveStory, storyById } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { createSpread } from '../../src/worker/spread.ts';
import { landedStory } from '../support/board/stories.ts';
import { dayMs, noon, stage } from '../support/worker.ts';

const released = new Date(noon - 1_000).toISOString();
const model = landedStory({ lab: 'ursa', name: 'Ursa 3', at: released });

async function counting(
  stories: readonly Story[],
  answer: (asked: number, address: string) => SpreadAnswer['measures'],
) {
  const asked: string[] = [];
  const staged = await stage({
    sources: {
      huggingface: {
        spread: (target) => {
          asked.push(target.address);
          const spent = [{ pool: 'huggingface', cost: 1, tookMs: 5 }];
          return Promise.resolve({ measures: answer(asked.length, target.address), spent });
        },
      },
    },
  });
  const { db } = staged.worker;
  for (const story of stories) await db.batch([saveStory(story, 0), saveMessage(story.id, 'releases', 'm1', 1)]);
  const previews = createPreviews();
  const spread = createSpread(staged.worker, previews);
  const wake = () => spread(AbortSignal.timeout(10_000));
  return { staged, db, asked, previews, wake };
}

describe('a model that was released', () => {
  it('is counted once a day, and its quota pays for it', async () => {
    const { staged, db, asked, previews, wake } = await counting([model], (n) => ({
      likes: n * 10,
      downloads: n * 100,
    }));
    await wake();
    await wake();
    expect(asked).toEqual(['ursa/ursa-3']);
    expect(previews.collect('huggingface')).toHaveLength(1);
    staged.clock.now += dayMs;
    await wake();
    expect(await spreadOf(db, model.id)).toEqual([
      { storyId: model.id, day: '2026-03-02', measure: 'downloads', value: 100 },
      { storyId: model.id, day: '2026-03-02', measure: 'likes', value: 10 },
      { storyId: model.id, day: '2026-03-03', measure: 'downloads', value: 200 },
      { storyId: model.id, day: '2026-03-03', measure: 'likes', value: 20 },
    ]);
  });

  it('is told once, after seven days, by an edit of its card and nothing else', async () => {
    const { staged, db, wake } = await counting([model], (n) => ({ downloadsAll: n * 1_000, derivatives: n }));
    for (let day = 0; day < 10; day += 1) {
      await wake();
      staged.clock.now += dayMs;
    }
    const story = await storyById(db, model.id);
    expect(story?.figures).toEqual({ days: 7, downloads: 8_000, derivatives: 8, stars: null, likes: null });
    expect(story?.updatedAt).toBe(model.updatedAt);
    expect((await deliveriesOf(db, model.id)).map(({ form, revision }) => [form, revision])).toEqual([['card', 2]]);
  });

  it('is counted no more after ninety days, nor where it is private or somebody else may see it only', async () => {
    const old = landedStory({ lab: 'ursa', name: 'Old', at: new Date(noon - 91 * dayMs).toISOString() });
    const hidden = landedStory({
      lab: 'ursa',
      name: 'Hidden',
      at: released,
      over: { known: { visibility: 'private' } },
    });
    const theirs = landedStory({ lab: 'ursa', name: 'Theirs', at: released, over: { scope: { guild: '1' } } });
    const { asked, wake } = await counting([old, hidden, theirs], () => ({ likes: 1 }));
    await wake();
    expect(asked).toEqual([]);
  });

  it('that cannot be counted is tried three times a day, after the others', async () => {
    const others = Array.from({ length: 5 }, (_, index) =>
      landedStory({ lab: 'ursa', name: `N ${index}`, at: released }),
    );
    const { staged, db, asked, wake } = await counting([model, ...others], (_, address) =>
      address === 'ursa/ursa-3' ? null : { likes: 1 },
    );
    for (let round = 0; round < 8; round += 1) {
      await wake();
      staged.clock.now += 16 * 60_000;
    }
    expect(asked.filter((address) => address === 'ursa/ursa-3')).toHaveLength(3);
    expect(asked).toHaveLength(8);
    expect(await spreadOf(db, model.id)).toEqual([]);
    staged.clock.now += dayMs;
    await wake();
    await wake();
    expect(asked.filter((address) => address === 'ursa/ursa-3').length).toBeGreaterThan(3);
  });

  it('is not asked for while its quota rests', async () => {
    const { staged, db, asked, wake } = await counting([model], () => ({ likes: 1 }));
    const until = new Date(noon + 60_000).toISOString();
    await db.batch([savePoolState({ id: 'huggingface', pausedUntil: until, doc: {} })]);
    await wake();
    expect(asked).toEqual([]);
    staged.clock.now += 16 * 60_000;
    await wake();
    expect(asked).toHaveLength(1);
  });
});
