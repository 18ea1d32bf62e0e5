// News for more channels than one batch makes owed: all are owed it once, also when the worker is killed on the way.
import { expect, test } from 'vitest';
import { pacingWorld } from '../../src/app/open-worker.ts';
import { finishFanouts } from '../../src/pipeline/finish-fanouts.ts';
import { pass } from '../../src/pipeline/run.ts';
import { openPool } from '../../src/scheduler/pool.ts';
import type { Db } from '../../src/store/define.ts';
import { fanoutPools } from '../../src/store/fanouts.ts';
import { storiesById } from '../../src/store/listing.ts';
import { saveScope } from '../../src/store/scopes.ts';
import { storiesOfKeys } from '../../src/store/stories.ts';
import { saveWatch } from '../../src/store/watches.ts';
import type { Observation, Watch } from '../../src/types/core.ts';
import { fanning, pipelineWorld } from '../../src/worker/context.ts';
import { fresh } from '../support/pipeline.ts';
import { addWatches, channelConfig, configOf, guildWatchOn, type Staged, stage, watchOn } from '../support/worker.ts';

const id = 'github:acme/rocket';
const never = new AbortController().signal;
const guilds = Array.from({ length: 300 }, (_, n) => String(1_000 + n));
const nameOf = (guild: string): string => `guild:${guild}:2`;

function release(tag: string): Observation {
  const about = { about: `${id}@${tag}`, subject: tag, title: tag, url: `https://github.com/acme/rocket/${tag}` };
  const known = { targetId: id, key: `release:${tag}`, fingerprint: tag, kind: 'release', sort: 'thing' } as const;
  return { ...known, ...about, publishedAt: null, lang: null, text: null, facts: {} };
}

/** Every other guild has stories of its own; the rest shares the file's. */
async function staged(): Promise<Staged> {
  const channels = ['releases', ...[...guilds, '999'].map(nameOf)].map((name) => channelConfig(name));
  const scene = await stage({ config: configOf({ channels }), sources: { github: {} } });
  const now = new Date(scene.clock.now).toISOString();
  await addWatches(scene, [watchOn(id), ...guilds.map((guild) => guildWatchOn(id, guild))]);
  const own = guilds.filter((_, n) => n % 2 === 0);
  await scene.worker.db.batch(own.map((guild) => saveScope(nameOf(guild), guild)));
  scene.answers.set(id, fresh([release('v1')]));
  await scene.look(id);
  scene.clock.now += 60_000;
  // Somebody who joins now has the next look as the first.
  const late: Watch = guildWatchOn(id, '999');
  await scene.worker.db.batch([saveWatch(late, now), saveScope(nameOf('999'), '999')]);
  scene.answers.set(id, fresh([release('v2'), release('v1')]));
  return scene;
}

/** Dies at the so-manieth batch: that one is not written any more. */
function dying(db: Db, at: number): Db {
  let left = at;
  return {
    ...db,
    batch: (statements) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('killed')) : db.batch(statements);
    },
  };
}

async function told({ worker: { db } }: Staged) {
  const rows = await db.all('SELECT channel, COUNT(*) AS cards FROM deliveries GROUP BY channel ORDER BY channel');
  const verdicts = await db.all('SELECT watch_id, reason FROM verdicts ORDER BY watch_id');
  const stories = await db.all('SELECT scope FROM stories ORDER BY scope');
  return {
    cards: rows.map(({ channel, cards }) => [channel, cards]),
    verdicts: verdicts.map(({ watch_id, reason }) => [watch_id, reason]),
    stories: stories.map(({ scope }) => scope),
  };
}

async function look(scene: Staged, db: Db): Promise<void> {
  const worker = { ...scene.worker, db };
  const session = await openPool(pacingWorld(worker), 'github');
  await pass(
    pipelineWorld(worker, () => [], session.pacing('main')),
    [await scene.row(id)],
    never,
  );
}

test('each channel is owed it once, each watch has its verdict, and nothing is left', async () => {
  const scene = await staged();
  await scene.look(id);
  const { cards, verdicts, stories } = await told(scene);
  expect(cards).toEqual([...guilds.map(nameOf), 'releases'].toSorted().map((name) => [name, 1]));
  expect(verdicts.filter(([, reason]) => reason === 'verdict.told')).toHaveLength(301);
  expect(verdicts.filter(([, reason]) => reason === 'verdict.first-look')).toEqual([
    ['guild:999:2:github:acme/rocket', 'verdict.first-look'],
  ]);
  expect(stories).toHaveLength(151);
  expect(await fanoutPools(scene.worker.db)).toEqual([]);
  expect(await scene.worker.db.all('SELECT * FROM fanout_parts')).toEqual([]);
});

test('what the stories of many servers say alike stands once, and each is read whole', async () => {
  const scene = await staged();
  await scene.look(id);
  const { db } = scene.worker;
  const rows = await db.all(`SELECT id, LENGTH(doc) AS length, common FROM stories WHERE scope <> 'file'`);
  expect(rows).toHaveLength(150);
  // One for each part of the fan-out: the same words, written again.
  expect(new Set(rows.map(({ common }) => common)).size).toBe(1);
  expect(await db.all('SELECT hash FROM story_docs')).toEqual([{ hash: rows[0]?.common }]);
  expect(Math.max(...rows.map(({ length }) => Number(length)))).toBeLessThan(200);
  const stories = await storiesOfKeys(db, ['file', ...guilds.map((guild) => ({ guild }))], [`${id}@v2`]);
  const [file, ...own] = stories.toSorted((one) => (one.scope === 'file' ? -1 : 1));
  expect(own).toHaveLength(150);
  for (const story of own) {
    const guild = story.scope === 'file' ? '' : story.scope.guild;
    expect(story).toEqual({ ...file, id: story.id, scope: { guild }, audience: [nameOf(guild)], held: undefined });
  }
});

test('a worker that is killed between any two batches is followed by one that goes on where it was', async () => {
  const whole = await staged();
  await whole.look(id);
  const expected = await told(whole);
  for (let at = 0; ; at += 1) {
    const scene = await staged();
    const died = await look(scene, dying(scene.worker.db, at)).then(
      () => false,
      () => true,
    );
    const { worker } = scene;
    const left = fanning(
      worker,
      () => [],
      () => undefined,
    );
    if (at > 0) expect((await fanoutPools(worker.db)).length).toBe(died ? 1 : 0);
    // Nothing was seen without being owed: what is left goes on although the source has nothing new to say.
    if (at > 0) await finishFanouts(left, ['github'], never);
    else await scene.look(id);
    expect(await told(scene)).toEqual(expected);
    if (!died) break;
    expect(at).toBeLessThan(20);
  }
});

test('what comes next waits for what is still to be told', async () => {
  const scene = await staged();
  await expect(look(scene, dying(scene.worker.db, 1))).rejects.toThrow('killed');
  scene.clock.now += 60_000;
  scene.answers.set(id, fresh([release('v3'), release('v2'), release('v1')]));
  await scene.look(id);
  const rows = await scene.worker.db.all('SELECT channel, subject FROM deliveries ORDER BY channel, seq');
  const subjects = [...new Set(rows.map(({ subject }) => String(subject)))];
  const urls = new Map((await storiesById(scene.worker.db, subjects)).map(({ id: story, url }) => [story, url]));
  const byChannel = Map.groupBy(rows, ({ channel }) => channel);
  expect(byChannel.size).toBe(302);
  for (const [channel, list] of byChannel)
    expect(list.map(({ subject }) => /acme\/rocket\/(v\d)/.exec(urls.get(String(subject)) ?? '')?.[1])).toEqual(
      channel === nameOf('999') ? ['v3'] : ['v2', 'v3'],
    );
});

test('a part that always fails is set aside with its reason, and holds up no other; mended, it is told', async () => {
  const whole = await staged();
  await whole.look(id);
  const expected = await told(whole);
  const scene = await staged();
  await expect(look(scene, dying(scene.worker.db, 1))).rejects.toThrow('killed');
  const { worker } = scene;
  const said: string[] = [];
  const log = { ...worker.log, error: (text: string) => void said.push(text) };
  const goOn = () =>
    finishFanouts(
      fanning(
        { ...worker, log },
        () => [],
        () => undefined,
      ),
      ['github'],
      never,
    );
  const parts = () => worker.db.all('SELECT part, doc, fails, not_before, reason FROM fanout_parts ORDER BY part');
  const [first] = await parts();
  expect((await parts()).length).toBeGreaterThan(1);
  const write = (doc: string) =>
    worker.db.batch([{ sql: 'UPDATE fanout_parts SET doc = $1 WHERE part = 0', params: [doc] }]);
  await write('{"channels": 7, "joined": {}}');
  await goOn();
  expect(await parts()).toMatchObject([{ part: 0, fails: 1, reason: expect.stringMatching(/./) }]);
  expect(said).toEqual([expect.stringContaining('making part 0 of news owed')]);
  expect((await told(scene)).cards.length).toBeLessThan(expected.cards.length);
  // Not at each wake, and less often each time.
  await goOn();
  expect(said).toHaveLength(1);
  scene.clock.now += 61_000;
  await goOn();
  const [again] = await parts();
  expect([again?.fails, Date.parse(String(again?.not_before)) - scene.clock.now]).toEqual([2, 120_000]);
  await write(String(first?.doc));
  scene.clock.now += 121_000;
  await goOn();
  expect([await parts(), await told(scene)]).toEqual([[], expected]);
});
