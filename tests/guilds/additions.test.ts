// Additions from Discord: validated, limited, looked at strictly, kept in their channel, and exported as YAML that reads back.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelKinds } from '../../src/channels/index.ts';
import { readConfig } from '../../src/config/read.ts';
import { addWatch, previewWatch, type Wish } from '../../src/guilds/add-watch.ts';
import { additions, settleAdditions, writeAdditions } from '../../src/guilds/additions.ts';
import { setDigest } from '../../src/guilds/channel-settings.ts';
import type { GuildChannelIds, GuildContext } from '../../src/guilds/context.ts';
import { pauseWatch, removeWatch, watchesHere } from '../../src/guilds/watches.ts';
import { createExpressions } from '../../src/infra/regex.ts';
import { inEnglish } from '../../src/messages/reasons/en.ts';
import { createPreviews } from '../../src/scheduler/previews.ts';
import type { Source } from '../../src/sources/define.ts';
import { sources } from '../../src/sources/index.ts';
import type { Db } from '../../src/store/define.ts';
import { guildWatches } from '../../src/store/guilds.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { insertTarget, newTargetRow, targetsById } from '../../src/store/targets.ts';
import type { Look, PollResult } from '../../src/types/core.ts';
import { fresh, seen } from '../support/pipeline.ts';

const place: GuildChannelIds = { guild: '10001', channel: '20001' };
const signal = new AbortController().signal;
const env = { DISCORD_TOKEN: 'token' };

function configured(text: string) {
  const reading = readConfig({
    file: 'landfall.yaml',
    text,
    env,
    readFile: () => '',
    sources,
    channels: channelKinds,
    now: 0,
  });
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.config;
}

let db: Db;
let looks: Look[];
let answer: PollResult;
beforeEach(async () => {
  db = await openSqlite(':memory:');
  await migrate(db, migrations);
  looks = [];
  answer = fresh([]);
});
afterEach(() => db.close());

function contextOf(yaml: string, fileChannel: GuildContext['fileChannel'] = () => null): GuildContext {
  const source = (kind: string): Source => ({
    kind,
    batch: 10,
    pool: () => kind,
    read: () => answer,
    poll: async (asked) => {
      looks.push(...asked);
      return { results: new Map(asked.map(({ target }) => [target.id, answer])), spent: [] };
    },
  });
  return {
    db,
    config: configured(`bot: { commands: true, watchesPerGuild: 3, looksPerHourPerGuild: 4 }\n${yaml}`),
    now: () => Date.parse('2026-03-02T10:00:00Z'),
    sources: new Map(sources.map(({ kind }) => [kind, source(kind)])),
    kinds: sources,
    ...createExpressions(),
    previews: createPreviews(),
    isModel: () => true,
    labWatches: () => null,
    fileChannel,
    changed: async () => undefined,
  };
}

const wish = (kind: string, target: string, change: Partial<Wish> = {}): Wish => ({
  kind,
  target,
  include: null,
  exclude: null,
  ...change,
});

async function add(scene: GuildContext, asked: Wish, where = place) {
  const preview = await previewWatch(scene, where, asked, signal);
  return preview.kind === 'ready' ? addWatch(scene, preview.draft) : preview;
}

describe('a preview', () => {
  it('looks strictly, counts what the filters let through, and stores nothing', async () => {
    const scene = contextOf('');
    const on = { targetId: 'github:o/r' };
    answer = fresh([
      seen('repo', { ...on, kind: 'repo' }),
      seen('v1.0', { ...on, publishedAt: '2025-01-01T00:00:00Z' }),
      seen('v1.1', { ...on, publishedAt: '2025-02-01T00:00:00Z' }),
      seen('v1.2-nightly', { ...on, publishedAt: '2025-03-01T00:00:00Z' }),
      seen('licence', { ...on, kind: 'licence', sort: 'trait' }),
    ]);
    const preview = await previewWatch(scene, place, wish('github', 'o/r', { exclude: '-nightly' }), signal);
    expect(preview).toMatchObject({
      kind: 'ready',
      target: 'github:o/r',
      shown: { there: true, counts: [{ kind: 'release', n: 2 }], newest: 'v1.1', found: 0 },
    });
    expect(looks).toMatchObject([{ strict: true, cursor: null }]);
    expect(await guildWatches(db, null)).toEqual([]);
  });

  it.each([
    [wish('github', 'a b c'), 'invalid'],
    [wish('github', 'o/r', { include: '(' }), 'invalid'],
    [wish('github', 'o/r', { include: '(?:.?){1000}'.repeat(60) }), 'invalid'],
    [wish('github', 'o/r', { exclude: '(?:.?){1000}' }), 'invalid'],
    [wish('feed', 'ftp://x.example/'), 'invalid'],
    [wish('page', 'https://x.example/news ]['), 'invalid'],
    [wish('nonsense', 'o/r'), 'invalid'],
  ])('refuses %j as the file would', async (asked, kind) => {
    expect((await previewWatch(contextOf(''), place, asked, signal)).kind).toBe(kind);
    expect(looks).toEqual([]);
  });

  it('adds nothing that could not be looked at, and does not name our own way out', async () => {
    const where = 'http://10.0.0.1/';
    answer = { kind: 'broken', reason: { code: 'http.private-strict', params: { where, host: '10.0.0.1' } } };
    const preview = await previewWatch(contextOf(''), place, wish('feed', 'http://10.0.0.1/feed'), signal);
    if (preview.kind !== 'not looked at') throw new Error(preview.kind);
    expect(inEnglish(preview.reason)).toBe('http://10.0.0.1/: 10.0.0.1 is a private address');
  });

  it('shows nothing of what only our own token may see', async () => {
    answer = fresh([seen('repo', { kind: 'repo', targetId: 'github:o/r', facts: { visibility: 'private' } })]);
    const preview = await previewWatch(contextOf(''), place, wish('github', 'o/r'), signal);
    expect(preview).toMatchObject({ kind: 'not looked at', reason: { code: 'preview.private' } });
  });

  it('adds no filter that would take too long on what is there', async () => {
    const title = 'open weights '.repeat(40);
    answer = fresh(Array.from({ length: 5_000 }, (_, index) => seen(`e${index}`, { kind: 'entry', subject: title })));
    const asked = wish('feed', 'https://x.example/feed', { include: '(?:.?){40}x?$' });
    expect(await previewWatch(contextOf(''), place, asked, signal)).toMatchObject({
      kind: 'not looked at',
      reason: { code: 'preview.too-much' },
    });
  });

  it('takes a selector after the address of a page', async () => {
    const preview = await previewWatch(contextOf(''), place, wish('page', "https://x.ai/news a[href^='/n/'] "), signal);
    expect(preview).toMatchObject({ kind: 'ready', draft: { target: { shape: "a[href^='/n/']" } } });
  });
});

describe('limits of a guild', () => {
  it('holds no more watches and makes no more looks by hand than allowed', async () => {
    const scene = contextOf('');
    for (const name of ['a', 'b', 'c'])
      expect(await add(scene, wish('github', `o/${name}`))).toMatchObject({ kind: 'added' });
    expect(await add(scene, wish('github', 'o/d'))).toEqual({ kind: 'too many watches', most: 3 });
    await removeWatch(scene, place, 'github:o/a');
    expect((await targetsById(db, ['github:o/a'])).size).toBe(0);
    expect(await add(scene, wish('github', 'o/d'))).toMatchObject({ kind: 'added' });
    await removeWatch(scene, place, 'github:o/d');
    expect(await add(scene, wish('github', 'o/e'))).toEqual({ kind: 'too many looks', most: 4 });
    expect(await add(scene, wish('github', 'o/e'), { guild: '10002', channel: '3' })).toMatchObject({ kind: 'added' });
  });

  it('holds no more watches than allowed, however many buttons are pressed at once', async () => {
    const scene = contextOf('');
    const previews = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => previewWatch(scene, place, wish('github', `o/${name}`), signal)),
    );
    const pressed = await Promise.all(
      previews.map(async (preview) => (preview.kind === 'ready' ? addWatch(scene, preview.draft) : preview)),
    );
    expect(pressed.map(({ kind }) => kind).toSorted()).toEqual(['added', 'added', 'added', 'too many watches']);
    expect(await guildWatches(db, '10001')).toHaveLength(3);
    expect(
      (
        await targetsById(
          db,
          ['a', 'b', 'c', 'd'].map((name) => `github:o/${name}`),
        )
      ).size,
    ).toBe(3);
  });

  it('is told when something is watched already, here or by the file', async () => {
    const yaml = 'channels: { news: { discord: { channel: "20001" } } }\nwatch: [{ github: o/r }]\n';
    const scene = contextOf(yaml, (channel) => (channel === '20001' ? 'news' : null));
    await db.batch(scene.config.targets.map((target) => insertTarget(newTargetRow(target, 'github', null))));
    expect(await add(scene, wish('github', 'o/r'))).toMatchObject({ kind: 'already', by: 'file' });
    expect(await pauseWatch(scene, place, 'o/r')).toEqual({ kind: 'of the file', target: 'github:o/r' });
    await add(scene, wish('github', 'o/s'));
    expect(await add(scene, wish('github', 'o/s'))).toMatchObject({ kind: 'already', by: 'here' });
    expect((await watchesHere(scene, place)).map(({ target, by }) => [target, by])).toEqual([
      ['github:o/r', 'file'],
      ['github:o/s', 'here'],
    ]);
    expect((await guildWatches(db, null)).map(({ watch }) => watch.to)).toEqual([['news']]);
  });
});

describe('export', () => {
  it('reads back as what was added', async () => {
    // What looks like a variable of the file is none.
    const blank = ['$', '{x}"#'].join('');
    const scene = contextOf('');
    expect(writeAdditions(await additions(db, new Set()))).toBe('# nothing was added from Discord\n');
    await add(scene, wish('github', 'o/r', { include: '^v\\d', exclude: blank }));
    await add(scene, wish('page', "https://x.ai/news a[href^='/n/']"));
    await setDigest(scene, place, 'weekly');
    await pauseWatch(scene, place, 'o/r');
    const config = configured(writeAdditions(await additions(db, new Set())));
    expect(config.targets.map(({ id }) => id)).toEqual(['github:o/r', "page:https://x.ai/news#a[href^='/n/']"]);
    expect(config.watches.map(({ filters, to }) => [filters.include, filters.exclude, to])).toEqual([
      ['^v\\d', blank, ['discord-20001']],
      [null, null, ['discord-20001']],
    ]);
    expect(config.channels).toMatchObject([{ name: 'discord-20001', digest: 'weekly', options: { channel: '20001' } }]);
  });

  it('follows a channel into the file and out of it', async () => {
    const scene = contextOf('');
    await add(scene, wish('github', 'o/r'));
    const to = async () => (await guildWatches(db, null)).map(({ watch }) => watch.to);
    await settleAdditions({ ...scene, fileChannel: () => 'news' });
    expect(await to()).toEqual([['news']]);
    expect(writeAdditions(await additions(db, new Set(['news'])))).toBe(
      '# what was added from Discord\nwatch:\n  - github: "o/r"\n    to: ["news"]\n',
    );
    await settleAdditions(scene);
    expect(await to()).toEqual([['guild:10001:20001']]);
  });
});
