// What a wake, the sender and a start ask of the database goes by an index, however many rows there are.
import { expect, test } from 'vitest';
import { channelState, goneChannels, tryHeld } from '../../src/store/channel-states.ts';
import type { Db } from '../../src/store/define.ts';
import { dueChannels, nextOwed, nextOwedAt, owedOf } from '../../src/store/deliveries.ts';
import { parentsOf } from '../../src/store/finds.ts';
import {
  anyGuildWatches,
  askedByGuildsOnly,
  forgetAdditions,
  guildWatches,
  lapseMutes,
} from '../../src/store/guilds.ts';
import { countModels, newestModels } from '../../src/store/listing.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { countTargets, poolState } from '../../src/store/pools.ts';
import { dropSettledBefore } from '../../src/store/settling.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { standingRows } from '../../src/store/standing-rows.ts';
import { dropUnwatchedOf, hurryTargets, nextTargets, targetsById } from '../../src/store/targets.ts';
import { dropVerdictsBefore } from '../../src/store/verdicts.ts';
import { fileWatches, watchesOn } from '../../src/store/watches.ts';

const at = '2026-03-02T12:00:00.000Z';

const asked: Readonly<Record<string, (db: Db) => Promise<unknown>>> = {
  'who is due': (db) => dueChannels(db, at, 64),
  'when the next is due': (db) => nextOwedAt(db, at),
  'what a channel is owed next': (db) => nextOwed(db, 'releases', at),
  'what is owed of a story': (db) => owedOf(db, ['s']),
  'the state of a channel': (db) => channelState(db, 'releases'),
  'channels that are gone': goneChannels,
  'channels on hold': (db) => db.batch(tryHeld(at)),
  'mutes that are over': (db) => lapseMutes(db, at),
  'what is due in a pool': (db) => nextTargets(db, { pool: 'github', now: at, limit: 100, askers: 'file' }),
  'how many a pool has': (db) => countTargets(db, 'github'),
  'the state of a pool': (db) => poolState(db, 'github'),
  'targets by id': (db) => targetsById(db, ['t']),
  'watches of targets': (db) => watchesOn(db, ['t']),
  'watches of the file': fileWatches,
  'how the watches of the file stand': standingRows,
  'the newest models': (db) => newestModels(db, 30, 60),
  'how many models': countModels,
  'watches of a guild': (db) => guildWatches(db, '1'),
  'whether a guild watches anything': anyGuildWatches,
  'what only guilds ask for': (db) => askedByGuildsOnly(db, ['t']),
  'what found a target': (db) => parentsOf(db, ['t']),
  'what is hurried': (db) => db.batch(hurryTargets(['t'], at)),
  'what a channel that is gone leaves': (db) => forgetAdditions(db, 'guild:1:2'),
  'what nobody watches any more': (db) => db.batch(dropUnwatchedOf(['t'])),
  'what retention drops': (db) => db.batch([dropSettledBefore(at), dropVerdictsBefore(at)]),
};

test.each(Object.keys(asked))('%s', async (name) => {
  const real = await openSqlite(':memory:');
  await migrate(real, migrations);
  const texts: { readonly sql: string; readonly params: readonly (string | number | null)[] }[] = [];
  const db: Db = {
    ...real,
    all: (sql, params = []) => {
      texts.push({ sql, params });
      return real.all(sql, params);
    },
    batch: (statements) => {
      texts.push(...statements);
      return real.batch(statements);
    },
  };
  await asked[name]?.(db);
  expect(texts).not.toEqual([]);
  for (const { sql, params } of texts) {
    const plan = await real.all(`EXPLAIN QUERY PLAN ${sql}`, params);
    const steps = plan.map(({ detail }) => String(detail));
    // An index over few rows may be read from end to end; a table, or an index over all its rows, may not.
    expect(
      steps.filter((step) => /^SCAN (?!.*(deliveries_due|channels_gone|channels_held|CONSTANT ROW))/.test(step)),
    ).toEqual([]);
  }
  await real.close();
});
