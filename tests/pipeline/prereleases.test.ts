// A prerelease that nobody asked for stays silent on every road; a bare tag is told as a tag.
import { expect, test } from 'vitest';
import { createReader } from '../../src/app/names.ts';
import { messagesFor } from '../../src/messages/index.ts';
import { headline } from '../../src/messages/turns.ts';
import { why } from '../../src/reports/why.ts';
import type { Observation } from '../../src/types/core.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { heard, loses, shows, staged, storyOf } from '../support/guilds/guilds.ts';
import { seen } from '../support/pipeline.ts';
import { type Staged, watchOn } from '../support/worker.ts';

const repo = 'github:o/r';
const about = (name: string): string => `${repo}@${name}`;

function tag(name: string, commit: string, over: Partial<Observation> = {}): Observation {
  const facts = { tag: name, commit, ...over.facts };
  return seen(`tag:${name}`, {
    kind: 'tag',
    about: about(name),
    subject: name,
    title: name,
    fingerprint: commit,
    ...over,
    facts,
  });
}

function release(name: string, prerelease: boolean): Observation {
  const fingerprint = `${prerelease ? 'prerelease' : 'release'} ${name}`;
  return seen(`release:${name}`, {
    about: about(name),
    subject: name,
    title: name,
    fingerprint,
    facts: { tag: name, prerelease },
  });
}

async function wanting(scene: Staged, prereleases: boolean): Promise<void> {
  const spec = JSON.stringify({ ...watchOn(repo), filters: { ...watchOn(repo).filters, prereleases } });
  await scene.worker.db.batch([{ sql: 'UPDATE watches SET spec = $1', params: [spec] }]);
}

async function said(scene: Staged, name: string): Promise<string> {
  const story = await storyOf(scene, 'file', about(name));
  return story === undefined ? '' : headline(story, messagesFor('en'));
}

const quiet = { sort: 'trait' as const };

test.each(['nightly', 'continuous'])('a rolling %s is silent night after night', async (name) => {
  const scene = await staged(repo);
  await shows(scene, repo, tag(name, 'a', quiet), release(name, true));
  for (const commit of ['b', 'c']) {
    await loses(scene, repo, [`release:${name}`, `tag:${name}`]);
    await shows(scene, repo, tag(name, commit));
    await shows(scene, repo, tag(name, commit, quiet), release(name, true));
    await shows(scene, repo, tag(name, `${commit}2`, quiet));
  }
  expect(heard(scene, 'releases')).toEqual([]);
});

test('the tag of a prerelease that is pushed before its release is silent for good', async () => {
  const scene = await staged(repo);
  await shows(scene, repo, tag('v2.0.0-rc1', 'a', { facts: { prerelease: true } }));
  await shows(scene, repo, tag('v2.0.0-rc1', 'a', quiet), release('v2.0.0-rc1', true));
  expect(heard(scene, 'releases')).toEqual([]);
});

test('where prereleases are told it waits some minutes, and is one message with its release', async () => {
  const scene = await staged(repo);
  await wanting(scene, true);
  await shows(scene, repo, tag('v2.0.0-rc1', 'a', { facts: { prerelease: true } }));
  expect(heard(scene, 'releases')).toEqual([]);
  scene.answers.delete(repo);
  const before = scene.clock.now;
  scene.clock.now += 60_000;
  await shows(scene, repo, tag('v2.0.0-rc1', 'a', quiet), release('v2.0.0-rc1', true));
  expect(scene.clock.now).toBeGreaterThan(before);
  expect(heard(scene, 'releases')).toEqual(['card']);
  expect(await said(scene, 'v2.0.0-rc1')).toBe('new release');
});

test('one whose release never comes is told as a tag after these minutes', async () => {
  const scene = await staged(repo);
  await wanting(scene, true);
  await shows(scene, repo, tag('v2.0.0-rc1', 'a', { facts: { prerelease: true } }));
  scene.clock.now += 6 * 60_000;
  await deliverDue(scene.worker, AbortSignal.timeout(10_000));
  expect(heard(scene, 'releases')).toEqual(['card']);
  expect(await said(scene, 'v2.0.0-rc1')).toBe('new tag');
});

test('another bare tag is told at once as a tag; its release makes the card say so and rings for nothing', async () => {
  const scene = await staged(repo);
  await shows(scene, repo, tag('v2.0.0', 'a'));
  expect(heard(scene, 'releases')).toEqual(['card']);
  expect(await said(scene, 'v2.0.0')).toBe('new tag');
  await shows(scene, repo, tag('v2.0.0', 'a', quiet), release('v2.0.0', false));
  expect(heard(scene, 'releases')).toEqual(['card']);
  expect(await said(scene, 'v2.0.0')).toBe('new release');
});

test('a release whose tag was corrected is an edit of its card', async () => {
  const scene = await staged(repo);
  await shows(scene, repo, release('1.1', false));
  heard(scene, 'releases');
  const corrected = {
    ...release('1.1', false),
    title: 'v1.1',
    subject: 'v1.1',
    facts: { tag: 'v1.1', prerelease: false },
  };
  await shows(scene, repo, corrected);
  expect(heard(scene, 'releases')).toEqual(['card']);
  expect(await storyOf(scene, 'file', about('1.1'))).toMatchObject({ name: 'o/r v1.1' });
});

test('a prerelease of a tag that was told changes no card, and `why` does not say that it was not told', async () => {
  const scene = await staged(repo);
  await shows(scene, repo, tag('v2.0.0', 'a'));
  heard(scene, 'releases');
  await shows(scene, repo, tag('v2.0.0', 'a', quiet), release('v2.0.0', true));
  expect(heard(scene, 'releases')).toEqual([]);
  expect(await said(scene, 'v2.0.0')).toBe('new tag');
  const deps = { db: scene.worker.db, read: createReader().read, linkOf: () => null, now: '2026-03-03T00:00:00.000Z' };
  const stages = (await why(deps, 'v2.0.0')).flatMap((one) => one.stages.map(({ text }) => text));
  expect(stages.join('\n')).toContain('no message of its own: it is a prerelease');
  expect(stages.join('\n')).not.toContain('not told');
});
