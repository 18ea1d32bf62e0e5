// What `landfall init` writes: it passes the check, says what was answered, and holds no secret.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answers, neededVariables, writeConfig } from '../../src/config/write.ts';
import { bad, good } from '../support/config/kinds.ts';

const answers: Answers = {
  github: ['xai-org/grok-1', 'xai-org'],
  huggingface: ['xai-org'],
  feeds: ['https://openai.com/news/rss.xml'],
  channel: 'bot',
  locale: 'ko',
  timezone: 'Asia/Seoul',
};

const env = {
  DISCORD_TOKEN: 'token',
  DISCORD_CHANNEL: '123456789012345678',
  DISCORD_WEBHOOK: 'https://d.example/api/webhooks/1/canary',
};

test('every answer is in it', () => {
  const config = good(writeConfig(answers), { env });
  expect(config).toMatchObject({ locale: 'ko', timezone: 'Asia/Seoul' });
  expect(config.targets.map(({ id }) => id)).toEqual([
    'github:xai-org/grok-1',
    'github:xai-org',
    'huggingface:xai-org',
    'feed:https://openai.com/news/rss.xml',
  ]);
  expect(config.channels.map(({ name, kind, on }) => [name, kind, on])).toEqual([['releases', 'discord', true]]);
});

test.each(['bot', 'webhook', 'terminal'] as const)(
  'the variables that a %s needs are named, and missed when absent',
  (channel) => {
    const text = writeConfig({ ...answers, channel });
    const needed = neededVariables(channel).map(([name]) => name);
    expect(needed.filter((name) => !text.includes(name))).toEqual([]);
    expect(text).not.toContain('canary');
    expect(bad(text, { env })).toEqual([]);
    expect(bad(text).length > 0).toBe(needed.length > 0);
  },
);

test('with nothing to watch yet it is still a good file', () => {
  const text = writeConfig({ ...answers, github: [], huggingface: [], feeds: [], channel: 'terminal' });
  expect(good(text).watches).toEqual([]);
});

test('the options it shows in comments are good ones', () => {
  const shown = writeConfig({ ...answers, channel: 'terminal' }).replace(
    /^( {4}|)# ((?:on|include|match):.*)$/gm,
    '$1$2',
  );
  const pledged = shown.replace(/^# (pledges:.*| {2}.*)$/gm, '$1');
  const config = good(pledged);
  expect(config.watches[0]?.filters).toMatchObject({
    on: ['release', 'tag', 'repo', 'code', 'licence', 'state'],
    include: '^v\\d',
  });
  expect(config.pledges).toHaveLength(1);
});

test('any text comes back as it was given', () => {
  fc.assert(
    fc.property(
      fc.array(fc.webUrl({ withQueryParameters: true, withFragments: true })),
      fc.string({ unit: 'binary' }),
      (feeds, odd) => {
        const spoken = odd.replaceAll(/[\s\p{C}]/gu, '');
        const all = [...feeds, `https://a.example/${spoken}`];
        const text = writeConfig({ ...answers, github: [], huggingface: [], feeds: all, channel: 'terminal' });
        expect(good(text).watches).toHaveLength(all.length);
        expect(good(text).targets.map(({ address }) => address)).toEqual(
          [...new Map(all.map((url) => [url.toLowerCase(), url])).keys()].map((id) =>
            all.find((url) => url.toLowerCase() === id),
          ),
        );
      },
    ),
    { numRuns: 100 },
  );
});
