// A link to a lab's own repository in an entry makes the targets that somebody watches there due at once, within bounds.
import { describe, expect, test } from 'vitest';
import type { PassReport } from '../../src/pipeline/run.ts';
import { storiesByKey } from '../../src/store/stories.ts';
import { dropWatches } from '../../src/store/watches.ts';
import type { Observation, PollResult } from '../../src/types/core.ts';
import type { Story } from '../../src/types/story.ts';
import { account, adds, article, b, c, grok9, press, shows, staged } from '../support/guilds/guilds.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { dayMs, type Staged } from '../support/worker.ts';

const repo = 'huggingface:xai-org/grok-9';
const code = 'github:xai-org/grok-9';

/** Which of these are due now, and hot. */
async function hot(scene: Staged, entry: Observation, ...ids: readonly string[]): Promise<readonly string[]> {
  const later = new Date(scene.clock.now + 9 * dayMs).toISOString();
  await scene.worker.db.batch([{ sql: 'UPDATE targets SET due_at = $1, hot = 0', params: [later] }]);
  await shows(scene, press, entry);
  const now = new Date(scene.clock.now).toISOString();
  const rows = await Promise.all(ids.map((id) => scene.row(id)));
  return rows.filter((row) => row.hot && (row.dueAt ?? '') <= now).map(({ target }) => target.id);
}

async function showsAll(scene: Staged, ...entries: readonly Observation[]): Promise<PassReport> {
  scene.answers.set(press, fresh(entries.map((entry) => ({ ...entry, targetId: press }))));
  return scene.look(press);
}

async function stories(scene: Staged, scope: Story['scope'] = 'file'): Promise<readonly Story[]> {
  return [...(await storiesByKey(scene.worker.db, scope, [grok9])).values()];
}

const linking = (scene: Staged, over: Partial<Observation>): Observation => ({
  ...article(scene, 'Something landed'),
  ...over,
});

describe('what is watched is due at once', () => {
  test.each<[string, Partial<Observation>]>([
    ['by its own link', { url: 'https://huggingface.co/xai-org/grok-9' }],
    ['by a link in its text', { text: 'Weights: https://huggingface.co/xai-org/grok-9/tree/main (500 GB).' }],
    ['by a link in its markup', { facts: { links: ['https://huggingface.co/xai-org/grok-9'] } }],
    ['by its title', { title: 'xai-org/grok-9 · Hugging Face' }],
  ])('%s', async (_, over) => {
    const scene = await staged(account, repo, code, press);
    expect(await hot(scene, linking(scene, over), account, repo, code)).toEqual([account, repo]);
  });

  test.each<[string, Partial<Observation>]>([
    ["somebody else's account", { url: 'https://huggingface.co/somebody/grok-9' }],
    ['no repository', { url: 'https://huggingface.co/xai-org' }],
    ['another host', { text: 'https://huggingface.co.evil.test/xai-org/grok-9' }],
  ])('not for %s', async (_, over) => {
    const scene = await staged(account, repo, press);
    expect(await hot(scene, linking(scene, over), account, repo)).toEqual([]);
  });
});

test('at most five an entry, and twenty an hour', async () => {
  const repos = Array.from({ length: 25 }, (_, index) => `huggingface:xai-org/model-${index}`);
  const scene = await staged(...repos, press);
  const textOf = (list: readonly string[]): string =>
    list.map((id) => `https://huggingface.co/${id.slice('huggingface:'.length)}`).join(' ');
  expect(await hot(scene, linking(scene, { text: textOf(repos.slice(0, 7)) }), ...repos)).toEqual(repos.slice(0, 5));
  const entries = [5, 10, 15, 20].map((from) => ({
    ...article(scene, `Landing ${from}`),
    targetId: press,
    text: textOf(repos.slice(from, from + 5)),
  }));
  scene.answers.set(press, fresh(entries));
  await scene.look(press);
  const rows = await Promise.all(repos.map((id) => scene.row(id)));
  expect(rows.filter((row) => row.hot).map(({ target }) => target.id)).toEqual(repos.slice(0, 20));
});

describe('what nobody watches is looked at once', () => {
  const led = 'huggingface:xai-org/grok-9';
  const entry = {
    title: 'xAI open-sources Grok 9',
    url: 'https://press.test/grok-9',
    text: 'https://hf.co/xai-org/Grok-9.',
  };
  const weights = (): PollResult =>
    fresh([
      seen('model', { targetId: led, kind: 'model', about: led, title: 'xai-org/grok-9' }),
      seen('weights', { targetId: led, kind: 'weights', about: led, title: 'xai-org/grok-9' }),
    ]);

  test('at once, in the hot lane, and never again by itself', async () => {
    const scene = await staged(press);
    const report = await showsAll(scene, linking(scene, entry));
    expect(report.pools).toEqual(['huggingface']);
    const row = await scene.row(led);
    expect([row.hot, row.dueAt]).toEqual([true, new Date(scene.clock.now).toISOString()]);
    scene.answers.set(led, { kind: 'later', reason: { code: 'look.late', params: {} }, afterMs: null });
    await scene.look(led);
    expect((await scene.row(led)).dueAt).not.toBeNull();
    scene.answers.set(led, weights());
    await scene.look(led);
    expect([(await scene.row(led)).hot, (await scene.row(led)).dueAt]).toEqual([false, null]);
    expect((await stories(scene)).map(({ stage }) => stage)).toEqual(['released']);
  });

  test('it opens no story, and one that is watched later has its looks', async () => {
    const scene = await staged(press);
    await showsAll(scene, linking(scene, { ...entry, title: 'Something landed' }));
    scene.answers.set(led, weights());
    await scene.look(led);
    expect(await stories(scene)).toEqual([]);
    await adds(scene, b, led);
    expect((await scene.row(led)).dueAt).not.toBeNull();
  });

  test("a guild's, by its own measure: not in the hot lane, and seen by that guild alone", async () => {
    const scene = await staged();
    await adds(scene, b, press);
    await showsAll(scene, linking(scene, entry));
    expect((await scene.row(led)).hot).toBe(false);
    scene.answers.set(led, weights());
    await scene.look(led);
    expect(await stories(scene)).toEqual([]);
    expect((await stories(scene, { guild: '2' })).map(({ stage }) => stage)).toEqual(['released']);
  });

  test("a guild's stays a guild's when the one that told of it is gone", async () => {
    const other = 'feed:https://other.test/ai.xml';
    const scene = await staged(other);
    scene.answers.set(other, fresh([{ ...article(scene, entry.title), targetId: other }]));
    await scene.look(other);
    const watch = await adds(scene, b, press);
    const deaf = { ...watch.filters, match: { any: ['nothing of it'], none: [] } };
    await adds(scene, c, press, { filters: deaf });
    await showsAll(scene, linking(scene, entry));
    await scene.worker.db.batch(dropWatches([watch.id]));
    scene.answers.set(led, weights());
    await scene.look(led);
    expect((await stories(scene)).map(({ stage }) => stage)).toEqual(['reported']);
  });

  test('not what is refused, and not where its account is watched', async () => {
    const scene = await staged(account, press);
    const report = await showsAll(scene, linking(scene, entry));
    expect(report.pools).toEqual([]);
  });
});

test("a guild's entries cost the file no look", async () => {
  const scene = await staged(account, repo);
  await adds(scene, b, press);
  expect(await hot(scene, linking(scene, { url: 'https://huggingface.co/xai-org/grok-9' }), account, repo)).toEqual([]);
});
