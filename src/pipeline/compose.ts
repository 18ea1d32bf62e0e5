// The results of one pass → the statements of one atomic batch: diff, filter, match, fold, plan.

import type { Db, Statement } from '../store/define.ts';
import { renameStory, saveItem, setItemsAside } from '../store/items.ts';
import { guardScopes, ownScopes, scopesEdition } from '../store/scopes.ts';
import { storiesDue } from '../store/stories.ts';
import { setVerdictsAside } from '../store/verdicts.ts';
import { type FoldContext, type Folded, fold } from '../stories/fold.ts';
import type { Newest } from '../stories/newest.ts';
import { guildOf } from '../stories/news.ts';
import type { Difference } from '../types/change.ts';
import type { Iso } from '../types/core.ts';
import { type Assigned, type AssignedChange, assign, type FreshLook } from './assign.ts';
import { type FanoutContext, guildsTold, leftOver, splitFile } from './fan-out.ts';
import { createJudging, judgeChanges, judgedLook, setApart } from './judge-changes.ts';
import { type LinkedLook, linkedLooks } from './linked-looks.ts';
import { rememberLists } from './long-lists.ts';
import { nameKey } from './newest.ts';
import { outAlready } from './out-already.ts';
import { packedAlready } from './packed-already.ts';
import type { Telling } from './plan.ts';
import { asideMark } from './replaced.ts';
import type { ScopeOf } from './scope-changes.ts';
import { planFor, storyOfVerdict, storyStatements, tell, verdictStatements, withFollowers } from './tell.ts';

export type { FreshLook } from './assign.ts';

export type ComposeContext = FanoutContext;

export interface Composed {
  readonly statements: readonly Statement[];
  /** More is owed than this batch contains: the rest is stored with it, in parts. */
  readonly isSplit: boolean;
  /** Targets in which something changed. */
  readonly changed: ReadonlySet<string>;
  /** Those of them that gave everything new links at once, and so take a new baseline. */
  readonly restructured: ReadonlySet<string>;
  /** Per target, times of publication (else now) of what is new after the baseline: the schedule learns from these. */
  readonly arrivals: ReadonlyMap<string, readonly Iso[]>;
  /** Per target, times of publication of what a first look saw. */
  readonly history: ReadonlyMap<string, readonly Iso[]>;
  readonly stories: number;
  /** Repositories that entries link to and nobody watches: each gets one look. */
  readonly linked: readonly LinkedLook[];
}

/** When an address belongs to something else now, what is known of the old thing is set aside; it stays in its stories. */
function asideStatements(looks: readonly FreshLook[], now: Iso): readonly Statement[] {
  return looks.flatMap(({ row, result: { replaced } }) =>
    replaced === undefined
      ? []
      : [setItemsAside(row.target.id, asideMark(replaced), now), setVerdictsAside(row.target.id, asideMark(replaced))],
  );
}

function itemStatements(
  { changes }: Assigned,
  keyOf: (assigned: AssignedChange) => string,
  now: Iso,
): readonly Statement[] {
  const items = changes.filter(({ beside }) => !beside);
  return items.map((assigned) => {
    const { change, item, reading } = assigned;
    return saveItem({
      observation: change.observation,
      storyKey: keyOf(assigned),
      // A copy by somebody else is not a model of the family.
      nameKey: change.observation.kind === 'quantised' ? null : nameKey(reading),
      firstSeen: item?.firstSeen ?? now,
      goneAt: change.type === 'gone' ? now : null,
      baseline: item?.baseline ?? change.baseline,
    });
  });
}

function nothingNewest(): Newest {
  return { open: null, overall: null };
}

/** What is owed for stories that changed without a look (by time, or by the file's pledges). */
export async function composeFolded(
  db: Db,
  folded: readonly Folded[],
  context: ComposeContext,
): Promise<readonly Statement[]> {
  const tellings = folded.map((one): Telling => ({ folded: one, joined: new Map() }));
  return storyStatements(tellings, await planFor(db, await withFollowers(db, tellings), context), context.now);
}

/** Folds the stories whose time has come, without changes: the passing of time is an input too. */
export async function composeTurned(
  db: Db,
  context: ComposeContext,
): Promise<Pick<Composed, 'statements' | 'stories'>> {
  const folding: FoldContext = { ...context, scope: 'file', card: (story) => context.card(story, nothingNewest()) };
  const due = await storiesDue(db, context.now);
  const folded = due
    .map((story) => fold(story, { key: story.key, seed: [], changes: [] }, folding))
    .filter((one) => one !== null);
  return { statements: await composeFolded(db, folded, context), stories: folded.length };
}

/** Times of publication per target; `otherwise` for what has none, null = left out. */
function timesOf(changes: readonly AssignedChange[], otherwise: Iso | null): ReadonlyMap<string, readonly Iso[]> {
  const times = (list: readonly AssignedChange[]): readonly Iso[] =>
    list.map(({ change }) => change.observation.publishedAt ?? otherwise).filter((at) => at !== null);
  return new Map([...Map.groupBy(changes, ({ targetId }) => targetId)].map(([id, list]) => [id, times(list)]));
}

/** The times of both maps, per target. */
function joined(
  one: ReadonlyMap<string, readonly Iso[]>,
  other: ReadonlyMap<string, readonly Iso[]>,
): ReadonlyMap<string, readonly Iso[]> {
  const both = new Map(one);
  for (const [id, times] of other) both.set(id, [...(both.get(id) ?? []), ...times]);
  return both;
}

function isThing(change: Difference): boolean {
  return change.type === 'new' && change.quiet === null && change.observation.sort === 'thing';
}

/** Whose stories the channels of these watches are told; `guard` makes the batch conflict if that changes meanwhile. */
async function scopesFor(db: Db, looks: readonly FreshLook[]) {
  const watches = [...new Set(looks.flatMap((look) => look.watches))];
  const edition = await scopesEdition(db);
  const own = await ownScopes(db, [...new Set(watches.flatMap(({ to }) => to))]);
  const scopeOf: ScopeOf = (channel) => {
    const guild = own.get(channel);
    return guild === undefined ? 'file' : { guild };
  };
  const shares = watches.some((watch) => guildOf(watch) !== null && watch.to.some((channel) => !own.has(channel)));
  return { scopeOf, guard: shares || own.size > 0 ? [guardScopes(edition)] : [] };
}

/** Reads what is known, decides, and returns what to write; writes nothing itself. */
export async function compose(db: Db, all: readonly FreshLook[], context: ComposeContext): Promise<Composed> {
  const { scopeOf, guard } = await scopesFor(db, all);
  const judging = createJudging(context.sizeOf);
  const { looks, remembered } = await rememberLists(db, all, context, judging);
  const found = await assign(db, looks, context.read, context.now);
  const asked = looks.map(judgedLook);
  const surplus = new Map([...(await outAlready(db, found.changes)), ...(await packedAlready(db, found.changes))]);
  const verdicts = (await judgeChanges(found, asked, { ...context, surplus }, judging)).map(setApart);
  const assigned = { ...found, changes: verdicts.map((one) => one.assigned) };
  const [guilds = [], ...later] = await guildsTold(db, assigned, asked);
  const told = await tell(db, { assigned, judged: verdicts, scopeOf, guilds, before: null }, context);
  const { tellings, renamed, known } = told;
  const { planned, rest } = splitFile(tellings, context.open);
  const left = { assigned, looks: asked, files: known.files, tellings, guilds: later, channels: rest };
  const fanout = await leftOver(db, { ...left, pool: looks[0]?.row.pool ?? '' }, context);
  const linked = await linkedLooks(db, verdicts, context.now);
  const now = new Map(renamed.map(([to, from]) => [from, to]));
  const keyOf = ({ storyKey }: AssignedChange): string => now.get(storyKey) ?? storyKey;
  const first = new Set<string | null>([null, ...guilds]);
  const storyOf = storyOfVerdict(told, scopeOf, new Map(), keyOf);
  const things = assigned.changes.filter(({ change, beside }) => !beside && isThing(change));
  return {
    statements: [
      ...(tellings.length === 0 ? [] : guard),
      ...renamed.map(([to, from]) => renameStory(from, to)),
      ...remembered.statements,
      ...asideStatements(all, context.now),
      ...itemStatements(assigned, keyOf, context.now),
      ...verdictStatements(verdicts, (watch) => first.has(guildOf(watch)), storyOf, context.now),
      ...storyStatements(tellings, await planFor(db, await withFollowers(db, planned), context), context.now),
      ...fanout,
      ...linked.statements,
    ],
    isSplit: fanout.length > 0,
    changed: new Set([...remembered.targets, ...assigned.changes.map(({ targetId }) => targetId)]),
    restructured: new Set(
      assigned.changes.filter(({ change }) => change.quiet === 'moved').map(({ targetId }) => targetId),
    ),
    arrivals: timesOf(
      things.filter(({ change }) => !change.baseline),
      context.now,
    ),
    history: joined(
      remembered.history,
      timesOf(
        things.filter(({ change }) => change.baseline),
        null,
      ),
    ),
    stories: tellings.length,
    linked: linked.looks,
  };
}
