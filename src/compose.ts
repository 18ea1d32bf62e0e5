// The results of one pass → the statements of one atomic batch: diff, judge, match, fold, plan.
import { type Difference, diff } from './diff.ts';
import { type Judged, judge, type Matcher } from './judge.ts';
import { type Plan, plan, type Standing, type Telling } from './plan.ts';
import type { Db, Statement } from './store/define.ts';
import { insertDelivery, messagesOf, owedCards, raiseCard, saveMessage } from './store/deliveries.ts';
import { type Item, itemsOf, itemsOfStories, saveItem } from './store/items.ts';
import { saveStory, storiesByKey, storiesDue } from './store/stories.ts';
import type { TargetRow } from './store/targets.ts';
import { saveVerdict } from './store/verdicts.ts';
import { type Folded, type FoldContext, fold, type StoryChange } from './stories/fold.ts';
import { appearing, storyKey } from './stories/match.ts';
import type { Fresh, Iso, Observation, Watch } from './types.ts';

/** A fresh look, with everyone who asked for it: the watches on the target and on what found it. */
export interface FreshLook {
  readonly row: TargetRow;
  readonly result: Fresh;
  readonly watches: readonly Watch[];
}

export interface ComposeContext extends FoldContext {
  readonly matcher: Matcher;
  readonly notBefore: (channel: string) => Iso;
  readonly open: (channel: string) => boolean;
  readonly seq: () => number;
  readonly watchTitle: (watchId: string) => { readonly title: string; readonly url: string | null };
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

interface Seen extends Judged {
  readonly targetId: string;
  readonly storyKey: string;
}

interface Change {
  readonly targetId: string;
  readonly change: Difference;
  readonly storyKey: string;
  readonly item: Item | undefined;
}

function changesOf(looks: readonly FreshLook[], known: ReadonlyMap<string, ReadonlyMap<string, Item>>): readonly Change[] {
  const raw = looks.map(({ row, result }) => ({
    id: row.target.id,
    differences: diff(known.get(row.target.id) ?? new Map(), row.baselineAt, result),
  }));
  const appeared = appearing(raw.flatMap(({ differences }) => differences));
  return raw.flatMap(({ id, differences }) =>
    differences.map((change) => {
      const item = known.get(id)?.get(change.observation.key);
      return { targetId: id, change, item, storyKey: item?.storyKey ?? storyKey(change.observation, appeared) };
    }),
  );
}

function itemStatements(changes: readonly Change[], now: Iso): readonly Statement[] {
  return changes.map(({ change, storyKey: key, item }) =>
    saveItem({
      observation: change.observation,
      storyKey: key,
      firstSeen: item?.firstSeen ?? now,
      goneAt: change.type === 'gone' ? now : null,
      baseline: item?.baseline ?? change.baseline,
    }),
  );
}

/** One entry per change, whoever judged it: told when anyone tells it. */
function storyChanges(seen: readonly Seen[]): { readonly changes: readonly StoryChange[]; readonly joined: ReadonlyMap<string, string> } {
  const byChange = Map.groupBy(seen, ({ change }) => change);
  const joined = new Map<string, string>();
  const changes = [...byChange].map(([change, verdicts]) => {
    const tellers = verdicts.filter(({ told }) => told);
    for (const { watch } of tellers) for (const channel of watch.to) if (!joined.has(channel)) joined.set(channel, watch.id);
    return { change, told: tellers.length > 0, to: [...new Set(tellers.flatMap(({ watch }) => watch.to))] };
  });
  return { changes, joined };
}

async function foldAll(db: Db, seen: readonly Seen[], context: ComposeContext): Promise<readonly Telling[]> {
  const byStory = Map.groupBy(seen, (entry) => entry.storyKey);
  const stories = await storiesByKey(db, 'file', [...byStory.keys()]);
  const opening = [...byStory].filter(([key, list]) => !stories.has(key) && list.some(({ told }) => told)).map(([key]) => key);
  const stored = Map.groupBy(await itemsOfStories(db, opening), (entry) => entry.storyKey);
  const tellings: Telling[] = [];
  for (const [key, list] of byStory) {
    const existing = stories.get(key) ?? null;
    if (existing === null && !opening.includes(key)) continue;
    const { changes, joined } = storyChanges(list);
    const quiet: Observation[] = changes.filter(({ change, told }) => change.baseline && !told).map(({ change }) => change.observation);
    const before = (stored.get(key) ?? []).filter((entry) => entry.goneAt === null).map((entry) => entry.observation);
    const folded = fold(existing, key, [...before, ...quiet], changes.filter(({ change, told }) => !change.baseline || told), context);
    if (folded !== null) tellings.push({ folded, joined });
  }
  return tellings;
}

async function planFor(db: Db, tellings: readonly Telling[], context: ComposeContext): Promise<Plan> {
  const subjects = tellings.map(({ folded }) => folded.story.id);
  const messages = new Map((await messagesOf(db, subjects)).map((message) => [`${message.subject}>${message.channel}`, message]));
  const cards = new Map((await owedCards(db, subjects)).map((card) => [`${card.subject}>${card.channel}`, card]));
  const standing = (storyId: string, channel: string): Standing => {
    const place = `${storyId}>${channel}`;
    const card = cards.get(place);
    if (card !== undefined) return card.pinned === null ? { kind: 'waiting', deliveryId: card.id } : { kind: 'card' };
    const message = messages.get(place);
    if (message === undefined) return { kind: 'nothing' };
    return message.messageId === null ? { kind: 'cardless' } : { kind: 'card' };
  };
  return plan(tellings, { ...context, standing });
}

function verdictStatements(seen: readonly Seen[], stories: ReadonlyMap<string, Folded>, now: Iso): readonly Statement[] {
  // A baseline is explained by the item itself; ten thousand rows saying "baseline" would explain nothing more.
  const lasting = seen.filter(({ reason }) => reason !== 'no news in itself' && reason !== 'baseline');
  return lasting.map((entry) =>
    saveVerdict({
      at: now, watchId: entry.watch.id, targetId: entry.targetId, key: entry.change.observation.key, change: entry.change.type,
      told: entry.told, reason: entry.reason, storyId: stories.get(entry.storyKey)?.story.id ?? null,
    }),
  );
}

function storyStatements(tellings: readonly Telling[], planned: Plan, now: Iso): readonly Statement[] {
  return [
    ...tellings.map(({ folded }) => saveStory(folded.story, folded.before)),
    ...planned.deliveries.map((delivery) => insertDelivery(delivery, now)),
    ...planned.raised.map(({ id, revision }) => raiseCard(id, revision)),
    ...planned.cardless.map(({ subject, channel, revision }) => saveMessage(subject, channel, null, revision)),
  ];
}

/** Time is an input too: folds, with no changes, the stories whose time has come. */
export async function composeTurned(db: Db, context: ComposeContext): Promise<Pick<Composed, 'statements' | 'stories'>> {
  const tellings: Telling[] = [];
  for (const story of await storiesDue(db, context.now)) {
    const folded = fold(story, story.key, [], [], context);
    if (folded !== null) tellings.push({ folded, joined: new Map() });
  }
  const planned = await planFor(db, tellings, context);
  return { statements: storyStatements(tellings, planned, context.now), stories: tellings.length };
}

/** Times of publication per target; `otherwise` for what has none, null = left out. */
function timesOf(changes: readonly Change[], otherwise: Iso | null): ReadonlyMap<string, readonly Iso[]> {
  const times = (list: readonly Change[]): readonly Iso[] =>
    list.map(({ change }) => change.observation.publishedAt ?? otherwise).filter((at) => at !== null);
  return new Map([...Map.groupBy(changes, ({ targetId }) => targetId)].map(([id, list]) => [id, times(list)]));
}

/** Reads what is known, decides, and returns what to write; writes nothing itself. */
export async function compose(db: Db, looks: readonly FreshLook[], context: ComposeContext): Promise<Composed> {
  const known = new Map<string, ReadonlyMap<string, Item>>();
  for (const { row } of looks) known.set(row.target.id, await itemsOf(db, row.target.id));
  const changes = changesOf(looks, known);
  const seen: Seen[] = [];
  for (const { row, watches } of looks) {
    const mine = changes.filter(({ targetId }) => targetId === row.target.id);
    const keys = new Map(mine.map((entry) => [entry.change, entry.storyKey]));
    for (const judged of judge(mine.map(({ change }) => change), watches, context.matcher)) {
      seen.push({ ...judged, targetId: row.target.id, storyKey: keys.get(judged.change) ?? judged.change.observation.about });
    }
  }
  const tellings = await foldAll(db, seen, context);
  const planned = await planFor(db, tellings, context);
  const byKey = new Map(tellings.map(({ folded }) => [folded.story.key, folded]));
  const things = changes.filter(({ change }) => change.type === 'new' && change.quiet === null && change.observation.sort === 'thing');
  return {
    statements: [
      ...itemStatements(changes, context.now),
      ...verdictStatements(seen, byKey, context.now),
      ...storyStatements(tellings, planned, context.now),
    ],
    changed: new Set(changes.map(({ targetId }) => targetId)),
    arrivals: timesOf(things.filter(({ change }) => !change.baseline), context.now),
    history: timesOf(things.filter(({ change }) => change.baseline), null),
    stories: tellings.length,
  };
}
