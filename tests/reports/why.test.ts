// What `why` finds for the ways in which people write a name or a link.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../src/app/commands.ts';
import { why } from '../../src/reports/why.ts';
import type { Db } from '../../src/store/define.ts';
import { saveMeta } from '../../src/store/meta.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { grok } from '../support/channels/stories.ts';

const key = 'model:xai/grok/5';
const url = 'https://news.example/grok-five';
const story: Story = {
  ...grok,
  id: 's5',
  key,
  name: 'Grok 5',
  stage: 'pledged',
  revision: 1,
  url,
  items: [],
  marks: [],
  audience: [],
  evidence: [{ url, at: '2026-02-01T00:00:00.000Z', title: 'A promise', kind: 'link', lang: null }],
  pledge: {
    by: 'Elon Musk (xAI)',
    quoteUrl: url,
    saidAt: '2025-08-22T15:00:00.000Z',
    dueFrom: '2026-02-01',
    dueTo: '2026-03-15',
    zone: 'Asia/Seoul',
    confirmed: true,
    state: 'open',
  },
};
const { read, linkOf } = createApp({});
let db: Db;

beforeEach(async () => {
  db = await openSqlite(':memory:');
  await migrate(db, migrations);
  await db.batch([saveStory(story, 0)]);
});

afterEach(() => db.close());

async function found(words: string): Promise<readonly string[]> {
  const answers = await why({ db, read, linkOf, now: '2026-02-02T00:00:00.000Z' }, words);
  return answers.map(({ subject }) => subject);
}

test.each(['Grok 5', 'Grok-5', 'grok-5', 'grok_5', 'grok5', 'GROK  5'])('%s', async (words) => {
  expect(await found(words)).toEqual(['Grok 5']);
});

test.each([url, `${url}/`, `${url}?utm_source=x`, `${url}/?utm_source=x&fbclid=1`])('%s', async (link) => {
  expect(await found(link)).toEqual(['Grok 5']);
});

test.each(['Grok 6', 'grok-55', 'https://news.example/?id=7', ' / '])('not %s', async (words) => {
  expect(await found(words)).toEqual([]);
});

test('a promise of the file is told with who, when, due and state', async () => {
  await db.batch([saveMeta(`pledge:${key}`, '{}')]);
  const [answer] = await why({ db, read, linkOf, now: '2026-02-02T00:00:00.000Z' }, 'Grok 5');
  expect(answer?.stages[0]).toEqual({
    stage: 'pledge',
    at: '2025-08-22T15:00:00.000Z',
    text: `promised by Elon Musk (xAI), said 2025-08-23, due 2026-02-01 to 2026-03-15 (Asia/Seoul), open, from the file, ${url}`,
  });
});
