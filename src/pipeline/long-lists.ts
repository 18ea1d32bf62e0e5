// First looks at long lists: nearly everything in them is only remembered, and is stored slice by slice.

import type { Db, Statement } from '../store/define.ts';
import { itemsOf, saveListed } from '../store/items.ts';
import { storiesOfAll } from '../store/stories.ts';
import { saveVerdicts } from '../store/verdicts.ts';
import { isNews } from '../stories/news.ts';
import { unread } from '../stories/reading.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';
import { assign, type FreshLook } from './assign.ts';
import { explains, type JudgeContext, type Judging, judgeChanges, judgedLook, setApart } from './judge-changes.ts';
import type { JudgedChange } from './scope-changes.ts';

export interface Remembered {
  readonly statements: readonly Statement[];
  readonly targets: readonly string[];
  /** Times of publication, per target. */
  readonly history: ReadonlyMap<string, readonly Iso[]>;
}

/** Shorter lists are processed whole. */
const longFrom = 1_000;
const slice = 100;
/** After this many entries that concern stories the rest is not read: each takes a quarter of a millisecond. */
const readAtMost = 1_000;

/** A first look that shows only entries or links, at a target of which nothing is stored. */
async function isLong(db: Db, { row, result }: FreshLook): Promise<boolean> {
  const { observations } = result;
  if (row.baselineAt !== null || observations.length < longFrom || result.gone.length > 0) return false;
  return observations.every(({ kind }) => isNews(kind)) && (await itemsOf(db, row.target.id)).size === 0;
}

/** Nobody tells it, and it names no model: only a story that exists already could be affected. */
function changesNoStory({ assigned: { reading, storyKey, change, beside }, verdicts }: JudgedChange): boolean {
  const { label, family, key, also } = reading;
  return (
    label === 'unrelated' &&
    family === null &&
    key === null &&
    also.length === 0 &&
    !beside &&
    storyKey === change.observation.about &&
    verdicts.every(({ told }) => !told)
  );
}

interface Said {
  readonly watchId: string;
  readonly reason: VerdictReason;
  readonly keys: string[];
}

/** Splits a list: what the rest of the pass needs (`kept`), and what is only stored (`storedOnly`, `said`). */
async function sorted(db: Db, look: FreshLook, context: JudgeContext, judging: Judging) {
  const all = look.result.observations;
  const looks = [judgedLook(look)];
  judging(judgedLook(look), () => all.map(({ subject }) => subject ?? ''));
  const kept: Observation[] = [];
  const storedOnly: Observation[] = [];
  const said = new Map<string, Said>();
  for (let start = 0; start < all.length; start += slice) {
    const part = [{ ...look, result: { ...look.result, observations: all.slice(start, start + slice) } }];
    const read = kept.length < readAtMost ? context.read : () => unread;
    const judged = await judgeChanges(await assign(db, part, read, context.now), looks, context, judging);
    const changes = judged.map(setApart);
    const silent = changes.filter(changesNoStory);
    const stories = await storiesOfAll(
      db,
      silent.map(({ assigned }) => assigned.storyKey),
    );
    const known = new Set(stories.map(({ key }) => key));
    const dropped = new Set(silent.filter(({ assigned }) => !known.has(assigned.storyKey)));
    for (const one of changes) {
      const { observation } = one.assigned.change;
      if (!dropped.has(one)) {
        if (!one.assigned.beside) kept.push(observation);
        continue;
      }
      storedOnly.push(observation);
      for (const { watch, reason } of one.verdicts.filter(explains)) {
        const name = `${JSON.stringify(reason)} ${watch.id}`;
        const list = said.get(name) ?? { watchId: watch.id, reason, keys: [] };
        list.keys.push(observation.key);
        said.set(name, list);
      }
    }
  }
  return { kept, storedOnly, said: [...said.values()] };
}

/** Reduces long looks to what concerns stories and channels; the rest of them is returned as statements. */
export async function rememberLists(
  db: Db,
  looks: readonly FreshLook[],
  context: JudgeContext,
  judging: Judging,
): Promise<{ readonly looks: readonly FreshLook[]; readonly remembered: Remembered }> {
  const left: FreshLook[] = [];
  const statements: Statement[] = [];
  const targets: string[] = [];
  const history = new Map<string, readonly Iso[]>();
  for (const look of looks) {
    if (!(await isLong(db, look))) {
      left.push(look);
      continue;
    }
    const targetId = look.row.target.id;
    const { kept, storedOnly, said } = await sorted(db, look, context, judging);
    left.push({ ...look, result: { ...look.result, observations: kept } });
    targets.push(targetId);
    history.set(
      targetId,
      storedOnly.flatMap(({ sort, publishedAt }) => (sort === 'thing' && publishedAt !== null ? [publishedAt] : [])),
    );
    const verdict = { at: context.now, targetId, change: 'new', told: false, storyId: null };
    statements.push(
      ...saveListed(storedOnly, context.now),
      ...said.flatMap(({ watchId, reason, keys }) => saveVerdicts({ ...verdict, watchId, reason }, keys)),
    );
  }
  return { looks: left, remembered: { statements, targets, history } };
}
