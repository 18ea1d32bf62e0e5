// The first word to a channel of the built-in list: what is watched, once for each channel and database.
import { isGuildChannel } from '../guilds/context.ts';
import { noticeStatement } from '../outbox/notice.ts';
import { countRemembered } from '../store/items.ts';
import { claimLease, releaseLease } from '../store/leases.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';

const lease = 'welcome';
const leaseMs = 30_000;

/** Owes every open channel of the file its welcome, unless it had one; true when something is owed now. */
export async function welcome(worker: Pick<Worker, 'config' | 'db' | 'now' | 'words' | 'holder'>): Promise<boolean> {
  const { config, db, holder } = worker;
  const nowMs = worker.now();
  const now = iso(nowMs);
  if (!(await claimLease(db, lease, holder, now, iso(nowMs + leaseMs)))) return false;
  try {
    const { models } = await countRemembered(db);
    const counts = { places: config.targets.length, models };
    let owed = false;
    for (const { name, on, locale } of config.channels) {
      if (!on || isGuildChannel(name) || (await readMeta(db, `welcomed:${name}`)) !== null) continue;
      const words = worker.words(locale, { kind: 'watching', what: [], reason: null, counts });
      await db.batch([noticeStatement(name, 'watching', words, nowMs * 1000, now), saveMeta(`welcomed:${name}`, now)]);
      owed = true;
    }
    return owed;
  } finally {
    await releaseLease(db, lease, holder);
  }
}
