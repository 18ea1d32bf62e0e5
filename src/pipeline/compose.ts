// The results of one pass → the statements of one atomic batch: diff, judge, match, fold, plan.

import type { Db, Statement } from '../store/define.ts';
import { insertDelivery, owedOf, raise } from '../store/deliveries.ts';
import { renameStory, saveItem } from '../store/items.ts';
import { messagesOf, saveMessage } from '../store/messages.ts';
import { followersOf, moveWishes } from '../store/people.ts';
import { guardScopes, ownScopes, scopesEdition } from '../store/scopes.ts';
import { nameOf, saveStory, storiesDue } from '../store/stories.ts';
import { saveVerdict } from '../store/verdicts.ts';
import { watchedAddresses } from '../store/watches.ts';
import { type FoldContext, type Folded, fold } from '../stories/fold.ts';
import type { Newest } from '../stories/newest.ts';
import { guildOf } from '../stories/news.ts';
import type { Difference } from '../types/change.ts';
import type { Iso, Watch } from '../types/core.ts';
import { type Assigned, type AssignedChange, assign, type FreshLook } from './assign.ts';
import { foldStories } from './fold-stories.ts';
import { createJudging, explains, type JudgeContext, judgeChanges } from './judge-changes.ts';
import { knownStories } from './known-stories.ts';
import { type LinkedLook, linkedLooks } from './linked-looks.ts';
import { rememberLists } from './long-lists.ts';
import { mergeReleased } from './merge-stories.ts';
import { nameKey } from './newest.ts';
import { type CardState, type Digest, type Plan, type PlanContext, plan, type Telling } from './plan.ts';
import { type JudgedChange, type ScopeOf, scopeChanges } from './scope-changes.ts';

export type { FreshLook } from './assign.ts';

export interface ComposeContext extends JudgeContext {
  readonly notBefore: (channel: string) => Iso;
  readonly digest: (channel: string) => Digest | null;
  readonly open: (channel: string) => boolean;
  readonly seq: () => number;
}

export interface Composed {
  readonly statements: readonly Statement[];
  /** Targets in which something changed. */
  readonly changed: ReadonlySet<string>;
  /** Those of them that gave everything new links at once: their baseline is taken anew. */
  readonly restructured: ReadonlySet<string>;
  /** Times of publication (else now) of what is new after the baseline, per target: what the schedule learns from. */
  readonly arrivals: ReadonlyMap<string, readonly Iso[]>;
  /** Times of publication of what a first look saw. */
  readonly history: ReadonlyMap<string, readonly Iso[]>;
  readonly stories: number;
  /** What entries lead to and nobody watches: to be looked at once. */
  readonly linked: readonly LinkedLook[];
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
      nameKey: nameKey(reading),
      firstSeen: item?.firstSeen ?? now,
      goneAt: change.type === 'gone' ? now : null,
      baseline: item?.baseline ?? change.baseline,
    });
  });
}

/** Whoever follows a story that goes on as another one hears of that one from now on. */
async function withFollowers(db: Db, tellings: readonly Telling[]): Promise<readonly Telling[]> {
  const ids = tellings.map(({ folded }) => folded.story.id);
  const followers = await followersOf(db, ids);
  if (followers.size === 0) return tellings;
  const further = new Map<string, string[]>();
  for (const { folded } of tellings) {
    const { id, mergedInto } = folded.story;
    const to = mergedInto ?? id;
    further.set(to, [...(further.get(to) ?? []), ...(followers.get(id) ?? [])]);
  }
  return tellings.map((telling) => ({ ...telling, followers: further.get(telling.folded.story.id) ?? [] }));
}

async function planFor(db: Db, told: readonly Telling[], context: ComposeContext): Promise<Plan> {
  const tellings = await withFollowers(db, told);
  const subjects = tellings.map(({ folded }) => folded.story.id);
  const spotOf = (subject: string, channel: string): string => `${subject}>${channel}`;
  const messages = new Map(
    (await messagesOf(db, subjects)).map((message) => [spotOf(message.subject, message.channel), message]),
  );
  const owed = Map.groupBy(await owedOf(db, subjects), ({ subject, channel }) => spotOf(subject, channel));
  const standing = (storyId: string, channel: string): CardState => {
    const spot = spotOf(storyId, channel);
    const message = messages.get(spot);
    // An owed card is only an edit where a card stands already, and nothing where it was taken away.
    if (message !== undefined) return message.messageId === null ? { kind: 'cardless' } : { kind: 'card' };
    const card = owed.get(spot)?.find(({ form }) => form === 'card');
    if (card === undefined) return { kind: 'nothing' };
    return card.pinned === null ? { kind: 'waiting', deliveryId: card.id } : { kind: 'card' };
  };
  const collected = (storyId: string, channel: string): string | null =>
    owed.get(spotOf(storyId, channel))?.find(({ form, pinned }) => form === 'digest' && pinned === null)?.id ?? null;
  const addresses = await watchedAddresses(db, [...new Set(tellings.flatMap(({ joined }) => [...joined.values()]))]);
  const watchTitle: PlanContext['watchTitle'] = (watchId) => {
    const title = addresses.get(watchId) ?? watchId;
    return { title, url: title.startsWith('http') ? title : null };
  };
  return plan(tellings, { ...context, standing, collected, watchTitle });
}

function verdictStatements(
  judged: readonly JudgedChange[],
  storyOf: (assigned: AssignedChange, watch: Watch) => string | null,
  now: Iso,
): readonly Statement[] {
  return judged.flatMap(({ assigned, verdicts }) =>
    verdicts.filter(explains).map(({ watch, change, told, reason }) =>
      saveVerdict({
        at: now,
        watchId: watch.id,
        targetId: assigned.targetId,
        key: change.observation.key,
        change: change.type,
        told,
        reason,
        storyId: storyOf(assigned, watch),
      }),
    ),
  );
}

function storyStatements(tellings: readonly Telling[], planned: Plan, now: Iso): readonly Statement[] {
  return [
    ...tellings.map(({ folded }) => saveStory(folded.story, folded.before)),
    ...tellings.flatMap(({ folded: { story } }) =>
      story.mergedInto === null ? [] : moveWishes(story.id, story.mergedInto),
    ),
    ...planned.deliveries.map((delivery) => insertDelivery(delivery, now)),
    ...planned.raised.map(({ id, revision }) => raise(id, revision)),
    ...planned.cardless.map(({ subject, channel, revision }) => saveMessage(subject, channel, null, revision)),
  ];
}

function nothingNewest(): Newest {
  return { open: null, overall: null };
}

/** Stories that were changed by other means than a look (time, the file's pledges) → what is owed for them. */
export async function composeFolded(
  db: Db,
  folded: readonly Folded[],
  context: ComposeContext,
): Promise<readonly Statement[]> {
  const tellings = folded.map((one): Telling => ({ folded: one, joined: new Map() }));
  return storyStatements(tellings, await planFor(db, tellings, context), context.now);
}

/** Time is an input too: folds, with no changes, the stories whose time has come. */
export async function composeTurned(
  db: Db,
  context: ComposeContext,
): Promise<Pick<Composed, 'statements' | 'stories'>> {
  const folding: FoldContext = { ...context, scope: 'file', card: (story) => context.card(story, nothingNewest()) };
  const due = await storiesDue(db, context.now);
  const folded = due.map((story) => fold(story, story.key, [], [], folding)).filter((one) => one !== null);
  return { statements: await composeFolded(db, folded, context), stories: folded.length };
}

/** Times of publication per target; `otherwise` for what has none, null = left out. */
function timesOf(changes: readonly AssignedChange[], otherwise: Iso | null): ReadonlyMap<string, readonly Iso[]> {
  const times = (list: readonly AssignedChange[]): readonly Iso[] =>
    list.map(({ change }) => change.observation.publishedAt ?? otherwise).filter((at) => at !== null);
  return new Map([...Map.groupBy(changes, ({ targetId }) => targetId)].map(([id, list]) => [id, times(list)]));
}

/** The times of both, per target. */
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

/** Whose stories the channels of these watches hear; what is written by it holds only as long as that is so. */
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
  const verdicts = judgeChanges(found, looks, context, judging);
  const assigned = { ...found, changes: verdicts.map((one) => one.assigned) };
  const known = await knownStories(db, assigned, context.now);
  const folded = await foldStories(db, assigned, known, scopeChanges(verdicts, known, scopeOf), context);
  const { tellings, renamed: merged } = mergeReleased(folded, known, context.now);
  const planned = await planFor(db, tellings, context);
  const linked = await linkedLooks(db, verdicts, context.now);
  const ids = new Map(tellings.map(({ folded: { story } }) => [nameOf(story), story.id]));
  const renamed = [...[...known.renamed].filter(([key]) => ids.has(nameOf({ scope: 'file', key }))), ...merged];
  const now = new Map(renamed.map(([to, from]) => [from, to]));
  const keyOf = ({ storyKey }: AssignedChange): string => now.get(storyKey) ?? storyKey;
  const storyOf = (one: AssignedChange, watch: Watch): string | null => {
    const scopes = watch.to.map(scopeOf);
    const scope = guildOf(watch) === null && scopes.includes('file') ? 'file' : (scopes[0] ?? 'file');
    return ids.get(nameOf({ scope, key: known.keyIn(scope, keyOf(one)) })) ?? null;
  };
  const things = assigned.changes.filter(({ change, beside }) => !beside && isThing(change));
  return {
    statements: [
      ...(tellings.length === 0 ? [] : guard),
      ...renamed.map(([to, from]) => renameStory(from, to)),
      ...remembered.statements,
      ...itemStatements(assigned, keyOf, context.now),
      ...verdictStatements(verdicts, storyOf, context.now),
      ...storyStatements(tellings, planned, context.now),
      ...linked.statements,
    ],
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
