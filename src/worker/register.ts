// Updates the database to the configuration before the first look of a run.

import { tryHeld } from '../store/channel-states.ts';
import { chunks } from '../store/rows.ts';
import { sendBy } from '../store/settling.ts';
import { insertTarget, lookSoon, newTargetRow } from '../store/targets.ts';
import { dropUnwatched } from '../store/unwatched.ts';
import { dropWatches, fileWatches, saveWatch } from '../store/watches.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';
import { continueTargets } from './continue-targets.ts';
import { registerPledges } from './file-pledges.ts';
import { learnPools } from './learn-pools.ts';
import { rekeyStories } from './rekey-stories.ts';

/** Statements per batch: long lists are written in parts, so that no answer takes long and a failure loses only one part. */
const slice = 500;

/** Adds new watches, deletes removed ones with what they knew, applies changed options. Watches added in Discord are kept. */
export async function registerWatches(worker: Worker): Promise<void> {
  const { config, db, sources } = worker;
  const now = iso(worker.now());
  const wanted = new Set(config.watches.map((watch) => watch.id));
  const known = await fileWatches(db);
  const isEnded = ({ id }: { readonly id: string }): boolean => !wanted.has(id);
  const stored = (await continueTargets(worker, known.filter(isEnded))) ? await fileWatches(db) : known;
  await learnPools(worker, true);
  const ended = stored.filter(isEnded).map((watch) => watch.id);
  const targets = config.targets.map((target) => {
    const pool = sources.get(target.source)?.pool(target) ?? target.source;
    const row = newTargetRow(target, pool, now);
    return [insertTarget(row), lookSoon(row)];
  });
  // Every statement can be repeated: after an interruption, the whole list is written again.
  const statements = [
    ...dropWatches(ended),
    ...config.watches.map((watch) => saveWatch(watch, now)),
    ...dropUnwatched(),
    ...targets.flat(),
    // Somebody may have fixed a token or a permission, so held channels need not wait for the end of the hold.
    ...tryHeld(now),
    ...config.channels
      .filter(({ quiet, digest }) => quiet === null && digest === 'off')
      .map(({ name }) => sendBy(name, now)),
  ];
  for (const part of chunks(statements, slice)) await db.batch(part);
  // After a first start or a new list, the planner would still take these tables for empty.
  await db.analyse();
  await rekeyStories(worker);
  await registerPledges(worker);
}
