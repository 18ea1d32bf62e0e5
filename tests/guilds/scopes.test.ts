// What guilds add beside the file: their stories know the file's evidence and their own, and nothing goes the other way.

import { describe, expect, test } from 'vitest';
import type { PledgeConfig } from '../../src/config/shape.ts';
import type { Story } from '../../src/types/story.ts';
import { turnStories } from '../../src/worker/due-stories.ts';
import { registerPledges } from '../../src/worker/file-pledges.ts';
import {
  account,
  adds,
  article,
  b,
  c,
  grok9,
  heard,
  model,
  press,
  shows,
  staged,
  storyOf,
} from '../support/guilds/guilds.ts';
import { refusal } from '../support/reasons.ts';
import { dayMs } from '../support/worker.ts';

const promise = 'xAI will open-source Grok 9 next week, Musk says';

describe('a guild with a feed of its own', () => {
  test('is told of the release that the file sees', async () => {
    const scene = await staged(account);
    await adds(scene, b, press);
    await shows(scene, press, article(scene, promise));
    expect([heard(scene, b), heard(scene, 'releases')]).toEqual([['card'], []]);
    await shows(scene, account, model('xai-org/grok-9'));
    expect([heard(scene, b), heard(scene, 'releases')]).toEqual([['card', 'reply'], ['card']]);
    expect(await storyOf(scene, { guild: '2' })).toMatchObject({ stage: 'released', pledge: { state: 'kept' } });
    expect(await storyOf(scene, 'file')).toMatchObject({ stage: 'released', pledge: null, audience: ['releases'] });
  });

  test('is told of it too where the file has the same feed', async () => {
    const scene = await staged(account, press);
    await adds(scene, b, press);
    await shows(scene, press, article(scene, promise));
    await shows(scene, account, model('xai-org/grok-9'));
    expect([heard(scene, b), heard(scene, 'releases')]).toEqual([
      ['card', 'card', 'reply'],
      ['card', 'card', 'reply'],
    ]);
  });

  test('goes on with what was promised without a version', async () => {
    const scene = await staged(account);
    await adds(scene, b, press);
    await shows(scene, press, article(scene, 'xAI will open-source Grok next week, Musk says'));
    expect(await storyOf(scene, { guild: '2' }, 'model:xai/grok/')).toMatchObject({ stage: 'pledged' });
    heard(scene, b);
    await shows(scene, account, model('xai-org/grok-9'));
    expect(heard(scene, b)).toEqual(['card', 'reply']);
    expect(await storyOf(scene, { guild: '2' })).toMatchObject({ stage: 'released', pledge: { state: 'kept' } });
  });

  test('hears nothing of what only another guild watches', async () => {
    const scene = await staged(press);
    await adds(scene, b, press);
    await adds(scene, c, account);
    await shows(scene, press, article(scene, promise));
    heard(scene, b);
    heard(scene, 'releases');
    await shows(scene, account, model('xai-org/grok-9'));
    expect([heard(scene, b), heard(scene, 'releases'), heard(scene, c)]).toEqual([[], [], ['card']]);
    for (const scope of ['file', { guild: '2' }] as const)
      expect(await storyOf(scene, scope)).toMatchObject({ stage: 'pledged', pledge: { state: 'open' } });
    expect(await storyOf(scene, { guild: '3' })).toMatchObject({ stage: 'released', pledge: { state: 'kept' } });
    scene.clock.now += 20 * dayMs;
    await turnStories(scene.worker);
    expect(await storyOf(scene, { guild: '2' })).toMatchObject({ pledge: { state: 'open', passed: true } });
  });

  test("reads words that name no version in the light of the guild's own stories, and of no other guild's", async () => {
    const scene = await staged();
    await adds(scene, b, press);
    const elsewhere = 'feed:https://elsewhere.test/ai.xml';
    await adds(scene, c, elsewhere);
    await shows(scene, press, article(scene, promise));
    heard(scene, b);
    const nameless = 'Musk: xAI will open-source Grok soon';
    await shows(scene, press, article(scene, nameless));
    expect(await storyOf(scene, { guild: '2' })).toMatchObject({ evidence: [{ title: promise }, { title: nameless }] });
    await shows(scene, elsewhere, article(scene, nameless));
    expect(await storyOf(scene, { guild: '3' }, 'model:xai/grok/')).toMatchObject({ stage: 'pledged', name: nameless });
  });

  test('opens no story with what its own filter holds back', async () => {
    const scene = await staged(press);
    const none = { any: ['nothing of the kind'], none: [] };
    const filters = { on: null, prereleases: false, include: null, exclude: null, match: none };
    await adds(scene, b, press, { filters });
    await shows(scene, press, article(scene, promise));
    expect([heard(scene, b), heard(scene, 'releases')]).toEqual([[], ['card']]);
    expect(await storyOf(scene, { guild: '2' })).toBeUndefined();
  });
});

test("a guild's watch on what the file holds back tells the file's channel nothing", async () => {
  const scene = await staged(account);
  const gate = (gated: 'no' | 'form') =>
    model('xai-org/grok-9', { key: 'gated', kind: 'gated', sort: 'trait', fingerprint: gated, facts: { gated } });
  await scene.worker.db.batch([
    { sql: `UPDATE watches SET spec = REPLACE(spec, '"on":null', '"on":["weights"]')`, params: [] },
  ]);
  await adds(scene, b, account);
  await shows(scene, account, model('xai-org/grok-9'), gate('no'));
  expect([heard(scene, b), heard(scene, 'releases')]).toEqual([['card'], ['card']]);
  await shows(scene, account, model('xai-org/grok-9'), gate('form'));
  expect([heard(scene, b), heard(scene, 'releases')]).toEqual([['card', 'reply'], []]);
});

describe('a derivative that only a guild watches', () => {
  const tuned = 'huggingface:someone';
  const derived = model('someone/grok-9-tuned', {
    key: 'model',
    kind: 'model',
    facts: { baseModels: [{ id: 'xai-org/grok-9', relation: 'finetune' }] },
  });

  test("is counted on that guild's card, not on the file's or another guild's", async () => {
    const scene = await staged(account);
    await adds(scene, b, tuned);
    await adds(scene, b, account);
    await adds(scene, c, account);
    await shows(scene, account, model('xai-org/grok-9'));
    for (const name of ['releases', b, c]) expect(heard(scene, name)).toEqual(['card']);
    await shows(scene, tuned, derived);
    expect([heard(scene, 'releases'), heard(scene, c)]).toEqual([[], []]);
    expect(heard(scene, b)).toEqual(['card', 'card']);
    expect([await storyOf(scene, 'file'), await storyOf(scene, { guild: '3' })]).toMatchObject([
      { spread: { count: 0 } },
      { spread: { count: 0 } },
    ]);
    expect(await storyOf(scene, { guild: '2' })).toMatchObject({ spread: { count: 1 } });
  });

  test('is counted everywhere where the file watches it', async () => {
    const scene = await staged(account, tuned);
    await adds(scene, b, account);
    await shows(scene, account, model('xai-org/grok-9'));
    await shows(scene, tuned, derived);
    for (const scope of ['file', { guild: '2' }] as const)
      expect(await storyOf(scene, scope)).toMatchObject({ spread: { count: 1 } });
  });
});

describe('one card in a channel', () => {
  test('when a guild adds a feed to what it watches of the file', async () => {
    const scene = await staged(account);
    await adds(scene, b, account);
    await adds(scene, b, press);
    await shows(scene, account, model('xai-org/grok-9'));
    await shows(scene, press, article(scene, 'xAI open-sources Grok 9'));
    const said = scene.said.filter(({ channel }) => channel === b);
    expect(said.map(({ draft }) => (draft.form === 'card' ? draft.story.id : ''))).toEqual([
      said[0]?.draft.form === 'card' ? said[0].draft.story.id : 'none',
      said[0]?.draft.form === 'card' ? said[0].draft.story.id : 'none',
    ]);
    expect(await storyOf(scene, 'file')).toMatchObject({ audience: ['releases'] });
  });

  test("when a guild adds a feed in a channel of the file, the channel goes on with the guild's story and its one card", async () => {
    const scene = await staged(account);
    await adds(scene, b, press, {}, 'releases');
    await shows(scene, account, model('xai-org/grok-9'));
    const file = await storyOf(scene, 'file');
    await shows(scene, press, article(scene, 'xAI open-sources Grok 9'));
    expect((await storyOf(scene, 'file'))?.audience).toEqual([]);
    const own = await storyOf(scene, { guild: '2' });
    expect(own?.audience).toEqual(['releases']);
    const cards = await scene.worker.db.all('SELECT subject, channel FROM messages');
    expect(cards).toEqual([{ subject: own?.id, channel: 'releases' }]);
    expect(file?.id).not.toBe(own?.id);
    await shows(scene, account, model('xai-org/grok-9'), model('xai-org/grok-9-8b'));
    expect((await storyOf(scene, 'file'))?.audience).toEqual([]);
  });

  test('when the guild gets stories of its own while a card is still on its way', async () => {
    const scene = await staged(account);
    await adds(scene, b, account);
    await shows(scene, account, model('xai-org/grok-9'));
    heard(scene, b);
    scene.outcome = () => ({ kind: 'later', reason: refusal('busy'), afterMs: 60_000, doubtful: false });
    await shows(scene, account, model('xai-org/grok-9', { facts: { files: 2 } }), model('xai-org/grok-9-8b'));
    await adds(scene, b, press);
    scene.outcome = () => ({ kind: 'sent', messageId: 'm' });
    await shows(scene, account, model('xai-org/grok-9', { facts: { files: 3 } }), model('xai-org/grok-9-8b'));
    const now = await storyOf(scene, { guild: '2' });
    expect([(await storyOf(scene, 'file'))?.audience, now?.audience]).toEqual([['releases'], [b]]);
    expect(await scene.worker.db.all('SELECT subject FROM messages WHERE channel = $1', [b])).toEqual([
      { subject: now?.id },
    ]);
    expect(now?.key).toBe(grok9);
  });
});

test("the newest of a family is said of what the scope sees: a guild's account counts on its own card alone", async () => {
  const scene = await staged(account);
  const further = 'huggingface:xai-org/grok-10';
  await adds(scene, b, account);
  await adds(scene, b, further);
  await shows(scene, further, model('xai-org/grok-10'));
  await shows(scene, account, model('xai-org/grok-9'));
  const newest = async (scope: Story['scope']) => (await storyOf(scene, scope))?.openness?.newestOpen.value;
  expect([await newest('file'), await newest({ guild: '2' })]).toEqual(['Grok 9', 'Grok 10']);
});

test("a pledge of the file takes nothing over of what only a guild's feed said", async () => {
  const scene = await staged(account);
  await adds(scene, b, press);
  await shows(scene, press, article(scene, promise));
  const entry: PledgeConfig = {
    model: 'Grok 9',
    lab: 'xai',
    by: 'Elon Musk (xAI)',
    said: '2026-03-02',
    due: 'next week',
    source: 'https://x.test/1',
    zone: 'UTC',
    withdrawn: false,
    to: ['releases'],
  };
  await registerPledges({ ...scene.worker, config: { ...scene.worker.config, pledges: [entry] } });
  const evidence = async (scope: Story['scope']) => (await storyOf(scene, scope))?.evidence.map(({ url }) => url);
  expect(await evidence('file')).toEqual(['https://x.test/1']);
  expect(await storyOf(scene, { guild: '2' })).toMatchObject({ pledge: { confirmed: true } });
});
