// Sources that fail again and again or have gone quiet: told once, and once when they work again.
import { describe, expect, it } from 'vitest';
import { pacingWorld } from '../../src/app/open-worker.ts';
import { dropWatches } from '../../src/store/watches.ts';
import type { Observation, PollResult } from '../../src/types/core.ts';
import { deliverDue, once } from '../../src/worker/once.ts';
import { registerWatches } from '../../src/worker/register.ts';
import { troubleOf } from '../../src/worker/source-health.ts';
import { fresh, seen } from '../support/pipeline.ts';
import {
  addWatches,
  channelConfig,
  configOf,
  dayMs,
  guildWatchOn,
  hourMs,
  noon,
  type Staged,
  stage,
  statusOf,
  targetOf,
  watchOn,
} from '../support/worker.ts';

const feed = 'feed:https://lab.test/news.xml';
const later: PollResult = {
  kind: 'later',
  reason: { code: 'document.trouble', params: { status: 503 } },
  afterMs: null,
};
const broken: PollResult = { kind: 'broken', reason: { code: 'document.nothing', params: { status: 404 } } };

const day = (ms: number): string => new Date(ms).toISOString();

function entry(key: string, publishedAt: string | null, targetId = feed): Observation {
  return seen(key, {
    targetId,
    kind: 'entry',
    about: `${targetId}@${key}`,
    url: `https://lab.test/${key}`,
    publishedAt,
  });
}

/** Entries every `gapMs`, the newest `agoMs` ago. */
function habit(count: number, gapMs: number, agoMs: number): readonly Observation[] {
  return Array.from({ length: count }, (_, index) => entry(`e${index}`, day(noon - agoMs - index * gapMs)));
}

/** Ten entries within ten minutes of one day. */
function batch(agoDays: number): readonly Observation[] {
  return habit(10, 60_000, agoDays * dayMs).map((one) => ({ ...one, key: `${agoDays}:${one.key}` }));
}

async function looks(staged: Staged, times: number, everyMs: number, id = feed): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    staged.clock.now += everyMs;
    await staged.look(id);
  }
}

/** Titles and texts that operators got since the last time this was asked. */
async function notices(staged: Staged, channel = 'operators'): Promise<readonly string[]> {
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
  const said = staged.said.splice(0).filter((one) => one.channel === channel);
  return said.flatMap(({ draft }) => (draft.form === 'notice' ? [`${draft.title} | ${draft.text}`] : []));
}

describe('a source that fails', () => {
  it('is told once, after five looks and an hour, and once when it works again', async () => {
    const staged = await stage({ targets: [feed] });
    await staged.look(feed);
    staged.answers.set(feed, later);
    await looks(staged, 5, 10 * 60_000);
    expect(await notices(staged)).toEqual([]);
    await looks(staged, 1, 20 * 60_000);
    const told = `A source keeps failing | ${feed} could not be looked at: 503: the site has a problem of its own`;
    expect(await notices(staged)).toEqual([told]);
    expect(troubleOf(await staged.row(feed))).toBe('failing');
    await looks(staged, 10, hourMs);
    expect(await notices(staged)).toEqual([]);
    staged.answers.delete(feed);
    await looks(staged, 3, hourMs);
    expect(await notices(staged)).toEqual([`A source is back | Working as usual again: ${feed}.`]);
    expect((await staged.row(feed)).reportedAt).toBeNull();
    staged.answers.set(feed, later);
    await looks(staged, 6, 20 * 60_000);
    expect(await notices(staged)).toEqual([told]);
  });

  it('is told after three looks when it is ours to mend', async () => {
    const staged = await stage({ targets: [feed] });
    staged.answers.set(feed, broken);
    await looks(staged, 2, 5 * 60_000);
    expect(await notices(staged)).toEqual([]);
    await looks(staged, 4, 5 * 60_000);
    expect(await notices(staged)).toEqual([
      `A source keeps failing | ${feed} could not be looked at: 404: there is nothing at this address; correct it or take the watch out`,
    ]);
  });

  it('for a moment is nobody’s business', async () => {
    const staged = await stage({ targets: [feed] });
    for (let round = 0; round < 5; round += 1) {
      staged.answers.set(feed, later);
      await looks(staged, 4, hourMs);
      staged.answers.delete(feed);
      await looks(staged, 1, hourMs);
    }
    expect(await notices(staged)).toEqual([]);
  });

  it('with a hundred others for one reason is one notice, and so is their return', async () => {
    const many = Array.from({ length: 100 }, (_, index) => `github:lab/m${index}`);
    const staged = await stage({ sources: { github: {} }, targets: many });
    for (const id of many)
      staged.answers.set(id, {
        kind: 'broken',
        reason: { code: 'github.token-refused', params: { host: 'api.github.test' } },
      });
    for (let count = 0; count < 4; count += 1) {
      staged.clock.now += 5 * 60_000;
      await staged.look(...many.slice(0, 60));
      await staged.look(...many.slice(60));
    }
    const [told, ...more] = await notices(staged);
    expect(more).toEqual([]);
    expect(told).toMatch(/^A source keeps failing \| github:lab\/m0, .*, and 55 more could not .*refused the token/);
    staged.clock.now += 3 * hourMs;
    await staged.look(...many.slice(60));
    expect(await notices(staged)).toHaveLength(1);
    staged.answers.clear();
    await staged.look(...many);
    expect(await notices(staged)).toEqual([
      expect.stringMatching(/^A source is back \| .*: github:lab\/m0, .*, and 95 more\.$/),
    ]);
  });

  it('is nobody’s business when only people in Discord watch it, and fails no run of `once`', async () => {
    const staged = await stage({ targets: [feed] });
    const theirs = Array.from({ length: 7 }, (_, index) => `feed:https://evil.test/BUY-CHEAP-${index}`);
    await addWatches(
      staged,
      theirs.map((id) => guildWatchOn(id)),
    );
    for (const id of theirs) staged.answers.set(id, broken);
    for (let count = 0; count < 5; count += 1) {
      staged.clock.now += hourMs;
      await staged.look(feed, ...theirs);
    }
    for (const id of theirs) staged.answers.delete(id);
    await staged.look(...theirs);
    expect(await notices(staged)).toEqual([]);
    for (const id of theirs) staged.answers.set(id, broken);
    const signal = AbortSignal.timeout(10_000);
    const run = await once(staged.worker, pacingWorld(staged.worker), signal, { looked: () => undefined });
    expect(run.ok).toBe(true);
    expect(run.watches.filter(({ result }) => result === 'broken')).toHaveLength(7);
  });

  it('is told though five others were reported that the file watches no more', async () => {
    const others = Array.from({ length: 5 }, (_, index) => `feed:https://lab.test/${index}`);
    const staged = await stage({ targets: [feed, ...others] });
    for (const id of [feed, ...others]) staged.answers.set(id, broken);
    for (let count = 0; count < 3; count += 1) {
      staged.clock.now += 60_000;
      await staged.look(...others);
    }
    expect(await notices(staged)).toHaveLength(1);
    await addWatches(
      staged,
      others.map((id) => guildWatchOn(id)),
    );
    await staged.worker.db.batch(dropWatches(others.map((id) => `file:${id}`)));
    await looks(staged, 3, 60_000);
    expect(await notices(staged)).toEqual([expect.stringContaining(feed)]);
  });

  it('is told in the language of each operator channel, and to no other', async () => {
    const channels = [
      channelConfig('releases'),
      channelConfig('ops', { operator: true, locale: 'ko' }),
      channelConfig('off', { operator: true, on: false }),
    ];
    const staged = await stage({ config: configOf({ channels }), targets: [feed] });
    staged.answers.set(feed, broken);
    await looks(staged, 3, hourMs);
    expect(await notices(staged, 'ops')).toEqual([expect.stringContaining('확인에 실패했습니다')]);
  });
});

describe('a source that has gone quiet', () => {
  const weekly = (agoMs: number) => fresh(habit(6, 7 * dayMs, agoMs));

  it('is told once beside its habit, though it answers, and once when it goes on', async () => {
    const staged = await stage({ targets: [feed] });
    staged.answers.set(feed, weekly(6 * dayMs));
    await looks(staged, 1, 0);
    staged.answers.delete(feed);
    await looks(staged, 49, dayMs);
    expect(await notices(staged)).toEqual([]);
    await looks(staged, 5, dayMs);
    expect(await notices(staged)).toEqual([
      `A source has gone quiet | ${feed} answers, but nothing new has come for 56 days; usually something comes within 7 days.`,
    ]);
    const { watches } = await statusOf(staged);
    expect(watches[0]).toMatchObject({
      result: 'same',
      trouble: { kind: 'quiet', reportedAt: day(staged.clock.now - 4 * dayMs) },
    });
    staged.answers.set(feed, fresh([entry('new', day(staged.clock.now)), ...habit(6, 7 * dayMs, 6 * dayMs)]));
    await looks(staged, 1, dayMs);
    expect(await notices(staged)).toEqual([`A source is back | Working as usual again: ${feed}.`]);
    expect(troubleOf(await staged.row(feed))).toBeNull();
  });

  it('before it was ever looked at is told at the second look, not with the baseline', async () => {
    const staged = await stage({ targets: [feed] });
    staged.answers.set(feed, fresh(habit(10, dayMs, 400 * dayMs)));
    await staged.look(feed);
    expect(await notices(staged)).toEqual([]);
    staged.answers.delete(feed);
    await looks(staged, 3, hourMs);
    expect(await notices(staged)).toEqual([
      expect.stringContaining('for 400 days; usually something comes within 1 day.'),
    ]);
  });

  it.each([
    ['two weeks of a daily one are the least', fresh(habit(20, dayMs, 10 * dayMs)), 3],
    ['ten entries of one day are one', fresh([20, 50, 80].flatMap((ago) => batch(ago))), 20],
    ['without a habit nothing is unusual', fresh(habit(2, dayMs, 300 * dayMs)), 20],
  ])('%s', async (_, baseline, days) => {
    const staged = await stage({ targets: [feed] });
    staged.answers.set(feed, baseline);
    await staged.look(feed);
    staged.answers.delete(feed);
    await looks(staged, days, dayMs);
    expect(await notices(staged)).toEqual([]);
  });

  it('is no news where silence is usual: a repository', async () => {
    const id = 'github:lab/model';
    const staged = await stage({ sources: { github: {} }, targets: [id] });
    staged.answers.set(id, fresh(habit(6, dayMs, 300 * dayMs).map((one) => ({ ...one, targetId: id }))));
    await staged.look(id);
    staged.answers.delete(id);
    await looks(staged, 3, dayMs, id);
    expect(await notices(staged)).toEqual([]);
  });

  it('and then fails is told both, and what is left when it answers again', async () => {
    const staged = await stage({ targets: [feed] });
    staged.answers.set(feed, fresh(habit(10, dayMs, 100 * dayMs)));
    await staged.look(feed);
    staged.answers.delete(feed);
    await looks(staged, 1, hourMs);
    expect(await notices(staged)).toEqual([expect.stringMatching(/^A source has gone quiet/)]);
    staged.answers.set(feed, later);
    await looks(staged, 6, hourMs);
    expect(await notices(staged)).toEqual([expect.stringMatching(/^A source keeps failing/)]);
    staged.answers.delete(feed);
    await looks(staged, 3, hourMs);
    expect(await notices(staged)).toEqual([expect.stringMatching(/^A source has gone quiet/)]);
  });
});

describe('what is told about sources', () => {
  it('is written with the look or not at all', async () => {
    let meanwhile: () => Promise<unknown> = () => Promise.resolve();
    const poll = async () => {
      await meanwhile();
      return { results: new Map([[feed, broken]]), spent: [] };
    };
    const staged = await stage({ sources: { feed: { poll } }, targets: [feed] });
    await looks(staged, 2, hourMs);
    // Another worker writes the row while this one looks.
    const { db } = staged.worker;
    meanwhile = () => db.batch([{ sql: 'UPDATE targets SET version = version + 1 WHERE id = $1', params: [feed] }]);
    // The other's word is the later one: this look is left aside as a whole.
    await staged.look(feed);
    expect(await notices(staged)).toEqual([]);
    expect((await staged.row(feed)).reportedAt).toBeNull();
    meanwhile = () => Promise.resolve();
    await staged.look(feed);
    expect(await notices(staged)).toHaveLength(1);
  });

  it('is forgotten with the watch', async () => {
    const watches = [watchOn(feed)];
    const staged = await stage({ config: configOf({ targets: [targetOf(feed)], watches }), targets: [feed] });
    staged.answers.set(feed, broken);
    await looks(staged, 3, hourMs);
    await registerWatches({ ...staged.worker, config: configOf() });
    await registerWatches(staged.worker);
    expect(await staged.row(feed)).toMatchObject({ reportedAt: null, fails: 0 });
  });
});
