// Charts as PNG pictures for messages: drawn as on the board, in English. The drawing code is loaded with the first picture.
import type { Log } from '../infra/log.ts';
import { errorText } from '../infra/log.ts';
import { spreadSeries } from '../reports/spread.ts';
import type { Chart } from '../server/board/charts/figure.ts';
import type { BoardView } from '../server/board/view.ts';
import type { Db } from '../store/define.ts';
import type { WeekPicture } from '../types/picture.ts';
import type { Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import { ownFile } from './files.ts';

export interface Pictures {
  /** The landings of a week; null where no picture can be made. */
  readonly week: (picture: WeekPicture) => Promise<Uint8Array | null>;
  /** A model's popularity; null until there are two days of figures. */
  readonly spread: (db: Db, story: Story) => Promise<Uint8Array | null>;
}

/** A small cache, because people ask for the same models repeatedly. */
const keptAtMost = 20;
/** The characters that the font contains. */
const latin = /^[\u0020-\u017F\u2010-\u2026]+$/u;

export function createPictures(now: () => number, log: Pick<Log, 'warn'>): Pictures {
  const kept = new Map<string, Uint8Array>();
  let broken = false;

  const draw = async (key: string, name: string, chartOf: (view: BoardView) => Promise<Chart>) => {
    const known = kept.get(key);
    if (known !== undefined || broken) return known ?? null;
    try {
      const [{ png, pictureSvg }, { createView }] = await Promise.all([
        import('../server/board/charts/picture.ts'),
        import('../server/board/view.ts'),
      ]);
      const query = new URLSearchParams({ lang: 'en' });
      const view = createView({ path: '/', query, public: true, now: iso(now()), assets: '' }, undefined);
      const made = await png(pictureSvg(await chartOf(view), name), ownFile('font/DejaVuSans-Latin.ttf'));
      const [oldest] = kept.keys();
      if (kept.size >= keptAtMost && oldest !== undefined) kept.delete(oldest);
      kept.set(key, made);
      return made;
    } catch (error) {
      broken = true;
      log.warn(`pictures cannot be made here, messages go without them: ${errorText(error)}`);
      return null;
    }
  };
  return {
    week: (picture) =>
      draw(JSON.stringify(picture), `${picture.from} – ${picture.to}`, async (view) => {
        const { weekChart } = await import('../server/board/charts/week.ts');
        return weekChart(picture.landed, picture.from, picture.to, view);
      }),
    spread: async (db, story) => {
      const series = await spreadSeries(db, story);
      const days = new Set([...series.measures.values()].flat().map(({ day }) => day));
      if (series.released === null || days.size < 2) return null;
      const key = `${story.id} ${[...days].toSorted().at(-1) ?? ''} ${days.size}`;
      return draw(key, latin.test(story.name) ? story.name : 'The model', async (view) => {
        const { spreadChart } = await import('../server/board/charts/spread.ts');
        return spreadChart(series, view);
      });
    },
  };
}
