// What the board lists, on every database: pages, filters, figures, and stories from before there were lists.
import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import {
  briefs,
  changedStories,
  fillListing,
  firstTold,
  type ListFilter,
  type ListPosition,
  landingsByMonth,
  listedChoices,
  listStories,
  storiesStamp,
} from '../../src/store/listing.ts';
import { askPledge, pledgeRequests, takePledge } from '../../src/store/requests.ts';
import { endSpread } from '../../src/store/retention.ts';
import { countedOn, saveSpread, spreadOf } from '../../src/store/spread.ts';
import { saveStory } from '../../src/store/stories.ts';
import { fillBoard } from '../support/board/open.ts';
import { sampleStories } from '../support/board/sample.ts';
import { landedStory, manyStories } from '../support/board/stories.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, (opened) => {
    db = opened;
  });

  const names = async (filter: ListFilter): Promise<readonly string[]> =>
    (await listStories(db, filter, null, 50)).map(({ story }) => story.name);

  test('pages turn over everything once, also where many landed at the same moment', async () => {
    const stories = manyStories(40).map((story, index) => ({
      ...story,
      publishedAt: null,
      releasedAt: `2026-02-0${1 + (index % 3)}T00:00:00.000Z`,
    }));
    await fillBoard(db, stories);
    const seen: string[] = [];
    for (let after: ListPosition | null = null; ; ) {
      const rows = await listStories(db, { stage: 'released' }, after, 7);
      const last = rows.at(-1);
      if (last === undefined) break;
      seen.push(...rows.map(({ id }) => id));
      after = { at: last.at, id: last.id };
    }
    expect(new Set(seen).size).toBe(40);
    expect(seen).toHaveLength(40);
  });

  test('filters go by what a story is, and by what it is called', async () => {
    await fillBoard(db, sampleStories);
    expect(await names({ stage: 'released', lab: 'lyra' })).toEqual(['Lyra 7B', 'Lyra Vision 3B']);
    expect(await names({ verdict: 'gated' })).toEqual(['Aquila 27B it']);
    expect(await names({ verdict: 'unknown', kind: 'model', stage: 'released' })).toEqual(['Corvus Tiny']);
    expect(await names({ words: 'LYRA-vision' })).toEqual(['Lyra Vision 3B']);
    expect(await names({ words: '%_\\' })).toEqual([]);
    expect(await names({ since: '2026-02-24T00:00:00.000Z', kind: 'model' })).toEqual(['Lyra 7B', 'Corvus Large 2']);
    expect((await changedStories(db, { lab: 'corvus' }, 2)).map(({ name }) => name)).toEqual([
      'Corvus Large 2',
      'Corvus Code',
    ]);
    expect(await listedChoices(db)).toMatchObject({ labs: ['aquila', 'corvus', 'lyra', 'ursa'] });
    const sorted = await briefs(db);
    expect(sorted[0]).toMatchObject({ name: 'Lyra 7B', answers: { parameters: '7.3B', bytes: 14_600_000_000 } });
  });

  test('months count models by verdict; the first message of a channel of the file tells when a story was told', async () => {
    await fillBoard(db, sampleStories);
    const months = await landingsByMonth(db, '2026-01-01T00:00:00.000Z');
    expect(months.filter(({ month }) => month === '2026-01')).toEqual(
      expect.arrayContaining([
        { month: '2026-01', verdict: 'gated', count: 1 },
        { month: '2026-01', verdict: null, count: 1 },
      ]),
    );
    expect((await firstTold(db, ['story-lyra-lyra-7b', 'nobody'])).get('story-lyra-lyra-7b')).toMatch(
      /^2026-02-26T09:30:/,
    );
  });

  test('the stamp moves with every revision; what is private or told elsewhere is in no list', async () => {
    const story = landedStory({ lab: 'ursa', name: 'Ursa 5', at: '2026-02-01T00:00:00.000Z' });
    await db.batch([saveStory(story, 0)]);
    const before = await storiesStamp(db);
    await db.batch([saveStory({ ...story, revision: 2, known: { visibility: 'private' } }, 1)]);
    expect(await storiesStamp(db)).not.toBe(before);
    expect(await names({})).toEqual([]);
    await db.batch([saveStory({ ...story, revision: 3, mergedInto: 'another' }, 2)]);
    expect(await names({})).toEqual([]);
  });

  test('stories from before there were lists are filled in, some at a time', async () => {
    await fillBoard(db, manyStories(250));
    await db.batch([
      { sql: 'UPDATE stories SET listed_at = NULL, kind = NULL, brief = NULL, verdict = NULL', params: [] },
    ]);
    expect(await names({})).toEqual([]);
    while (await fillListing(db));
    expect((await listStories(db, {}, null, 300)).length).toBe(250);
  });

  test('a card with many and long answers fits', async () => {
    const [story] = sampleStories;
    if (story?.openness == null) throw new Error('no card');
    const long = { ...story.openness.licence, value: '가'.repeat(5_000) };
    const more = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`question${index}`, long]));
    await db.batch([saveStory({ ...story, openness: { ...story.openness, ...more }, name: '이름'.repeat(400) }, 0)]);
    expect(await briefs(db)).toHaveLength(1);
  });

  test('spread: the last reading of a day stands, old days go; requests: the last answer counts', async () => {
    const at = '2026-02-01T10:00:00.000Z';
    const row = { storyId: 's', day: '2026-02-01', measure: 'downloads', value: 5_000_000_000 };
    await db.batch([saveSpread({ ...row, value: 1 }, at), saveSpread(row, at)]);
    expect(await spreadOf(db, 's')).toEqual([row]);
    expect([...(await countedOn(db, '2026-02-01'))]).toEqual(['s']);
    await endSpread(db, '2026-02-02');
    expect(await spreadOf(db, 's')).toEqual([]);
    await db.batch([
      askPledge({ storyId: 's', answer: 'confirmed' }, at),
      askPledge({ storyId: 's', answer: 'dismissed' }, at),
    ]);
    expect(await pledgeRequests(db)).toEqual([{ storyId: 's', answer: 'dismissed' }]);
    await db.batch([takePledge({ storyId: 's', answer: 'confirmed' })]);
    expect(await pledgeRequests(db)).toHaveLength(1);
  });
});
