// "You'll be told the next one": what comes after the preview is told, whenever the next look is; what it showed is not.
import { describe, expect, it } from 'vitest';
import { addWatch, previewWatch } from '../../src/guilds/add-watch.ts';
import type { GuildChannelIds, GuildContext } from '../../src/guilds/context.ts';
import { createPreviews } from '../../src/scheduler/previews.ts';
import { sources } from '../../src/sources/index.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { channelConfig, configOf, type Staged, stage } from '../support/worker.ts';

const feed = 'feed:https://lab.test/news.xml';
const place: GuildChannelIds = { guild: '1', channel: '2' };
const minuteMs = 60_000;

function contextOf({ worker, clock }: Staged): GuildContext {
  return {
    ...worker,
    now: () => clock.now,
    kinds: sources,
    previews: createPreviews(),
    isModel: () => true,
    labWatches: () => null,
    fileChannel: () => null,
    changed: () => Promise.resolve(),
  };
}

async function add(staged: Staged): Promise<void> {
  const scene = contextOf(staged);
  const wish = { kind: 'feed', target: feed.slice(5), include: null, exclude: null };
  const preview = await previewWatch(scene, place, wish, AbortSignal.timeout(10_000));
  if (preview.kind !== 'ready') throw new Error(JSON.stringify(preview));
  expect(await addWatch(scene, preview.draft)).toMatchObject({ kind: 'added' });
}

function shows(staged: Staged, ...keys: readonly string[]): void {
  const entry = (key: string) =>
    seen(key, { targetId: feed, kind: 'entry', about: `${feed}@${key}`, publishedAt: null });
  staged.answers.set(feed, fresh(keys.map(entry)));
}

/** What each channel was told, by key. */
async function told(staged: Staged): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await staged.worker.db.all('SELECT watch_id, key FROM verdicts WHERE told = 1 ORDER BY at, key');
  const by = Map.groupBy(rows, (row) => (String(row.watch_id).startsWith('file') ? 'file' : 'guild'));
  return Object.fromEntries([...by].map(([who, list]) => [who, list.map(({ key }) => String(key))]));
}

async function watching(): Promise<Staged> {
  const channels = [channelConfig('releases'), channelConfig('guild:1:2')];
  const staged = await stage({ config: configOf({ channels }), targets: [feed] });
  shows(staged, 'a');
  await staged.look(feed);
  staged.clock.now += 5 * minuteMs;
  return staged;
}

describe('a watch on what is watched already', () => {
  it('is told of what came after the preview and not of what it showed', async () => {
    const staged = await watching();
    shows(staged, 'a', 'b');
    await add(staged);
    shows(staged, 'a', 'b', 'c');
    staged.clock.now += 10 * minuteMs;
    await staged.look(feed);
    expect(await told(staged)).toEqual({ file: ['b', 'c'], guild: ['c'] });
    shows(staged, 'a', 'b', 'c', 'd');
    staged.clock.now += 10 * minuteMs;
    await staged.look(feed);
    expect(await told(staged)).toEqual({ file: ['b', 'c', 'd'], guild: ['c', 'd'] });
  });

  it('never floods: after a long silence of ours everything that is there is quiet', async () => {
    const staged = await watching();
    const many = Array.from({ length: 150 }, (_, index) => `m${index}`);
    shows(staged, 'a', ...many);
    await add(staged);
    staged.clock.now += 10 * minuteMs;
    await staged.look(feed);
    expect((await told(staged)).guild).toBeUndefined();
  });
});

it('a watch on what nobody looked at yet begins with its first look', async () => {
  const staged = await stage({ config: configOf({ channels: [channelConfig('guild:1:2')] }) });
  shows(staged, 'a');
  await add(staged);
  await staged.look(feed);
  shows(staged, 'a', 'b');
  staged.clock.now += 10 * minuteMs;
  await staged.look(feed);
  expect(await told(staged)).toEqual({ guild: ['b'] });
});
