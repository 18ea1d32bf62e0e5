// How widely a model was used, by days after its release. Only reads.

import type { Db } from '../store/define.ts';
import { type SpreadRow, spreadOf } from '../store/spread.ts';
import type { SpreadFigures, Story } from '../types/story.ts';
import { dayMs } from '../types/time.ts';

export interface SpreadPoint {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Whole days since the release; 0 = that day. */
  readonly after: number;
  readonly value: number;
}

export interface SpreadSeries {
  /** `YYYY-MM-DD`; null = not released. */
  readonly released: string | null;
  /** By the store's name of the measure; each series in the order of its days. */
  readonly measures: ReadonlyMap<string, readonly SpreadPoint[]>;
}

export function seriesOf(rows: readonly SpreadRow[], story: Pick<Story, 'releasedAt'>): SpreadSeries {
  const released = story.releasedAt?.slice(0, 10) ?? null;
  const first = released ?? rows[0]?.day ?? '';
  const after = (day: string): number => Math.round((Date.parse(day) - Date.parse(first)) / dayMs);
  const points = rows.map((row) => ({ ...row, after: after(row.day) })).filter((row) => row.after >= 0);
  return {
    released,
    measures: new Map(
      [...Map.groupBy(points, ({ measure }) => measure)].map(([measure, list]) => [
        measure,
        list.map(({ day, after: days, value }) => ({ day, after: days, value })),
      ]),
    ),
  };
}

export async function spreadSeries(db: Db, story: Pick<Story, 'id' | 'releasedAt'>): Promise<SpreadSeries> {
  return seriesOf(await spreadOf(db, story.id), story);
}

/** The figures of the last known day that is at most `days` after the release; null = nothing is known yet. */
export function figuresAt({ measures }: SpreadSeries, days: number): SpreadFigures | null {
  const known = [...measures.values()].flat().filter(({ after }) => after <= days);
  const last = Math.max(...known.map(({ after }) => after));
  if (known.length === 0 || last < 1) return null;
  const of = (measure: string): number | null =>
    measures.get(measure)?.findLast(({ after }) => after <= last)?.value ?? null;
  return {
    days: last,
    downloads: of('downloadsAll') ?? of('downloads'),
    derivatives: of('derivatives'),
    stars: of('stars'),
    likes: of('likes'),
  };
}
