// A release settles which model a nameless story was about: written in one batch, told once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mergeReleased } from '../../src/pipeline/merge-stories.ts';
import { type PlanContext, plan, type Telling } from '../../src/pipeline/plan.ts';
import type { Db } from '../../src/store/define.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { nameOf, saveStory, storiesByKey, storiesOfAll } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { grok, mark } from '../support/channels/stories.ts';

const now = '2025-08-23T19:30:00.000Z';
const seenNamed: Story = {
  ...grok,
  id: 'named',
  stage: 'seen',
  pledge: null,
  openedAt: '2025-08-20T00:00:00.000Z',
  revision: 1,
  audience: ['b'],
  marks: [],
};
const nameless: Story = {
  ...seenNamed,
  id: 'nameless',
  key: 'model:xai/grok/',
  name: 'Grok',
  subject: null,
  stage: 'pledged',
  openedAt: '2025-08-06T00:00:00.000Z',
  updatedAt: '2025-08-18T07:00:00.000Z',
  audience: ['a'],
  openness: null,
  pledge: grok.pledge === null ? null : { ...grok.pledge, state: 'overdue' },
};
const released = { ...mark('released', 2, now), url: null };
const telling: Telling = {
  folded: {
    story: { ...seenNamed, stage: 'released', releasedAt: now, revision: 2, marks: [released] },
    before: 1,
    marks: [released],
    owes: true,
  },
  joined: new Map(),
};
let db: Db;

beforeEach(async () => {
  db = await openSqlite(':memory:');
  await migrate(db, migrations);
  await db.batch([saveStory(seenNamed, 0), saveStory(nameless, 0)]);
});

afterEach(() => db.close());

function context(): PlanContext {
  let seq = 0;
  return {
    now,
    notBefore: () => now,
    digest: () => null,
    collected: () => null,
    open: () => true,
    watchTitle: () => ({ title: '', url: null }),
    standing: (id, channel) =>
      id === (channel === 'a' ? 'nameless' : 'named') ? { kind: 'card' } : { kind: 'nothing' },
    seq: () => {
      seq += 1;
      return seq;
    },
  };
}

async function known() {
  const stories = new Map((await storiesOfAll(db, [grok.key, nameless.key])).map((story) => [nameOf(story), story]));
  return { of: (scope: Story['scope'], key: string) => stories.get(nameOf({ scope, key })) ?? null };
}

test('the older story takes the key, and each channel is told once', async () => {
  const { tellings } = mergeReleased([telling], await known(), now);
  expect(await db.batch(tellings.map(({ folded }) => saveStory(folded.story, folded.before)))).toBe('done');
  expect((await storiesByKey(db, 'file', [grok.key])).get(grok.key)).toMatchObject({
    id: 'nameless',
    pledge: { state: 'kept late' },
  });
  const owed = plan(tellings, context()).deliveries.map(
    ({ channel, form, subject }) => `${channel} ${form} ${subject}`,
  );
  expect(owed.toSorted()).toEqual(['a card nameless', 'a reply nameless', 'b card named', 'b card nameless']);
});

test('a nameless story that is settled already, or long quiet, is left alone', async () => {
  await db.batch([saveStory({ ...nameless, updatedAt: '2025-01-01T00:00:00.000Z', revision: 2 }, 1)]);
  expect(mergeReleased([telling], await known(), now).tellings).toEqual([telling]);
});
