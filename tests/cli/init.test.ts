// What init refuses while it asks, and what it writes of a press feed.
import { expect, test } from 'vitest';
import { createApp } from '../../src/app/commands.ts';
import { channelKinds } from '../../src/channels/index.ts';
import { refused } from '../../src/cli/init.ts';
import { writeConfig } from '../../src/config/write.ts';
import { sources } from '../../src/sources/index.ts';
import { good } from '../support/config/kinds.ts';

const { addressProblem } = createApp({});

test.each([
  ['feed', 'x.ai/rss'],
  ['github', 'name/x/y'],
  ['huggingface', 'name/x/y'],
  ['feed', 'https://a.example/feed, not-an-address'],
])('%s %s is refused at once, in words', (kind, text) => {
  expect(refused(addressProblem, kind, text)).toMatch(/\S+ \S+/);
});

test.each([
  ['feed', 'https://a.example/feed'],
  ['github', 'xai-org/grok-1, mistralai'],
  ['huggingface', ''],
])('%s %j is taken', (kind, text) => expect(refused(addressProblem, kind, text)).toBeUndefined());

test('a press feed is written with only: models', () => {
  const feeds = ['https://a.example/feed', 'https://b.example/feed'];
  const text = writeConfig({
    github: [],
    huggingface: [],
    feeds,
    press: feeds.slice(1),
    channel: 'terminal',
    locale: 'en',
    timezone: 'UTC',
  });
  const { watches } = good(text, { sources, channels: channelKinds });
  expect(watches.map(({ filters }) => filters.only)).toEqual([undefined, 'models']);
});
