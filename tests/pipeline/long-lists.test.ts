// First looks at lists of a thousand links and more: put by in slices, and all the same as shorter ones.
import { expect, test } from 'vitest';
import { itemsOf } from '../../src/store/items.ts';
import { verdictsOn } from '../../src/store/verdicts.ts';
import type { Observation } from '../../src/types/core.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { addWatches, hourMs, type Staged, stage, watchOn } from '../support/worker.ts';

const site = 'sitemap:https://lab.test/sitemap.xml';
const count = 1_250;
const dayOf = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();

function link(n: number, over: Partial<Observation> = {}): Observation {
  const url = `https://lab.test/news/${n}`;
  const title = n % 400 === 7 ? `xAI to open-source Grok ${n}` : `a note about lunch ${n}`;
  return seen(url, { targetId: site, kind: 'link', about: `link:${url}`, subject: url, title, url, ...over });
}

const links = Array.from({ length: count }, (_, n) => link(n, { publishedAt: dayOf(n) }));

async function shows(scene: Staged, target: string, list: readonly Observation[]): Promise<readonly string[]> {
  scene.clock.now += hourMs;
  scene.answers.set(target, fresh(list.map((one) => ({ ...one, targetId: target }))));
  await scene.look(target);
  await deliverDue(scene.worker, AbortSignal.timeout(10_000));
  return scene.said.splice(0).map(({ draft }) => ('story' in draft ? draft.story.name : draft.form));
}

const begun = (...targets: readonly string[]): Promise<Staged> =>
  stage({ sources: { sitemap: {}, page: {} }, targets });

test('remembers the same of each link as a short list does', async () => {
  const parts = [1, 2].map((n) => `sitemap:https://lab.test/part${n}.xml`);
  const [one = '', other = ''] = parts;
  const scene = await begun(site, ...parts);
  expect(await shows(scene, site, links)).toEqual([]);
  const whole = await itemsOf(scene.worker.db, site);
  const short = await begun(one, other);
  await shows(short, one, links.slice(0, 700));
  await shows(short, other, links.slice(700));
  const rest = [...(await itemsOf(short.worker.db, one)), ...(await itemsOf(short.worker.db, other))];
  const kept = ([key, { storyKey, nameKey, baseline, goneAt, observation }]: (typeof rest)[number]) => {
    const { targetId: _, ...said } = observation;
    return { key, storyKey, nameKey, baseline, goneAt, said };
  };
  expect([...whole].map(kept).toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual(
    rest.map(kept).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  );
  expect(whole.get('https://lab.test/news/1207')?.storyKey).toMatch(/^model:xai\//);
});

test('a new link of the next look is told, and nothing else', async () => {
  const scene = await begun(site);
  await shows(scene, site, links);
  expect(await shows(scene, site, [link(count, { title: 'A new office' }), ...links])).toEqual(['A new office']);
});

test('whoever asks for the latest gets that, wherever it stands', async () => {
  const scene = await begun();
  await addWatches(scene, [{ ...watchOn(site), firstRun: 'latest' }]);
  const latest = link(900, { title: 'the latest of all', publishedAt: '2026-02-28T00:00:00.000Z' });
  expect(await shows(scene, site, links.toSpliced(900, 1, latest))).toEqual(['the latest of all']);
});

test('what a filter refuses is explained', async () => {
  const scene = await begun();
  const watch = watchOn(site);
  await addWatches(scene, [{ ...watch, filters: { ...watch.filters, include: '/news/1$' } }]);
  await shows(scene, site, links);
  const said = async (n: number) =>
    (await verdictsOn(scene.worker.db, site, `https://lab.test/news/${n}`)).map(({ told, reason }) => [
      told,
      reason.code,
    ]);
  expect(await said(0)).toEqual([[false, 'verdict.not-included']]);
  expect(await said(count - 1)).toEqual([[false, 'verdict.not-included']]);
  expect(await said(1)).toEqual([]);
});

test('a story that a link of it belongs to already hears of it, and no other opens', async () => {
  const page = 'page:https://lab.test/news';
  const scene = await begun(page, site);
  await shows(scene, page, [link(2_000)]);
  expect(await shows(scene, page, [link(700), link(2_000)])).toEqual(['a note about lunch 700']);
  expect(await shows(scene, site, links)).toEqual([]);
  const rows = await scene.worker.db.all('SELECT key FROM stories');
  expect(rows).toEqual([{ key: 'link:https://lab.test/news/700' }]);
  expect((await scene.row(site)).baselineAt).not.toBeNull();
});

test('of a list of models the first thousand are read, and all is remembered', async () => {
  const scene = await begun(site);
  const models = Array.from({ length: 1_500 }, (_, n) => link(n, { title: `xAI to open-source Grok ${n}` }));
  expect(await shows(scene, site, models)).toEqual([]);
  const items = [...(await itemsOf(scene.worker.db, site)).values()];
  expect(items).toHaveLength(1_500);
  const named = items.filter(({ storyKey }) => storyKey.startsWith('model:')).length;
  expect(named).toBeGreaterThanOrEqual(1_000);
  expect(named).toBeLessThan(1_200);
});
