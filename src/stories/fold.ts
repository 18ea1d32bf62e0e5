// A story and what happened → its next revision. Pure.
import type { Difference } from '../types/change.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { Mark, Openness, Story, Turn } from '../types/story.ts';
import { absorb, isBareTag, isModelKey, openStory, packedPart, spreadBy } from './absorb.ts';
import { arrival, withPart } from './arrival.ts';
import { isNews } from './news.ts';
import { kept, nextTurn, promised, saidToBeOut, timed } from './promise.ts';
import type { Reading } from './reading.ts';
import { turnsOf, weightsDetail } from './turns.ts';

export interface StoryChange {
  readonly change: Difference;
  readonly reading: Reading;
  /** 'spread': a derivative by somebody else, counted on the card of the model it is made from. */
  readonly role: 'own' | 'spread';
  /** At least one watch tells it. */
  readonly told: boolean;
  /** Channels of the watches that tell it: they join the story's audience. */
  readonly to: readonly string[];
}

/** What was stored about the subject before its story was opened. */
export interface Seed {
  readonly observation: Observation;
  readonly reading: Reading;
}

export interface FoldContext {
  readonly now: Iso;
  /** The scope of a story that opens. */
  readonly scope: Story['scope'];
  /** A guild continues the file's story as its own: here its copy opens. */
  readonly takenOver?: boolean;
  /** Makes the id of a story that opens. */
  readonly newId: (key: string) => string;
  /** Makes the openness card from what is known; null when there is nothing to say. */
  readonly card: (story: Story) => Openness | null;
}

export interface Folded {
  readonly story: Story;
  /** The revision before this fold; 0 = the story opened here. */
  readonly before: number;
  /** Turns that are told: messages are owed for them. */
  readonly marks: readonly Mark[];
  /** False: the changes are only recorded (a filter held them back), and no card is edited. */
  readonly owes: boolean;
}

/** The marks of one fold, each turn once: `told` ones, and `quiet` ones that a filter held back. */
interface Marks {
  readonly told: readonly Mark[];
  readonly quiet: readonly Mark[];
}

function marked(marks: Marks, told: boolean, revision: number, added: readonly Omit<Mark, 'revision'>[]): Marks {
  const known = [...marks.told, ...marks.quiet];
  // When the whole model is gone, its weights are gone too: that is one turn, not two.
  const implied = (mark: Omit<Mark, 'revision'>): boolean =>
    mark.detail === weightsDetail &&
    [...known, ...added].some((other) => other.turn === mark.turn && other.detail === null);
  const fresh = added
    .filter(
      (mark) => !known.some((other) => other.turn === mark.turn && other.detail === mark.detail) && !implied(mark),
    )
    .map((mark): Mark => ({ revision, ...mark }));
  return told ? { ...marks, told: [...marks.told, ...fresh] } : { ...marks, quiet: [...marks.quiet, ...fresh] };
}

function stageTurn(story: Story): Turn {
  switch (story.stage) {
    case 'released':
      return isBareTag(story) ? 'tagged' : 'released';
    case 'seen':
      return 'seen';
    case 'pledged':
      return 'pledged';
    case 'reported':
      return 'news';
  }
}

interface Step {
  readonly story: Story;
  readonly marks: Marks;
}

/** News that the model itself is out. */
function isOut({ change, reading }: StoryChange, key: string): boolean {
  return isNews(change.observation.kind) && change.type === 'new' && reading.label === 'release' && isModelKey(key);
}

/** Folds one change: its facts first, then the turns that follow from them. */
function step({ story, marks }: Step, entry: StoryChange, begun: Story, now: Iso): Step {
  const { change, reading, told } = entry;
  const { observation } = change;
  if (entry.role === 'spread') return { story: spreadBy(story, observation), marks };
  const revision = begun.revision + 1;
  const absorbed =
    change.type === 'gone' ? story : withPart(absorb(story, observation, reading, now), observation, reading);
  const arrived = arrival(begun, change, reading, now);
  const news = isNews(observation.kind);
  const promise =
    news && reading.label === 'pledge' && change.type === 'new' && isModelKey(story.key)
      ? promised(absorbed, observation, reading, now)
      : { story: isOut(entry, story.key) ? saidToBeOut(absorbed) : absorbed, marks: [] };
  const packed = packedPart(observation);
  // Only the first quantised copy of each format is a turn.
  const turned = packed !== null && story.parts?.includes(packed) === true ? [] : turnsOf(change);
  // In a story with several parts, the turn names the part that it is about.
  const part =
    !news &&
    packed === null &&
    story.subject !== null &&
    (observation.about !== story.subject || story.items.length > 1);
  const turns = turned.map(({ turn, detail }) => ({
    at: now,
    turn,
    detail:
      part && isModelKey(story.key) ? [observation.title, detail].filter((text) => text !== null).join(': ') : detail,
    url: observation.url,
  }));
  const added = [...promise.marks, ...(arrived === null ? [] : [arrived])];
  return { story: promise.story, marks: marked(marked(marks, told, revision, added), told, revision, turns) };
}

interface TurnAt {
  readonly told: boolean;
  readonly revision: number;
  readonly now: Iso;
}

/** On the first release: records when it was, and whether the promise was kept. */
function released(begun: Story, { story, marks }: Step, { told, revision, now }: TurnAt): Step {
  if (story.stage !== 'released' || begun.stage === 'released') return { story, marks };
  const settled = kept({ ...story, releasedAt: now }, now, story.url);
  return { story: settled.story, marks: marked(marks, told, revision, settled.marks) };
}

interface StageAt {
  readonly knew: boolean;
  readonly told: boolean;
  readonly revision: number;
  readonly now: Iso;
  readonly title: string | null;
  readonly opens: boolean;
}

/** Reaching a stage is a turn too, and comes before the turns of the same look. */
function staged(begun: Story, { knew, told, revision, now, title, opens }: StageAt, { story, marks }: Step): Marks {
  const turn = stageTurn(story);
  const has = marks.told.some((mark) => mark.turn === turn);
  const mark: Mark = { revision, at: now, turn, detail: null, url: story.url };
  if (!knew) return has ? marks : { ...marks, told: [mark, ...marks.told] };
  if (story.stage !== begun.stage && !has) {
    return told ? { ...marks, told: [mark, ...marks.told] } : { ...marks, quiet: [mark, ...marks.quiet] };
  }
  // It was told as a tag and is a release by now: the card says so, without another notification.
  if (told && isBareTag(begun) && !isBareTag(story) && story.stage === 'released')
    return { ...marks, told: [{ revision, at: now, turn: 'opened', detail: null, url: story.url }, ...marks.told] };
  if (opens && marks.told.length === 0) {
    return { ...marks, told: [{ revision, at: now, turn: 'added', detail: title, url: story.url }] };
  }
  return marks;
}

interface NewChanges {
  readonly key: string;
  readonly seed: readonly Seed[];
  readonly changes: readonly StoryChange[];
}

/**
 * The next revision of a story. Null when there is no story and nothing of this is told, or when nothing changed.
 *
 * `seed` is what was stored about the subject before its story was opened: the story starts from it, and no message is owed
 * for it.
 */
export function fold(existing: Story | null, { key, seed, changes }: NewChanges, context: FoldContext): Folded | null {
  const { now } = context;
  const told = changes.filter((entry) => entry.told);
  const opener = seed[0] ?? told.map((entry) => ({ observation: entry.change.observation, reading: entry.reading }))[0];
  if (existing === null && (told.length === 0 || opener === undefined)) return null;
  const opened =
    existing ??
    (opener === undefined
      ? null
      : {
          ...openStory({ id: context.newId(key), key, observation: opener.observation, reading: opener.reading, now }),
          scope: context.scope,
        });
  if (opened === null) return null;

  const seeded = seed.reduce(
    (story, one) => withPart(absorb(story, one.observation, one.reading, now), one.observation, one.reading),
    opened,
  );
  const begun = existing ?? (seeded.stage === 'released' && seed.length > 0 ? { ...seeded, releasedAt: now } : seeded);
  const revision = begun.revision + 1;
  const time = timed(begun, now);
  const start: Step = { story: time.story, marks: marked({ told: [], quiet: [] }, true, revision, time.marks) };
  const stepped = changes.reduce((state, entry) => step(state, entry, begun, now), start);
  const fresh = existing === null && seed.length === 0;
  const from = fresh ? { ...begun, stage: 'reported' as const } : begun;
  const settled = released(from, stepped, { told: told.length > 0, revision, now });
  const knew = !fresh;
  const opens = existing === null || context.takenOver === true;
  const title = told[0]?.change.observation.title ?? null;
  const marks = staged(begun, { knew, told: told.length > 0, revision, now, title, opens }, settled);

  const audience = [...new Set([...begun.audience, ...told.flatMap((entry) => entry.to)])];
  const history = [...settled.story.marks, ...marks.told, ...marks.quiet].slice(-40);
  const next: Story = { ...settled.story, audience, marks: history, nextAt: nextTurn(settled.story) };
  const openness = cardable(existing, next) ? context.card(next) : next.openness;
  const relicensed = licenceTurn(existing, { openness, marks, revision, now });
  const published = dataTurn(existing, { openness, marks, revision, now });
  const carded: Story = { ...next, openness, marks: [...next.marks, ...relicensed, ...published] };
  if (!opens && same(existing, carded)) return null;
  const shown =
    changes.some(({ change, role }) => change.quiet === 'noted' || role === 'spread') || time.marks.length > 0;
  return {
    story: { ...carded, revision, updatedAt: now },
    before: opens ? 0 : begun.revision,
    marks: [...marks.told, ...relicensed, ...published],
    owes: told.length > 0 || shown,
  };
}

interface LicenceAt {
  readonly openness: Openness | null;
  readonly marks: Marks;
  readonly revision: number;
  readonly now: Iso;
}

/** A licence text that now reads differently is a change, even when the metadata is the same. */
function licenceTurn(existing: Story | null, { openness, marks, revision, now }: LicenceAt): readonly Mark[] {
  const before = existing?.openness?.licence.value;
  const fact = openness?.licence;
  const after = fact?.value;
  const spoken = before !== undefined && before !== 'unknown' && after !== undefined && after !== 'unknown';
  const said = [...marks.told, ...marks.quiet].some(({ turn }) => turn === 'licence changed');
  if (!spoken || said || before === after) return [];
  const detail = `${before ?? 'none'} → ${after ?? 'none'}`;
  return [{ revision, at: now, turn: 'licence changed', detail, url: fact?.because.url ?? null }];
}

/** The training data was only named before, and is public now. */
function dataTurn(existing: Story | null, { openness, revision, now }: LicenceAt): readonly Mark[] {
  const before = existing?.openness?.trainingData.value;
  const fact = openness?.trainingData;
  if (before !== 'named' || fact?.value !== 'public') return [];
  return [{ revision, at: now, turn: 'data published', detail: null, url: fact.because.url }];
}

/** The card is rebuilt only when its inputs have changed, so that its evidence keeps the time at which it was read. */
function cardable(existing: Story | null, next: Story): boolean {
  const basis = (story: Story): string =>
    JSON.stringify([
      story.known,
      story.sort,
      story.url,
      story.marks.filter(({ turn }) => turn === 'withdrawn' || turn === 'replaced' || turn === 'back').length,
    ]);
  return existing === null || basis(existing) !== basis(next);
}

function same(one: Story, other: Story): boolean {
  // Nearly always something was added, which the lengths show without serialising both stories.
  if (one.marks.length !== other.marks.length || one.evidence.length !== other.evidence.length) return false;
  return JSON.stringify({ ...one, updatedAt: '' }) === JSON.stringify({ ...other, updatedAt: '' });
}
