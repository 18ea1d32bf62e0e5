// Figures about what landed: how many each month, and how soon they were told. Only reads.
import type { Db } from '../store/define.ts';
import { firstTold, landingsByMonth, listStories, type MonthCount } from '../store/listing.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { publicStories } from './listing.ts';

const months = 13;
const latest = 150;

/** Counts of the last months, including the current one. */
export async function monthlyLandings(db: Db, now: Iso): Promise<readonly MonthCount[]> {
  const date = new Date(now);
  return landingsByMonth(db, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)).toISOString());
}

/**
 * Milliseconds from publication to the first message that arrived, by story. Stories that were opened before the publication
 * are left out, because their first message was about something earlier.
 */
export async function delaysOf(db: Db, stories: readonly Story[]): Promise<ReadonlyMap<string, number>> {
  const dated = stories.filter(
    ({ publishedAt, marks }) => publishedAt !== null && marks.some(({ turn }) => turn === 'released'),
  );
  const told = await firstTold(
    db,
    dated.map(({ id }) => id),
  );
  return new Map(
    dated.flatMap(({ id, publishedAt, openedAt }) => {
      const at = told.get(id);
      if (at === undefined || publishedAt === null || openedAt < publishedAt) return [];
      const ms = Date.parse(at) - Date.parse(publishedAt);
      return ms >= 0 ? [[id, ms] as const] : [];
    }),
  );
}

/** The delays of the latest landings. */
export async function latestDelays(db: Db): Promise<readonly number[]> {
  const rows = await listStories(db, { stage: 'released' }, null, latest);
  const shown = await publicStories(
    db,
    rows.map(({ story }) => story),
  );
  return [...(await delaysOf(db, shown)).values()];
}
