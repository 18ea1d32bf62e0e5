// The results of one pass → the statements of one atomic batch: diff, judge, match, fold, plan.
import type { Difference } from './diff.ts';
import { type Judged, judge, type Matcher } from './judge.ts';
import { type FreshLook, type Placed, type PlacedChange, place } from './placing.ts';
import { type Plan, plan, type Standing, type Telling } from './plan.ts';
import type { Db, Statement } from './store/define.ts';
import { insertDelivery, messagesOf, owedCards, raiseCard, saveMessage } from './store/deliveries.ts';
import { itemsOfFamilies, itemsOfStories, renameStory, saveItem } from './store/items.ts';
import { saveStory, storiesByKey, storiesDue } from './store/stories.ts';
import { saveVerdict } from './store/verdicts.ts';
import { type Folded, type FoldContext, fold, type Seed, type StoryChange } from './stories/fold.ts';
import { type Named, type Newest, newestOf } from './stories/newest.ts';
import type { Read, Reading } from './stories/reading.ts';
import type { Iso, Observation, Openness, Story } from './types.ts';

export type { FreshLook } from './placing.ts';

export interface ComposeContext extends Omit<FoldContext, 'card'> {
  readonly card: (story: Story, newest: Newest) => Openness | null;
  readonly read: Read;
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

/** One change for one story, with everybody's word on it. */
interface Entry {
  readonly placed: PlacedChange;
  readonly role: StoryChange['role'];
  readonly verdicts: readonly Judged[];
}

/** Only what a lab itself shows names a model: its own accounts and pages. */
function nameKey(reading: Reading): string | null {
  return reading.official === true && reading.family !== null && reading.version !== null ? `${reading.family}/${reading.version}` : null;
}

function itemStatements(placed: Placed, now: Iso): readonly Statement[] {
  return placed.changes.map(({ change, storyKey, item, reading }) =>
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

/** What each change is to its story; a derivative is also a quiet word to the story of what it is made from. */
function entriesOf(placed: Placed, looks: readonly FreshLook[], matcher: Matcher): ReadonlyMap<string, readonly Entry[]> {
  const byTarget = Map.groupBy(placed.changes, (entry) => entry.targetId);
  const entries = new Map<string, Entry[]>();
  const add = (key: string, entry: Entry): void => {
    const list = entries.get(key);
    if (list === undefined) entries.set(key, [entry]);
    else list.push(entry);
  };
  for (const { row, watches } of looks) {
    const mine = byTarget.get(row.target.id) ?? [];
    const judged = Map.groupBy(judge(mine.map(({ change }) => change), watches, matcher), (verdict) => verdict.change);
    for (const one of mine) {
      add(one.storyKey, { placed: one, role: 'own', verdicts: judged.get(one.change) ?? [] });
      if (one.spreadKey !== null && one.spreadKey !== one.storyKey) add(one.spreadKey, { placed: one, role: 'spread', verdicts: [] });
    }
  }
  return entries;
}

function isTold(entry: Entry): boolean {
  return entry.verdicts.some(({ told }) => told);
}

function storyChange({ placed, role, verdicts }: Entry): StoryChange {
  const to = verdicts.filter(({ told }) => told).flatMap(({ watch }) => watch.to);
  return { change: placed.change, reading: placed.reading, role, told: verdicts.some(({ told }) => told), to: [...new Set(to)] };
}

/** For each channel that joins: the watch that told it first. */
function joinedBy(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const { told, watch } of entries.flatMap(({ verdicts }) => verdicts)) {
    if (told) for (const channel of watch.to) if (!joined.has(channel)) joined.set(channel, watch.id);
  }
  return joined;
}

function namedBy(observation: Observation, reading: Pick<Reading, 'version' | 'name'>, at: Iso): Named {
  const { kind, url, title, facts } = observation;
  const open = kind === 'weights' || facts.files !== undefined;
  return { version: reading.version ?? '', name: reading.name ?? title, open, url, at };
}

/** What is known of each family, with what this pass has seen of it. */
async function newestIn(db: Db, placed: Placed, context: ComposeContext): Promise<(story: Story) => Newest> {
  const families = new Set(placed.changes.map(({ reading }) => reading.family).filter((family) => family !== null));
  const named = new Map<string, Named[]>();
  const add = (family: string, one: Named): void => {
    named.set(family, [...(named.get(family) ?? []), one]);
  };
  for (const { observation, firstSeen } of await itemsOfFamilies(db, [...families])) {
    const reading = context.read(observation, context.now);
    if (reading.family !== null && reading.version !== null) add(reading.family, namedBy(observation, reading, firstSeen));
  }
  for (const { change, reading } of placed.changes) {
    if (change.type !== 'gone' && reading.family !== null && nameKey(reading) !== null) {
      add(reading.family, namedBy(change.observation, reading, context.now));
    }
  }
  return (story) => newestOf(named.get(story.family ?? '') ?? []);
}

async function foldAll(db: Db, placed: Placed, entries: ReadonlyMap<string, readonly Entry[]>, context: ComposeContext): Promise<readonly Telling[]> {
  const stories = await storiesByKey(db, 'file', [...entries.keys()]);
  const opening = [...entries].filter(([key, list]) => !stories.has(key) && list.some(isTold)).map(([key]) => key);
  const stored = Map.groupBy(await itemsOfStories(db, opening), (entry) => entry.storyKey);
  const newest = await newestIn(db, placed, context);
  const folding: FoldContext = { now: context.now, newId: context.newId, card: (story) => context.card(story, newest(story)) };
  const tellings: Telling[] = [];
  for (const [key, list] of entries) {
    const taken = placed.adopted.get(key);
    const existing = stories.get(key) ?? (taken === undefined ? null : { ...taken, key });
    if (existing === null && !opening.includes(key)) continue;
    const quiet = list.filter((entry) => entry.placed.change.baseline && !isTold(entry) && entry.role === 'own');
    const before = (stored.get(key) ?? []).filter((entry) => entry.goneAt === null).map((entry) => entry.observation);
    const seed: readonly Seed[] = [
      ...before.map((observation) => ({ observation, reading: context.read(observation, context.now) })),
      ...quiet.map(({ placed: { change, reading } }) => ({ observation: change.observation, reading })),
    ];
    const changes = list.filter((entry) => !quiet.includes(entry)).map(storyChange);
    const folded = fold(existing, key, seed, changes, folding);
    if (folded !== null) tellings.push({ folded, joined: joinedBy(list) });
  }
  return tellings;
}

async function planFor(db: Db, tellings: readonly Telling[], context: ComposeContext): Promise<Plan> {
  const subjects = tellings.map(({ folded }) => folded.story.id);
  const messages = new Map((await messagesOf(db, subjects)).map((message) => [`${message.subject}>${message.channel}`, message]));
  const cards = new Map((await owedCards(db, subjects)).map((card) => [`${card.subject}>${card.channel}`, card]));
  const standing = (storyId: string, channel: string): Standing => {
    const spot = `${storyId}>${channel}`;
    const card = cards.get(spot);
    if (card !== undefined) return card.pinned === null ? { kind: 'waiting', deliveryId: card.id } : { kind: 'card' };
    const message = messages.get(spot);
    if (message === undefined) return { kind: 'nothing' };
    return message.messageId === null ? { kind: 'cardless' } : { kind: 'card' };
  };
  return plan(tellings, { ...context, standing });
}

function verdictStatements(entries: ReadonlyMap<string, readonly Entry[]>, ids: ReadonlyMap<string, string>, now: Iso): readonly Statement[] {
  return [...entries].flatMap(([key, list]) =>
    list.flatMap(({ placed, verdicts }) =>
      verdicts
        // A baseline is explained by the item itself; ten thousand rows saying "baseline" would explain nothing more.
        .filter(({ reason }) => reason !== 'no news in itself' && reason !== 'baseline')
        .map(({ watch, change, told, reason }) =>
          saveVerdict({
            at: now, watchId: watch.id, targetId: placed.targetId, key: change.observation.key, change: change.type, told, reason,
            storyId: ids.get(key) ?? null,
          }),
        ),
    ),
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

function nothingNewest(): Newest {
  return { open: null, overall: null };
}

/** Stories that were changed by other means than a look (time, the file's pledges) → what is owed for them. */
export async function composeFolded(db: Db, folded: readonly Folded[], context: ComposeContext): Promise<readonly Statement[]> {
  const tellings = folded.map((one): Telling => ({ folded: one, joined: new Map() }));
  return storyStatements(tellings, await planFor(db, tellings, context), context.now);
}

/** Time is an input too: folds, with no changes, the stories whose time has come. */
export async function composeTurned(db: Db, context: ComposeContext): Promise<Pick<Composed, 'statements' | 'stories'>> {
  const folding: FoldContext = { ...context, card: (story) => context.card(story, nothingNewest()) };
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
  const entries = entriesOf(placed, looks, context.matcher);
  const tellings = await foldAll(db, placed, entries, context);
  const planned = await planFor(db, tellings, context);
  const ids = new Map(tellings.map(({ folded }) => [folded.story.key, folded.story.id]));
  const renamed = [...placed.adopted].filter(([key]) => ids.has(key)).map(([key, story]) => renameStory(story.key, key));
  const things = placed.changes.filter(({ change }) => isThing(change));
  return {
    statements: [
      ...renamed,
      ...itemStatements(placed, context.now),
      ...verdictStatements(entries, ids, context.now),
      ...storyStatements(tellings, planned, context.now),
    ],
    changed: new Set(placed.changes.map(({ targetId }) => targetId)),
    arrivals: timesOf(things.filter(({ change }) => !change.baseline), context.now),
    history: timesOf(things.filter(({ change }) => change.baseline), null),
    stories: tellings.length,
  };
}
