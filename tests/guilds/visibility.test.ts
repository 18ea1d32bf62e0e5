// What people of a guild are shown: what the file and they themselves watch, and nothing that is private.
import { describe, expect, test } from 'vitest';
import { latestLanded, storiesNamed } from '../../src/guilds/models.ts';
import { promisesHere } from '../../src/guilds/pledges.ts';
import { itemChoices, whyHere } from '../../src/guilds/why.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Observation } from '../../src/types/core.ts';
import { grok } from '../support/channels/stories.ts';
import {
  account,
  adds,
  article,
  b,
  c,
  contextOf,
  heard,
  model,
  press,
  shows,
  staged,
  storyOf,
  three,
  two,
} from '../support/guilds/guilds.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { hourMs, type Staged } from '../support/worker.ts';

async function shown(scene: Staged, place: typeof two, words: string): Promise<readonly (readonly string[])[]> {
  const { db } = scene.worker;
  return [
    (await latestLanded(db, place, { lab: null, since: null, most: 9 })).map(({ name }) => name),
    (await storiesNamed(db, place, words, 9)).map(({ name }) => name),
    (await itemChoices(contextOf(scene), place, words)).map(({ name }) => name),
    (await whyHere(contextOf(scene), place, words)).map(({ title }) => title),
  ];
}

const none = [[], [], [], []];

test('what another guild found in an account is not shown', async () => {
  const scene = await staged();
  await adds(scene, b, account);
  await shows(scene, account, model('xai-org/grok-9'));
  expect(await shown(scene, two, 'grok 9')).toEqual([['Grok 9'], ['Grok 9'], ['Grok 9'], []]);
  expect((await whyHere(contextOf(scene), two, 'grok-9')).map(({ title }) => title)).toEqual(['xai-org/grok-9']);
  expect(await shown(scene, three, 'grok 9')).toEqual(none);
  expect(await shown(scene, three, 'grok-9')).toEqual(none);
});

test('nor what stands in the file’s scope for another guild alone, from before', async () => {
  const scene = await staged();
  await scene.worker.db.batch([saveStory({ ...grok, audience: [b] }, 0)]);
  expect((await shown(scene, two, 'grok 2')).slice(0, 3)).toEqual([['Grok 2'], ['Grok 2'], ['Grok 2']]);
  expect(await shown(scene, three, 'grok 2')).toEqual(none);
  expect((await promisesHere(contextOf(scene), three)).kept).toEqual([]);
});

test('what the file tells is shown to all, also when its channel has gone on with the story of a guild', async () => {
  const scene = await staged(account);
  await shows(scene, account, model('xai-org/grok-9'));
  await adds(scene, b, press, {}, 'releases');
  await shows(scene, press, article(scene, 'xAI open-sources Grok 9'));
  expect((await storyOf(scene, 'file'))?.audience).toEqual([]);
  expect((await shown(scene, three, 'grok-9')).map((names) => names.length)).toEqual([1, 1, 1, 1]);
});

test("why finds what is watched here under any number of another guild's items", async () => {
  const scene = await staged();
  await adds(scene, b, press);
  await shows(scene, press, article(scene, 'Gadget news first'));
  const other = 'feed:https://spam.test/all.xml';
  await adds(scene, c, other);
  await shows(scene, other, ...Array.from({ length: 60 }, (_, index) => article(scene, `Gadget news spam ${index}`)));
  expect((await whyHere(contextOf(scene), two, 'gadget news')).map(({ title }) => title)).toEqual([
    'Gadget news first',
  ]);
});

describe('what is private', () => {
  const repo = 'github:o/r';
  const about = (visibility: 'public' | 'private'): readonly Observation[] => [
    seen('repo', {
      kind: 'repo',
      about: repo,
      fingerprint: 'there',
      title: 'o/r',
      url: 'https://github.com/o/r',
      facts: { visibility },
    }),
    seen('state', {
      kind: 'state',
      sort: 'trait',
      about: repo,
      fingerprint: visibility,
      title: 'o/r',
      facts: { visibility },
    }),
  ];

  async function hidden(): Promise<Staged> {
    const scene = await staged(repo);
    await adds(scene, b, repo);
    return scene;
  }

  test('is told in the channels of the file, and never in a guild', async () => {
    const scene = await hidden();
    await shows(scene, repo, ...about('private'));
    // A look that says nothing of the repository itself.
    await shows(scene, repo, seen('v1'));
    expect([heard(scene, 'releases'), heard(scene, b)]).toEqual([['card', 'card'], []]);
    for (const place of [two, three]) {
      expect(await shown(scene, place, 'o/r')).toEqual(none);
      expect(await shown(scene, place, 'v1')).toEqual(none);
    }
  });

  test("is no evidence in a guild's story of the model", async () => {
    const scene = await staged(account);
    await adds(scene, b, press);
    await shows(scene, press, article(scene, 'xAI will open-source Grok 9 next week, Musk says'));
    heard(scene, b);
    const facts = { visibility: 'private' as const };
    const state = model('xai-org/grok-9', { key: 'state', kind: 'state', sort: 'trait', facts });
    await shows(scene, account, model('xai-org/grok-9'), state);
    expect(heard(scene, b)).toEqual([]);
    expect(await storyOf(scene, { guild: '2' })).toMatchObject({ stage: 'pledged' });
    await adds(scene, c, press);
    await shows(scene, press, article(scene, 'xAI will open-source Grok 9 next week: it says so again'));
    expect(JSON.stringify(await storyOf(scene, { guild: '3' }))).not.toContain('huggingface');
    expect(await storyOf(scene, { guild: '3' })).toMatchObject({ stage: 'pledged' });
  });

  test('is told of once where it was public: that it is so from now on', async () => {
    const scene = await hidden();
    await shows(scene, repo, ...about('public'));
    expect(heard(scene, b)).toEqual(['card']);
    await shows(scene, repo, ...about('private'));
    expect(heard(scene, b)).toEqual(['card', 'reply']);
    await shows(scene, repo, ...about('private'), seen('v1'));
    expect(heard(scene, b)).toEqual([]);
    scene.clock.now += hourMs;
    scene.answers.set(repo, fresh([...about('public'), seen('v1'), seen('v2')]));
    await scene.look(repo);
    expect(await shown(scene, two, 'v2')).toEqual([['o/r v2'], ['o/r v2'], ['o/r v2'], ['v2']]);
  });
});
