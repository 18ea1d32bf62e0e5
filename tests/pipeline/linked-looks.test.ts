// A link to a lab's own repository in an entry makes the targets that somebody watches there due at once, within bounds.
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/types/core.ts';
import { account, adds, article, b, press, shows, staged } from '../support/guilds/guilds.ts';
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

test('at most five an entry, and twenty entries an hour', async () => {
  const repos = Array.from({ length: 7 }, (_, index) => `huggingface:xai-org/model-${index}`);
  const scene = await staged(...repos, press);
  const text = repos.map((id) => `https://huggingface.co/${id.slice('huggingface:'.length)}`).join(' ');
  expect(await hot(scene, linking(scene, { text }), ...repos)).toEqual(repos.slice(0, 5));
  const many = Array.from({ length: 25 }, (_, index) => ({
    ...article(scene, `Landing ${index}`),
    targetId: press,
    url: 'https://huggingface.co/xai-org/model-0',
  }));
  scene.clock.now += dayMs;
  scene.answers.set(press, fresh(many.slice(0, 20)));
  await scene.look(press);
  await scene.worker.db.batch([{ sql: 'UPDATE targets SET hot = 0', params: [] }]);
  scene.answers.set(press, fresh([...many, seen('x', { targetId: press, kind: 'entry' })]));
  await scene.look(press);
  expect((await scene.row(repos[0] ?? '')).hot).toBe(false);
});

test("a guild's entries cost the file no look", async () => {
  const scene = await staged(account, repo);
  await adds(scene, b, press);
  expect(await hot(scene, linking(scene, { url: 'https://huggingface.co/xai-org/grok-9' }), account, repo)).toEqual([]);
});
