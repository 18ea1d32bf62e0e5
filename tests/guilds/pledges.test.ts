// A guild's answer to a promise counts in that guild alone.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerPromise, promisesHere } from '../../src/guilds/pledges.ts';
import type { Db } from '../../src/store/define.ts';
import { nextOwed } from '../../src/store/deliveries.ts';
import { messagesOf, saveMessage } from '../../src/store/messages.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { saveStory, storiesByKey } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { grok } from '../support/channels/stories.ts';

const key = 'model:xai/grok/3';
const place = { guild: '10', channel: '20' };
const theirs = 'guild:10:20';
const now = '2026-03-20T00:00:00.000Z';
const story: Story = {
  ...grok,
  id: 's3',
  key,
  name: 'Grok 3',
  stage: 'pledged',
  revision: 2,
  audience: ['releases', theirs, 'guild:99:98'],
  pledge: {
    by: 'xAI',
    quoteUrl: null,
    saidAt: '2025-08-23T20:00:00.000Z',
    dueFrom: '2026-02-01',
    dueTo: '2026-03-15',
    zone: 'UTC',
    confirmed: false,
    state: 'overdue',
  },
};
let db: Db;
const scene = (): Parameters<typeof answerPromise>[0] => ({ db, now: () => Date.parse(now), fileChannel: () => null });

beforeEach(async () => {
  db = await openSqlite(':memory:');
  await migrate(db, migrations);
  await db.batch([
    saveStory({ ...story, revision: 1 }, 0),
    saveStory(story, 1),
    saveMessage('s3', theirs, 'm1', 2),
    saveMessage('s3', 'releases', 'm2', 2),
  ]);
});

afterEach(() => db.close());

async function stories(): Promise<readonly (Story | undefined)[]> {
  return [(await storiesByKey(db, 'file', [key])).get(key), (await storiesByKey(db, { guild: '10' }, [key])).get(key)];
}

test('confirmed: the guild goes on with a story of its own, and its card is edited', async () => {
  expect(await answerPromise(scene(), place, { storyId: 's3', answer: 'confirmed', person: 'p1' })).toBe(true);
  const [file, own] = await stories();
  expect(file).toMatchObject({ audience: ['releases', 'guild:99:98'], pledge: { confirmed: false } });
  expect(own).toMatchObject({ audience: [theirs], pledge: { confirmed: true, state: 'overdue' } });
  expect(await messagesOf(db, [own?.id ?? ''])).toMatchObject([{ channel: theirs, messageId: 'm1' }]);
  expect(await messagesOf(db, ['s3'])).toMatchObject([{ channel: 'releases', messageId: 'm2' }]);
  expect(await nextOwed(db, theirs, now)).toMatchObject({ form: 'card', subject: own?.id });
  expect(await nextOwed(db, 'releases', now)).toBeNull();
});

test('dismissed: it is no promise there, and still one everywhere else', async () => {
  await answerPromise(scene(), place, { storyId: 's3', answer: 'dismissed', person: 'p1' });
  expect((await promisesHere(scene(), place)).overdue).toEqual([]);
  expect((await promisesHere(scene(), { guild: '99', channel: '98' })).overdue).toMatchObject([{ name: 'Grok 3' }]);
});

test('what the file has confirmed, nobody answers', async () => {
  const confirmed = {
    ...story,
    revision: 3,
    pledge: story.pledge === null ? null : { ...story.pledge, confirmed: true },
  };
  await db.batch([saveStory(confirmed, 2)]);
  expect(await answerPromise(scene(), place, { storyId: 's3', answer: 'dismissed', person: 'p1' })).toBe(false);
});
