// Brings the database in line with the configuration before the first look of a run.

import { tryHeld } from '../store/channel-states.ts';
import { chunks } from '../store/rows.ts';
import { speakBy } from '../store/settling.ts';
import { dropUnwatched, insertTarget, lookSoon, newTargetRow } from '../store/targets.ts';
import { dropWatches, fileWatches, saveWatch } from '../store/watches.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';
import { registerPledges } from './file-pledges.ts';
import { rekeyStories } from './rekey-stories.ts';

/** A long list is written a part at a time: no single answer of a server is waited for long, and a cut loses one part. */
const slice = 500;

/**
 * New watches begin, watches that were taken out end and forget what they knew, changed options take effect. Watches added
 * from Discord stay as they are.
 */
export async function registerWatches(worker: Worker): Promise<void> {
  const { config, db, sources } = worker;
  const now = iso(worker.now());
  const wanted = new Set(config.watches.map((watch) => watch.id));
  const stored = await fileWatches(db);
  const ended = stored.filter((watch) => !wanted.has(watch.id)).map((watch) => watch.id);
  const targets = config.targets.map((target) => {
    const pool = sources.get(target.source)?.pool(target) ?? target.source;
    const row = newTargetRow(target, pool, now);
    return [insertTarget(row), lookSoon(row)];
  });
  // Each part may be written twice: whoever is cut between two begins anew.
  const statements = [
    ...dropWatches(ended),
    ...config.watches.map((watch) => saveWatch(watch, now)),
    ...dropUnwatched(),
    ...targets.flat(),
    // Whoever mends a token or a permission starts anew, and need not wait for the hour.
    ...tryHeld(now),
    ...config.channels
      .filter(({ quiet, digest }) => quiet === null && digest === 'off')
      .map(({ name }) => speakBy(name, now)),
  ];
  for (const part of chunks(statements, slice)) await db.batch(part);
  // A first start, or one with another list: until now the planner took these tables for empty.
  await db.analyse();
  await rekeyStories(worker);
  await registerPledges(worker);
}
