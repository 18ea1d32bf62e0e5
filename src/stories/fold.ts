// A story and what happened → its next revision. Pure.
import type { Difference } from '../diff.ts';
import type { Iso, Mark, Observation, Openness, Story } from '../types.ts';
import { absorb, openStory } from './absorb.ts';
import { turnsOf } from './turns.ts';

export interface StoryChange {
  readonly change: Difference;
  /** At least one watch tells it. */
  readonly told: boolean;
  /** Channels of the watches that tell it: they join the story. */
  readonly to: readonly string[];
}

export interface FoldContext {
  readonly now: Iso;
  /** Id for a story that opens. */
  readonly newId: (key: string) => string;
  /** The openness card from what is known; null when there is nothing to say. */
  readonly card: (story: Story) => Openness | null;
}

export interface Folded {
  readonly story: Story;
  /** Revision the fold began with; 0 = the story opened here. */
  readonly before: number;
  /** Turns that are told: they owe messages. */
  readonly marks: readonly Mark[];
  /** False: what changed is only kept (a filter held it back), no card is touched. */
  readonly owes: boolean;
}

function openingTurn(story: Story): Mark['turn'] {
  switch (story.stage) {
    case 'released':
      return 'released';
    case 'seen':
      return 'seen';
    case 'pledged':
      return 'pledged';
    case 'reported':
      return 'news';
  }
}

/**
 * The next revision of a story, or null when there is none and nothing of this is told.
 *
 * `seed` is what was stored of the subject before its story was opened: it is the truth the story begins with, and owes
 * nobody a message.
 */
export function fold(
  existing: Story | null,
  key: string,
  seed: readonly Observation[],
  changes: readonly StoryChange[],
  context: FoldContext,
): Folded | null {
  const { now } = context;
  const told = changes.filter((entry) => entry.told);
  if (existing === null && told.length === 0) return null;
  const first = existing === null ? (seed[0] ?? told[0]?.change.observation) : undefined;
  const opened = existing ?? (first === undefined ? null : openStory(context.newId(key), key, first, now));
  if (opened === null) return null;

  const begun = existing === null ? seed.reduce((story, observation) => absorb(story, observation, now), opened) : opened;
  const knew = existing !== null || seed.length > 0;
  let story = begun;
  const marks: Mark[] = [];
  const quietMarks: Mark[] = [];
  const revision = begun.revision + 1;
  for (const entry of changes) {
    const { change } = entry;
    if (change.type !== 'gone') story = absorb(story, change.observation, now);
    for (const { turn, detail } of turnsOf(change)) {
      const into = entry.told ? marks : quietMarks;
      const mark: Mark = { revision, at: now, turn, detail, url: change.observation.url };
      if (![...marks, ...quietMarks].some((known) => known.turn === turn && known.detail === detail)) into.push(mark);
    }
  }
  if (!knew) {
    marks.unshift({ revision, at: now, turn: openingTurn(story), detail: null, url: story.url });
  } else if (story.stage !== begun.stage) {
    const into = told.length > 0 ? marks : quietMarks;
    into.unshift({ revision, at: now, turn: story.stage === 'released' ? 'released' : 'seen', detail: null, url: story.url });
  } else if (existing === null && marks.length === 0) {
    marks.push({ revision, at: now, turn: 'added', detail: told[0]?.change.observation.title ?? null, url: story.url });
  }

  const audience = [...new Set([...begun.audience, ...told.flatMap((entry) => entry.to)])];
  const next: Story = { ...story, audience, marks: [...story.marks, ...marks, ...quietMarks].slice(-40) };
  const carded: Story = { ...next, openness: cardable(existing, next) ? context.card(next) : next.openness };
  if (existing !== null && same(existing, carded)) return null;
  const noted = changes.some(({ change }) => change.quiet === 'noted');
  return {
    story: { ...carded, revision, updatedAt: now },
    before: existing?.revision ?? 0,
    marks,
    owes: told.length > 0 || noted,
  };
}

/** A card is made again only when what it is made from moved: its evidence keeps the time it was read at. */
function cardable(existing: Story | null, next: Story): boolean {
  const basis = (story: Story): string =>
    JSON.stringify([story.known, story.sort, story.url, story.marks.filter(({ turn }) => turn === 'withdrawn' || turn === 'back').length]);
  return existing === null || basis(existing) !== basis(next);
}

function same(one: Story, other: Story): boolean {
  return JSON.stringify({ ...one, updatedAt: '' }) === JSON.stringify({ ...other, updatedAt: '' });
}
