// Overdue rings only for a word that stands; only the lab's own artefact keeps a promise, and news that it is out ends the wait.
import { describe, expect, test } from 'vitest';
import { createReader } from '../../src/app/names.ts';
import type { PledgeConfig } from '../../src/config/shape.ts';
import { answerPromise, promisesHere } from '../../src/guilds/pledges.ts';
import { pledgeText } from '../../src/messages/card.ts';
import { messagesFor } from '../../src/messages/index.ts';
import { why } from '../../src/reports/why.ts';
import type { Observation } from '../../src/types/core.ts';
import { turnStories } from '../../src/worker/due-stories.ts';
import { registerPledges } from '../../src/worker/file-pledges.ts';
import { deliverDue } from '../../src/worker/once.ts';
import {
  account,
  article,
  contextOf,
  heard,
  model,
  press,
  shows,
  staged,
  storyOf,
  two,
} from '../support/guilds/guilds.ts';
import { dayMs, type Staged } from '../support/worker.ts';

const promise = 'xAI will open-source Grok 9 next week, Musk says';
const other = 'feed:https://other.test/ai.xml';

const at = (scene: Staged, url: string, title = promise): Observation => ({
  ...article(scene, title),
  key: url,
  about: `feed:${url}`,
  url,
});

/** Twenty days later: what the channel got since, and the promise. */
async function later(scene: Staged) {
  heard(scene, 'releases');
  scene.clock.now += 20 * dayMs;
  while (await turnStories(scene.worker)) await deliverDue(scene.worker, AbortSignal.timeout(10_000));
  return [heard(scene, 'releases'), (await storyOf(scene, 'file'))?.pledge?.state];
}

describe('a promise read from the news', () => {
  test.each<[string, readonly string[], boolean]>([
    ['one host', ['https://press.test/1'], false],
    [
      'one host twice, and its own subdomain',
      ['https://press.test/1', 'https://www.press.test/2', 'https://en.press.test/3'],
      false,
    ],
    ['two sites under one public suffix', ['https://one.co.kr/1', 'https://two.co.kr/1'], true],
    ['two subdomains under one domain of that suffix', ['https://a.one.co.kr/1', 'https://b.one.co.kr/1'], false],
    ['two hosts of one feed', ['https://press.test/1', 'https://wire.test/1'], true],
    ['the page of the lab', ['https://x.ai/news/grok-9'], true],
    ["the lab's own account", ['https://huggingface.co/xai-org/grok-9'], true],
    ["somebody else's account", ['https://huggingface.co/somebody/grok-9'], false],
  ])('said by %s', async (_, urls, stands) => {
    const scene = await staged(account, press);
    await shows(scene, press, ...urls.map((url) => at(scene, url)));
    expect(await later(scene)).toEqual(stands ? [['card', 'reply'], 'overdue'] : [['card'], 'open']);
    const story = await storyOf(scene, 'file');
    if (story === undefined) throw new Error('no story');
    for (const locale of ['en', 'ko'] as const)
      expect(pledgeText(story, messagesFor(locale))).toContain(
        locale === 'en'
          ? stands
            ? 'overdue since'
            : 'the day has passed'
          : stands
            ? '기한이 지난'
            : '그 날이 지났습니다',
      );
  });

  test('copies of one link in two feeds are one voice', async () => {
    const scene = await staged(press, other);
    await shows(scene, press, at(scene, 'https://press.test/1'));
    await shows(scene, other, at(scene, 'https://press.test/1?utm_source=other'));
    expect(await later(scene)).toEqual([['card'], 'open']);
    const deps = {
      db: scene.worker.db,
      read: createReader().read,
      linkOf: () => null,
      now: '2026-04-01T00:00:00.000Z',
    };
    const [answer] = await why(deps, 'https://press.test/1');
    expect(answer?.stages.find(({ stage }) => stage === 'pledge')?.text).toMatch(
      /said by press\.test, its day has passed, unconfirmed/,
    );
  });

  test('a second voice after the day has passed makes it overdue then, and once', async () => {
    const scene = await staged(press, other);
    await shows(scene, press, at(scene, 'https://press.test/1'));
    await later(scene);
    await shows(scene, other, { ...at(scene, 'https://wire.test/1'), publishedAt: '2026-03-03T00:00:00.000Z' });
    expect(await later(scene)).toEqual([['card', 'reply'], 'overdue']);
    expect(await later(scene)).toEqual([[], 'overdue']);
  });

  test('somebody who confirms it after its day makes it overdue for the guild', async () => {
    const scene = await staged(press);
    await shows(scene, press, at(scene, 'https://press.test/1'));
    await later(scene);
    const context = { ...contextOf(scene), fileChannel: () => 'releases' };
    const [story] = (await promisesHere(context, two)).unconfirmed;
    expect(
      await answerPromise(context, two, { storyId: story?.id ?? '', answer: 'confirmed', person: 'somebody' }),
    ).toBe(true);
    await turnStories(scene.worker);
    expect(await storyOf(scene, { guild: '2' })).toMatchObject({ pledge: { state: 'overdue', confirmed: true } });
  });
});

const out = 'xAI open-sources Grok 9';
const entry: PledgeConfig = {
  model: 'Grok 9',
  lab: 'xai',
  by: 'Elon Musk (xAI)',
  said: '2026-03-02',
  due: 'next week',
  source: null,
  zone: 'UTC',
  withdrawn: false,
  to: ['releases'],
};

describe('news that the model is out', () => {
  test('ends the wait of what only news had promised, and keeps nothing', async () => {
    const scene = await staged(account, press);
    await shows(scene, press, at(scene, 'https://press.test/1'), at(scene, 'https://wire.test/1'));
    await shows(scene, press, at(scene, 'https://press.test/2', out));
    expect(await later(scene)).toEqual([[], 'open']);
    const story = await storyOf(scene, 'file');
    expect(story).toMatchObject({ stage: 'pledged', pledge: { ended: true } });
    expect(story === undefined ? '' : pledgeText(story, messagesFor('en'))).toContain('in the news as out');
    expect((await promisesHere(contextOf(scene), two)).open).toEqual([]);
    await shows(scene, account, model('xai-org/grok-9'));
    expect(await storyOf(scene, 'file')).toMatchObject({ stage: 'released', pledge: { state: 'kept late' } });
  });

  test('ends nothing of what the file holds somebody to', async () => {
    const scene = await staged(account, press);
    await registerPledges({ ...scene.worker, config: { ...scene.worker.config, pledges: [entry] } });
    await shows(scene, press, at(scene, 'https://press.test/2', out));
    expect(await later(scene)).toEqual([['card', 'reply'], 'overdue']);
  });

  test('and a delay that is said later opens the wait anew', async () => {
    const scene = await staged(account, press);
    await shows(scene, press, at(scene, 'https://press.test/1'));
    await shows(scene, press, at(scene, 'https://press.test/2', out));
    await shows(scene, press, at(scene, 'https://press.test/3', 'xAI delays open-sourcing Grok 9 to June 2026'));
    expect((await storyOf(scene, 'file'))?.pledge).toMatchObject({ state: 'moved', dueTo: '2026-06-30' });
    expect((await storyOf(scene, 'file'))?.pledge?.ended).toBeUndefined();
  });
});
