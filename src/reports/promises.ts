// Promises that everybody may see: by state, and each lab's record. Only reads.
import type { Db } from '../store/define.ts';
import { promisedStories } from '../store/story-search.ts';
import type { Iso } from '../types/core.ts';
import type { Pledge, Story } from '../types/story.ts';
import { publicStories } from './listing.ts';

export interface PromisedStory {
  readonly story: Story;
  readonly pledge: Pledge;
  /** When it was kept; null = not yet, or withdrawn. */
  readonly keptAt: Iso | null;
}

export interface LabRecord {
  readonly lab: string;
  readonly onTime: number;
  readonly late: number;
  /** Overdue or withdrawn. */
  readonly broken: number;
  readonly open: number;
}

export interface PromiseReport {
  readonly overdue: readonly PromisedStory[];
  /** Those due first come first; those without a day, last. */
  readonly open: readonly PromisedStory[];
  readonly kept: readonly PromisedStory[];
  readonly late: readonly PromisedStory[];
  readonly withdrawn: readonly PromisedStory[];
  readonly records: readonly LabRecord[];
}

const most = 500;
const latest = '9999';

function keptAt(story: Story): Iso | null {
  return story.marks.findLast(({ turn }) => turn === 'kept' || turn === 'kept late')?.at ?? null;
}

function dueOf({ pledge }: PromisedStory): string {
  return pledge.dueTo ?? pledge.dueFrom ?? latest;
}

/** An unconfirmed promise may be a reporter's interpretation: it is listed, but does not count in a lab's record. */
function recordsOf(promises: readonly PromisedStory[]): readonly LabRecord[] {
  const known = promises.filter(({ story, pledge }) => story.lab !== null && pledge.confirmed);
  return [...Map.groupBy(known, ({ story }) => story.lab ?? '')]
    .map(([lab, list]) => {
      const count = (...states: readonly Pledge['state'][]): number =>
        list.filter(({ pledge }) => states.includes(pledge.state)).length;
      return {
        lab,
        onTime: count('kept'),
        late: count('kept late'),
        broken: count('overdue', 'withdrawn'),
        open: count('open', 'moved'),
      };
    })
    .toSorted((one, other) => one.lab.localeCompare(other.lab));
}

export async function promiseReport(db: Db): Promise<PromiseReport> {
  const stories = await publicStories(db, await promisedStories(db, ['file'], most));
  const promises = stories.flatMap((story): readonly PromisedStory[] =>
    story.pledge === null ? [] : [{ story, pledge: story.pledge, keptAt: keptAt(story) }],
  );
  const of = (...states: readonly Pledge['state'][]): readonly PromisedStory[] =>
    promises
      .filter(({ pledge }) => states.includes(pledge.state))
      .toSorted((one, other) => dueOf(one).localeCompare(dueOf(other)));
  return {
    overdue: of('overdue'),
    open: of('open', 'moved'),
    kept: of('kept').toReversed(),
    late: of('kept late').toReversed(),
    withdrawn: of('withdrawn').toReversed(),
    records: recordsOf(promises),
  };
}
