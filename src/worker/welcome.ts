// The welcome to the channels of the default watch list: what is watched, once per channel and database.
import { isGuildChannel } from '../guilds/context.ts';
import { noticeStatement } from '../outbox/notice.ts';
import { countRemembered } from '../store/items.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';

/** Makes a welcome owed to every open channel of the file that had none; true when something has become owed. */
export async function welcome(worker: Pick<Worker, 'config' | 'db' | 'now' | 'words' | 'holds'>): Promise<boolean> {
  const { config, db } = worker;
  const nowMs = worker.now();
  const now = iso(nowMs);
  const lease = await worker.holds.hold('welcome');
  if (lease === null) return false;
  try {
    const { models } = await countRemembered(db);
    const counts = { places: config.targets.length, models };
    let owed = false;
    for (const { name, on, locale } of config.channels) {
      if (!on || isGuildChannel(name) || (await readMeta(db, `welcomed:${name}`)) !== null) continue;
      const words = worker.words(locale, { kind: 'watching', what: [], reason: null, counts });
      await db.batch([
        ...lease.guard(),
        noticeStatement(name, { about: 'watching', said: words, seq: nowMs * 1000 }, now),
        saveMeta(`welcomed:${name}`, now),
      ]);
      owed = true;
    }
    return owed;
  } finally {
    await lease.release();
  }
}
