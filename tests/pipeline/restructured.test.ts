// A site that gave everything new links and ids: no flood, one notice, and what is new from then on is told.
import { expect, test } from 'vitest';
import type { Observation } from '../../src/types/core.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { channelConfig, configOf, hourMs, type Staged, stage, statusOf } from '../support/worker.ts';

const press = 'feed:https://press.test/ai.xml';
const titles = ['A quiet week in models', 'How we measure tokens', 'Notes from a conference', 'A new office', 'Hiring'];

function entry(title: string, site: string, publishedAt: string | null = '2026-02-20T08:00:00.000Z'): Observation {
  const url = `${site}/${encodeURIComponent(title)}`;
  return seen(url, { targetId: press, kind: 'entry', about: `feed:${url}`, subject: title, title, url, publishedAt });
}

async function shows(scene: Staged, entries: readonly Observation[]): Promise<readonly (readonly [string, string])[]> {
  scene.clock.now += hourMs;
  scene.answers.set(press, fresh(entries));
  await scene.look(press);
  await deliverDue(scene.worker, AbortSignal.timeout(10_000));
  return scene.said.splice(0).map(({ channel, draft }) => [channel, draft.form] as const);
}

async function begun(entries: readonly Observation[]): Promise<Staged> {
  const channels = [channelConfig('releases'), channelConfig('operators', { operator: true })];
  const scene = await stage({ config: configOf({ channels }), targets: [press] });
  await shows(scene, entries);
  return scene;
}

async function restructured(scene: Staged): Promise<boolean> {
  return (await statusOf(scene)).watches.some((watch) => watch.restructured !== null);
}

const old = titles.map((title) => entry(title, 'https://press.test/old'));
const moved = titles.map((title) => entry(title, 'https://press.test/new'));

test('is one notice to operators and shown in `status`; the next new entry is told', async () => {
  const scene = await begun(old);
  expect(await restructured(scene)).toBe(false);
  expect(await shows(scene, moved)).toEqual([['operators', 'notice']]);
  expect(await restructured(scene)).toBe(true);
  expect(
    await shows(scene, [entry('Something new', 'https://press.test/new', '2026-03-02T13:00:00.000Z'), ...moved]),
  ).toEqual([['releases', 'card']]);
});

test('what is really new among it is told', async () => {
  const scene = await begun(old);
  const news = entry('Something new', 'https://press.test/new', '2026-03-02T13:00:00.000Z');
  const said = (await shows(scene, [news, ...moved])).map(([channel]) => channel);
  expect(new Set(said)).toEqual(new Set(['operators', 'releases']));
  expect(said).toHaveLength(2);
});

test.each<[string, readonly Observation[]]>([
  ['other titles', titles.map((title) => entry(`${title}, part two`, 'https://press.test/new'))],
  [
    'the same titles on other days',
    titles.map((title) => entry(title, 'https://press.test/new', '2026-03-01T08:00:00.000Z')),
  ],
])('a page of which all is new is told as that: %s', async (_, entries) => {
  const scene = await begun(old);
  expect(await shows(scene, entries)).toEqual(titles.map(() => ['releases', 'card']));
  expect(await restructured(scene)).toBe(false);
});
