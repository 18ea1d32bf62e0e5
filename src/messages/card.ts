// What a card says about a story, as plain lines in a language: channels only lay it out.

import type { Iso } from '../types/core.ts';
import type { Story, StoryEvidence } from '../types/story.ts';
import { fill } from './fill.ts';
import { type Language, nextDay } from './format.ts';
import { opennessLines } from './openness.ts';
import { spreadText } from './spread.ts';
import { headline, pledgeDaysLate, turnText } from './turns.ts';

/** Decides the card's colour and badge. */
export type Tone = 'reported' | 'pledged' | 'seen' | 'released' | 'overdue' | 'gone';

/** A labelled line; `wide` ones need a row of their own. */
export interface CardLine {
  readonly label: string;
  readonly value: string;
  readonly wide: boolean;
}

export interface Card {
  readonly tone: Tone;
  /** The stage, or the side state that replaces it, in the language. */
  readonly stage: string;
  readonly name: string;
  readonly what: string;
  readonly url: string;
  readonly verdict: string | null;
  readonly pledge: string | null;
  readonly merged: string | null;
  readonly lines: readonly CardLine[];
  readonly notKnown: { readonly label: string; readonly value: string } | null;
  readonly published: { readonly label: string; readonly at: Iso } | null;
  readonly timeline: {
    readonly label: string;
    readonly entries: readonly { readonly at: Iso; readonly text: string }[];
  } | null;
  readonly items: { readonly label: string; readonly list: Story['items'] } | null;
  readonly evidence: { readonly label: string; readonly list: readonly StoryEvidence[] };
  readonly notes: string | null;
  /** The title of a release beside its version; null when it adds nothing. */
  readonly ownName: string | null;
}

const timelineKept = 8;

export function toneOf(story: Story): Tone {
  const last = story.marks.findLast(({ turn }) =>
    ['withdrawn', 'replaced', 'disabled', 'made private', 'back', 'enabled'].includes(turn),
  );
  // When a release disappears, the turn names it and the repository is still there; but where the story is only that one
  // release, the whole story is gone.
  const whole = story.sort === 'software' && story.items.length < 2;
  const gone =
    last !== undefined &&
    (last.detail === null || whole) &&
    ['withdrawn', 'replaced', 'disabled', 'made private'].includes(last.turn);
  if (gone) return 'gone';
  const overdue = story.pledge?.state === 'overdue' && story.pledge.ended !== true;
  return story.stage !== 'released' && overdue ? 'overdue' : story.stage;
}

export function stageText(story: Story, language: Language): string {
  const tone = toneOf(story);
  if (tone === 'gone') return language.texts.gone;
  return tone === 'overdue' ? language.texts.overdue : language.texts.stages[tone];
}

/** `Promised by Elon Musk (xAI) for 11–17 August 2025: kept 6 days late`; null without a pledge. */
export function pledgeText(story: Story, language: Language): string | null {
  const pledge = story.pledge;
  if (pledge === null) return null;
  const { texts } = language;
  const { dueFrom, dueTo, by } = pledge;
  const to = dueTo ?? dueFrom;
  const window = to === null ? null : language.days(dueFrom ?? to, to);
  const promised = window === null ? fill(texts.pledge.undated, { by }) : fill(texts.pledge.dated, { by, window });
  const who = pledge.confirmed ? promised : `${promised} (${texts.pledge.unconfirmed})`;
  return fill(texts.detailed, { what: who, detail: pledgeState(story, pledge, to, language) });
}

function pledgeState(
  story: Story,
  pledge: NonNullable<Story['pledge']>,
  to: string | null,
  language: Language,
): string {
  const { texts } = language;
  const waits = pledge.state === 'open' || pledge.state === 'moved';
  if (pledge.ended === true && (waits || pledge.state === 'overdue')) return texts.pledge.ended;
  if (pledge.passed === true && waits) return texts.pledge.passed;
  switch (pledge.state) {
    case 'kept late': {
      const days = pledgeDaysLate(story);
      return days === null ? texts.pledge.keptLateUncounted : language.count(texts.pledge.keptLate, days);
    }
    case 'overdue':
      return to === null
        ? texts.pledge.overdue
        : fill(texts.pledge.overdueSince, { since: language.date(nextDay(to)) });
    default:
      return texts.pledge.states[pledge.state];
  }
}

/** A single item that is the story itself adds nothing; several are sorted by title, with numbers in numeric order. */
function itemsOf(story: Story, language: Language): Card['items'] {
  const [first] = story.items;
  if (first === undefined || (story.items.length === 1 && first.key === story.subject)) return null;
  const list = story.items.toSorted((one, other) => one.title.localeCompare(other.title, 'en', { numeric: true }));
  return { label: language.count(language.texts.labels.items, list.length), list };
}

function verdictText(story: Story, shown: boolean, language: Language): string | null {
  const verdict = story.openness?.verdict.value ?? 'unknown';
  if (!shown || verdict === 'unknown') return null;
  const { verdicts } = language.texts;
  return Object.hasOwn(verdicts, verdict) ? (verdicts[verdict] ?? verdict) : verdict;
}

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

function ownNameOf({ sort, items, name }: Story): string | null {
  const [only] = sort === 'software' && items.length === 1 ? items : [];
  return only === undefined || letters(name).includes(letters(only.title)) ? null : only.title;
}

function mergedText(story: Story, language: Language): string | null {
  if (story.mergedInto === null) return null;
  const name = story.marks.findLast((mark) => mark.turn === 'merged')?.detail ?? null;
  return name === null ? language.texts.merged : fill(language.texts.mergedInto, { name });
}

/** Pure. Nothing is escaped: each channel does that for its own format. */
export function cardOf(story: Story, language: Language): Card {
  const { texts } = language;
  const all = opennessLines(story, language);
  // The four facts that readers ask for first get a line even when unknown; unknown others are only listed by name.
  const { labels } = texts;
  const core: ReadonlySet<string> = new Set([
    labels.licence,
    labels.commercialUse,
    labels.weights,
    labels.trainingData,
  ]);
  const lines = all.flatMap(([label, value, wide]): readonly CardLine[] => {
    if (value === null || (value === 'unknown' && !core.has(label))) return [];
    return [{ label, value: value === 'unknown' ? texts.unknown : value, wide: wide === 'wide' }];
  });
  const spread = story.figures === undefined ? null : spreadText(story.figures, language);
  if (spread !== null) lines.push({ label: texts.spread.label, value: spread, wide: true });
  const notKnown = all.filter(([label, value]) => value === 'unknown' && !core.has(label)).map(([label]) => label);
  const entries = story.marks
    .slice(-timelineKept)
    .map((mark) => ({ at: mark.at, text: turnText(story, mark, language) }));
  return {
    tone: toneOf(story),
    stage: stageText(story, language),
    name: story.name,
    what: headline(story, language),
    url: story.url,
    verdict: verdictText(story, all.length > 0, language),
    pledge: pledgeText(story, language),
    merged: mergedText(story, language),
    lines,
    notKnown: notKnown.length === 0 ? null : { label: labels.notKnown, value: notKnown.join(', ') },
    published: story.publishedAt === null ? null : { label: labels.published, at: story.publishedAt },
    timeline: entries.length < 2 ? null : { label: labels.timeline, entries },
    items: itemsOf(story, language),
    evidence: { label: labels.evidence, list: story.evidence },
    notes: story.text,
    ownName: ownNameOf(story),
  };
}
