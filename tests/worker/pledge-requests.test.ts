// Promises answered from the command line: taken at the next wake, for the file's stories.
import { describe, expect, it } from 'vitest';
import { askPromise } from '../../src/reports/ask-promise.ts';
import { promiseReport } from '../../src/reports/promises.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import { saveMessage } from '../../src/store/messages.ts';
import { askPledge, pledgeRequests } from '../../src/store/requests.ts';
import { saveStory, storyById } from '../../src/store/stories.ts';
import { turnStories } from '../../src/worker/due-stories.ts';
import { promisedStory } from '../support/board/stories.ts';
import { noon, stage } from '../support/worker.ts';

const rumour = promisedStory(
  { lab: 'ursa', name: 'Ursa 4', at: '2026-02-01T10:00:00.000Z' },
  { confirmed: false, dueFrom: '2026-02-10', dueTo: '2026-02-20' },
);

async function asked(answer: 'confirmed' | 'dismissed') {
  const { worker } = await stage();
  const { db } = worker;
  await db.batch([saveStory(rumour, 0), saveMessage(rumour.id, 'releases', 'm1', 1)]);
  const outcome = await askPromise(db, await promiseReport(db), { wanted: rumour.id, answer, nowMs: noon });
  expect(outcome.kind).toBe('asked');
  expect(await turnStories(worker)).toBe(true);
  expect(await pledgeRequests(db)).toEqual([]);
  return { db, story: await storyById(db, rumour.id), owed: await deliveriesOf(db, rumour.id) };
}

describe('an unconfirmed promise', () => {
  it('that is confirmed after its day is overdue at once, and its card says so', async () => {
    const { story, owed } = await asked('confirmed');
    expect(story?.pledge).toMatchObject({ confirmed: true, state: 'overdue' });
    expect(story?.marks.map(({ turn }) => turn)).toContain('overdue');
    expect(owed.map(({ form }) => form)).toContain('card');
  });

  it('that is dismissed is none, also when somebody repeats it', async () => {
    const { story, owed } = await asked('dismissed');
    expect(story).toMatchObject({ pledge: null, stage: 'reported' });
    expect(story?.dismissed).toEqual([{ dueFrom: '2026-02-10', dueTo: '2026-02-20' }]);
    expect(owed.map(({ form }) => form)).toEqual(['card']);
  });
});

it('asks nothing of a promise that is settled, and knows no other', async () => {
  const { worker } = await stage();
  const { db } = worker;
  const sure = { ...rumour, pledge: rumour.pledge === null ? null : { ...rumour.pledge, confirmed: true } };
  await db.batch([saveStory(sure, 0)]);
  const report = await promiseReport(db);
  expect((await askPromise(db, report, { wanted: sure.id, answer: 'confirmed', nowMs: noon })).kind).toBe('settled');
  expect((await askPromise(db, report, { wanted: 'nobody', answer: 'confirmed', nowMs: noon })).kind).toBe('unknown');
  await db.batch([askPledge({ storyId: sure.id, answer: 'dismissed' }, new Date(noon).toISOString())]);
  await turnStories(worker);
  expect((await storyById(db, sure.id))?.pledge?.confirmed).toBe(true);
  expect(await pledgeRequests(db)).toEqual([]);
});
