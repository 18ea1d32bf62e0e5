// A landing is heard: what joins a story a day or more after its release, or after its first telling where there was only news.
import { describe, expect, test } from 'vitest';
import type { Draft } from '../../src/channels/define.ts';
import { account, article, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';
import { dayMs, type Staged } from '../support/worker.ts';

const day = { facts: { files: 1, bytes: 1e9 } };

/** The turns that rang in the channel since it was last asked, each with what it names. */
function rang(scene: Staged): readonly (readonly [string, string | null])[] {
  const said = scene.said.splice(0).map(({ draft }) => draft);
  return said
    .filter((draft): draft is Extract<Draft, { form: 'reply' }> => draft.form === 'reply')
    .flatMap(({ turns }) => turns.map(({ turn, detail }) => [turn, detail] as const));
}

async function released(): Promise<Staged> {
  const scene = await staged(account, press);
  await shows(scene, account, model('xai-org/grok-9-8b', day));
  rang(scene);
  return scene;
}

describe('weights of a further size or variant', () => {
  test.each<[string, string, number, boolean]>([
    ['another size, a day later', 'xai-org/grok-9-70b', 1, true],
    ['another variant, three weeks later', 'xai-org/grok-9-8b-instruct', 21, true],
    ['another size, hours later', 'xai-org/grok-9-70b', 0, false],
    ['the same in another format', 'xai-org/grok-9-8b-GGUF', 3, false],
    ['the same, quantised', 'xai-org/grok-9-8b-FP8', 3, false],
  ])('%s', async (_, id, days, rings) => {
    const scene = await released();
    scene.clock.now += days * dayMs;
    await shows(scene, account, model('xai-org/grok-9-8b', day), model(id, day));
    expect(rang(scene)).toEqual(rings ? [['weights arrived', id]] : []);
    await shows(scene, account, model('xai-org/grok-9-8b', day), model(id, { facts: { files: 2, bytes: 1e9 } }));
    expect(rang(scene)).toEqual([]);
  });

  test('after 30 days they are a card of their own', async () => {
    const scene = await released();
    scene.clock.now += 31 * dayMs;
    await shows(scene, account, model('xai-org/grok-9-8b', day), model('xai-org/grok-9-70b', day));
    expect(heard(scene, 'releases')).toEqual(['card']);
  });
});

describe('only news says so', () => {
  const rumour = 'Rumour: xAI to release Grok 9 weights, leak suggests';

  test('that the weights are here: it rings once, and the stage stays as it was', async () => {
    const scene = await staged(account, press);
    await shows(scene, press, article(scene, rumour));
    scene.clock.now += 2 * dayMs;
    rang(scene);
    await shows(scene, press, article(scene, 'xAI open-sources Grok 9'));
    expect(rang(scene)).toEqual([['said to be out', null]]);
    expect(await storyOf(scene, 'file')).toMatchObject({ stage: 'reported', releasedAt: null });
    await shows(scene, press, article(scene, 'Grok 9 is now open source, weights on Hugging Face'));
    expect(rang(scene)).toEqual([]);
    await shows(scene, account, model('xai-org/grok-9', day));
    expect(rang(scene)).toEqual([['released', null]]);
  });

  test('that a further size is out', async () => {
    const scene = await released();
    scene.clock.now += 2 * dayMs;
    const title = 'xAI open-sources Grok 9 70B';
    await shows(scene, press, article(scene, title));
    expect(rang(scene)).toEqual([['said to be out', title]]);
    await shows(scene, press, article(scene, 'xAI open-sources Grok 9'));
    expect(rang(scene)).toEqual([]);
    await shows(scene, account, model('xai-org/grok-9-8b', day), model('xai-org/grok-9-70b', day));
    expect(rang(scene)).toEqual([['weights arrived', 'xai-org/grok-9-70b']]);
  });

  test('and that on the day of its first telling is told by the card alone', async () => {
    const scene = await staged(account, press);
    await shows(scene, press, article(scene, rumour));
    rang(scene);
    await shows(scene, press, article(scene, 'xAI open-sources Grok 9'));
    expect(rang(scene)).toEqual([]);
  });
});
