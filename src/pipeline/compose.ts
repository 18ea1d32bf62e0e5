// The results of one pass → the statements of one atomic batch: diff, judge, match, fold, plan.

import type { Db, Statement } from '../store/define.ts';
import { insertDelivery, messagesOf, owedOf, raise, saveMessage } from '../store/deliveries.ts';
import { renameStory, saveItem } from '../store/items.ts';
import { moveChannels } from '../store/moving.ts';
import { saveStory, scopeName, storiesDue } from '../store/stories.ts';
import { saveVerdict } from '../store/verdicts.ts';
import { watchedAddresses } from '../store/watches.ts';
import { type FoldContext, type Folded, fold } from '../stories/fold.ts';
import type { Newest } from '../stories/newest.ts';
import type { Difference, Matcher } from '../types/change.ts';
import type { Iso } from '../types/core.ts';
import { adoptedByGuilds } from './adopt-stories.ts';
import { type FreshLook, type Placed, type PlacedChange, place } from './assign.ts';
import type { ChapterContext } from './context.ts';
import { foldChapters } from './fold-stories.ts';
import { mergeReleased } from './merge-stories.ts';
import { nameKey } from './newest.ts';
import { type CardState, type Digest, type Plan, type PlanContext, plan, type Telling } from './plan.ts';
import { createRegexBudget, type SizeOf } from './regex-budget.ts';
import { type Chapter, chaptersOf } from './route.ts';

export type { FreshLook } from './assign.ts';

export interface ComposeContext extends ChapterContext {
  readonly matcher: Matcher;
  readonly sizeOf: SizeOf;
  readonly notBefore: (channel: string) => Iso;
  readonly digest: (channel: string) => Digest | null;
  readonly open: (channel: string) => boolean;
  readonly seq: () => number;
}

export interface Composed {
  readonly statements: readonly Statement[];
  /** Targets in which something changed. */
  readonly changed: ReadonlySet<string>;
  /** Times of publication (else now) of what is new after the baseline, per target: what the schedule learns from. */
  readonly arrivals: ReadonlyMap<string, readonly Iso[]>;
  /** Times of publication of what a first look saw. */
  readonly history: ReadonlyMap<string, readonly Iso[]>;
  readonly stories: number;
}

function itemStatements(placed: Placed, now: Iso): readonly Statement[] {
  const items = placed.changes.filter(({ beside }) => !beside);
  return items.map(({ change, storyKey, item, reading }) =>
    saveItem({
      observation: change.observation,
      storyKey,
      nameKey: nameKey(reading),
      firstSeen: item?.firstSeen ?? now,
      goneAt: change.type === 'gone' ? now : null,
      baseline: item?.baseline ?? change.baseline,
    }),
  );
}

async function planFor(db: Db, tellings: readonly Telling[], context: ComposeContext): Promise<Plan> {
  const subjects = tellings.flatMap(({ folded, moved }) => [
    folded.story.id,
    ...(moved === undefined ? [] : [moved.from]),
  ]);
  // What has moved by now stands under the story that it has left, until this batch is written.
  const spots = new Map(
    tellings.flatMap(({ folded, moved }) =>
      (moved?.channels ?? []).map((channel) => [`${moved?.from}>${channel}`, `${folded.story.id}>${channel}`] as const),
    ),
  );
  const spotOf = (subject: string, channel: string): string =>
    spots.get(`${subject}>${channel}`) ?? `${subject}>${channel}`;
  const messages = new Map(
    (await messagesOf(db, subjects)).map((message) => [spotOf(message.subject, message.channel), message]),
  );
  const owed = Map.groupBy(await owedOf(db, subjects), ({ subject, channel }) => spotOf(subject, channel));
  const standing = (storyId: string, channel: string): CardState => {
    const spot = `${storyId}>${channel}`;
    const message = messages.get(spot);
    // An owed card is only an edit where a card stands already, and nothing where it was taken away.
    if (message !== undefined) return message.messageId === null ? { kind: 'cardless' } : { kind: 'card' };
    const card = owed.get(spot)?.find(({ form }) => form === 'card');
    if (card === undefined) return { kind: 'nothing' };
    return card.pinned === null ? { kind: 'waiting', deliveryId: card.id } : { kind: 'card' };
  };
  const collected = (storyId: string, channel: string): string | null =>
    owed.get(`${storyId}>${channel}`)?.find(({ form, pinned }) => form === 'digest' && pinned === null)?.id ?? null;
  const addresses = await watchedAddresses(db, [...new Set(tellings.flatMap(({ joined }) => [...joined.values()]))]);
  const watchTitle: PlanContext['watchTitle'] = (watchId) => {
    const title = addresses.get(watchId) ?? watchId;
    return { title, url: title.startsWith('http') ? title : null };
  };
  return plan(tellings, { ...context, standing, collected, watchTitle });
}

function verdictStatements(
  chapters: readonly Chapter[],
  ids: ReadonlyMap<string, string>,
  now: Iso,
): readonly Statement[] {
  return chapters.flatMap(({ scope, key, entries }) =>
    entries.flatMap(({ placed, verdicts }) =>
      verdicts
        // A baseline is explained by the item itself; ten thousand rows saying "baseline" would explain nothing more.
        .filter(({ reason }) => reason !== 'no news in itself' && reason !== 'baseline')
        .map(({ watch, change, told, reason }) =>
          saveVerdict({
            at: now,
            watchId: watch.id,
            targetId: placed.targetId,
            key: change.observation.key,
            change: change.type,
            told,
            reason,
            storyId: ids.get(`${scopeName(scope)} ${key}`) ?? null,
          }),
        ),
    ),
  );
}

function storyStatements(tellings: readonly Telling[], planned: Plan, now: Iso): readonly Statement[] {
  return [
    ...tellings.map(({ folded }) => saveStory(folded.story, folded.before)),
    ...tellings.flatMap(({ folded, moved }) =>
      moved === undefined ? [] : moveChannels(moved.from, folded.story.id, moved.channels),
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
function timesOf(changes: readonly PlacedChange[], otherwise: Iso | null): ReadonlyMap<string, readonly Iso[]> {
  const times = (list: readonly PlacedChange[]): readonly Iso[] =>
    list.map(({ change }) => change.observation.publishedAt ?? otherwise).filter((at) => at !== null);
  return new Map([...Map.groupBy(changes, ({ targetId }) => targetId)].map(([id, list]) => [id, times(list)]));
}

function isThing(change: Difference): boolean {
  return change.type === 'new' && change.quiet === null && change.observation.sort === 'thing';
}

/** Reads what is known, decides, and returns what to write; writes nothing itself. */
export async function compose(db: Db, looks: readonly FreshLook[], context: ComposeContext): Promise<Composed> {
  const placed = await place(db, looks, context.read, context.now);
  const theirs = await adoptedByGuilds(db, placed, context.now);
  const byTarget = Map.groupBy(placed.changes, ({ targetId }) => targetId);
  const effort = createRegexBudget(context.sizeOf);
  const heard = looks.map((look) => {
    const subjects = (byTarget.get(look.row.target.id) ?? []).map(({ change }) => change.observation.subject ?? '');
    return { ...look, watches: effort(look.watches, subjects) };
  });
  const chapters = chaptersOf(placed, heard, context.matcher, theirs.stories);
  const folded = await foldChapters(db, placed, chapters, theirs.adopted, context);
  const { tellings, renamed: joined } = await mergeReleased(db, folded, context.now);
  const planned = await planFor(db, tellings, context);
  const ids = new Map(tellings.map(({ folded: { story } }) => [`${scopeName(story.scope)} ${story.key}`, story.id]));
  const renamed = [...placed.adopted]
    .filter(([key]) => ids.has(`file ${key}`))
    .map(([key, story]) => renameStory(story.key, key));
  const things = placed.changes.filter(({ change, beside }) => !beside && isThing(change));
  return {
    statements: [
      ...renamed,
      ...joined,
      ...itemStatements(placed, context.now),
      ...verdictStatements(chapters, ids, context.now),
      ...storyStatements(tellings, planned, context.now),
    ],
    changed: new Set(placed.changes.map(({ targetId }) => targetId)),
    arrivals: timesOf(
      things.filter(({ change }) => !change.baseline),
      context.now,
    ),
    history: timesOf(
      things.filter(({ change }) => change.baseline),
      null,
    ),
    stories: tellings.length,
  };
}
