// What a headline tells of a model: a promise, an opening, a rumour, or nothing of the kind.

import { fold, hasHangul } from '../names/fold.ts';
import type { LabTable } from '../names/labs.ts';
import { findMentions, type Mention, type Mentions } from '../names/mentions.ts';
import { readEnglish } from './english.ts';
import { readKorean } from './korean.ts';
import type { HeadlineReading } from './reading.ts';

/**
 * pledge: somebody who can keep it says that a model will be opened. release: weights are said to be out.
 * rumour: guessed, leaked, reported by others, or taken back. unrelated: all else, closed launches and tools included.
 */
export type Label = 'pledge' | 'release' | 'rumour' | 'unrelated';

export interface Clause {
  /** Folded. */
  readonly text: string;
  readonly label: Label;
  readonly mentions: Mentions;
}

export interface Headline {
  readonly label: Label;
  /** It speaks of a delay: what was promised comes later than was said. */
  readonly moved: boolean;
  /** Of the whole text. */
  readonly mentions: Mentions;
  readonly clauses: readonly Clause[];
}

interface Subject {
  /** The name that the clause is about; null when it names no model. */
  readonly model: Mention | null;
  /** The clause names a lab, or one was named before. */
  readonly lab: boolean;
  /** All that its lab publishes is open, so a new model of it is taken to be. */
  readonly openLab: boolean;
  /** The clause is little more than the name. */
  readonly title: boolean;
  /** Called new, or named only as what something is for, with or better than. */
  readonly role: 'new' | 'aside' | 'plain';
  /** Openness was the theme before this clause. */
  readonly theme: boolean;
}

/** Pure. `text` is a headline or short post; several sentences are read one by one. */
export function readHeadline(text: string, labs: LabTable): Headline {
  const all = fold(text);
  const whole = findMentions(all, labs, 'text');
  const clauses: Clause[] = [];
  let theme = false;
  let moved = false;
  const parts = split(text);
  for (const part of parts) {
    const folded = fold(part);
    const mentions = parts.length === 1 && folded === all ? whole : findMentions(folded, labs, 'text');
    const reading = hasHangul(folded) ? readKorean(folded) : readEnglish(folded);
    const subject = subjectOf(folded, mentions, whole, theme, labs);
    const label = judge(reading, subject);
    clauses.push({ text: folded, label, mentions });
    moved ||= reading.delayed && label === 'pledge';
    theme ||= reading.opening && label !== 'unrelated';
  }
  return { label: together(clauses.map((clause) => clause.label)), moved, mentions: whole, clauses };
}

function split(text: string): readonly string[] {
  const parts = text.split(/(?<=[^.A-Z\d][.!?]["'”’)]?)\s+(?=[\p{Lu}"'“‘\uac00-\ud7a3])|\n+/u);
  const finer = hasHangul(text) ? parts.flatMap((part) => part.split(/…|\.{2,}|⋯/)) : parts;
  return finer.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]/u.test(part));
}

/** An opening that happened outweighs a promise of the next; a guess counts where nothing firmer is said. */
function together(labels: readonly Label[]): Label {
  for (const label of ['release', 'pledge', 'rumour'] as const) if (labels.includes(label)) return label;
  return 'unrelated';
}

function subjectOf(clause: string, mentions: Mentions, whole: Mentions, theme: boolean, table: LabTable): Subject {
  const models = mentions.models.filter(meansModel);
  const model = models.find((one) => one.sort !== 'tool') ?? models[0] ?? null;
  const first = mentions.models[0];
  const aboutTool = first?.sort === 'tool' && (model === null || model.sort !== 'open');
  const labs = mentions.labs.length > 0 ? mentions.labs : whole.labs;
  return {
    model: aboutTool ? (first ?? null) : model,
    lab: labs.length > 0,
    openLab:
      labs.length === 1 &&
      labs.every((lab) => lab.families.length > 0 && lab.families.every((one) => one.weights === 'open')),
    title: model !== null && isTitle(clause, model, table),
    role: model === null ? 'plain' : roleOf(clause.slice(0, model.start)),
    theme,
  };
}

/** A lab that is named like its models (DeepSeek) is a model only beside a version, size or word of a name. */
const meansModel = ({ family, exact }: Mention): boolean => exact || !family.brand;

const before = /^(?:the|an?|new|official|introducing|meet|announcing|ai|models?|'s|[^\p{L}\p{N}])*$/u;
const behind =
  /^["')]*(?:$|[.!]$| ?:| -|,? an? (?:\w+[- ]){0,3}open| (?:(?:open|language|vision|foundation|new) )*(?:models?|family|series|herd|collection|preview|release)\b)/;

/** One more word of the name that nobody has listed: Nemotron 3.5 Lightning. */
const lastWord =
  /^ (?!benchmark|pric|review|demo|tutorial|api|licen|performance|result|paper|prompt|jailbreak|download|app|plugin|support|cookbook|leaderboard|explained|tip|bug|issue|update|note|card|output|weakness|system|test|setup|error|inference|training)[a-z]{4,}$/;

function isTitle(clause: string, model: Mention, table: LabTable): boolean {
  return (
    before.test(clause.slice(0, model.start).replace(table.labNames, ' ')) && ends(clause.slice(model.end), model.exact)
  );
}

const ends = (rest: string, exact: boolean): boolean => behind.test(rest) || (exact && lastWord.test(rest));

function roleOf(prefix: string): Subject['role'] {
  if (/(?:\bnew|신규|새) (?:\w+ )?$/.test(prefix)) return 'new';
  return /\b(?:with|for|using|via|against|than|since|like|beyond|on|to|behind|and) (?:the |an? )?["']?$/.test(prefix)
    ? 'aside'
    : 'plain';
}

function judge(reading: HeadlineReading, subject: Subject): Label {
  const { model, lab, openLab, role, theme } = subject;
  if (reading.spread || model?.sort === 'tool') return 'unrelated';
  const open = model?.sort === 'open';
  const about = model !== null || reading.model;
  if (!about || (model === null && !lab && !reading.opening)) return 'unrelated';
  const exact = model?.exact === true && role !== 'aside' && (open || reading.opening);
  if ((reading.tool === 'itself' && !exact) || (reading.tool === 'beside' && !exact && !reading.model))
    return 'unrelated';
  const opening = reading.opening || theme;
  const relevant = opening || (open && role !== 'aside') || (openLab && reading.model && model === null);
  if (!relevant) return 'unrelated';
  const withdrawn = reading.withdrawn >= 0 && reading.withdrawn >= reading.done;
  const guessed = reading.hedged >= 0 && (reading.done < 0 || reading.hedged < reading.done);
  const event = opening || reading.act || reading.future >= 0 || reading.delayed || reading.denied || reading.sighted;
  if ((withdrawn || (guessed && event)) && !isHard(reading, subject)) return 'rumour';
  if (reading.denied || reading.commentary) return 'unrelated';
  if (reading.hosted && !reading.opening) return 'unrelated';
  if (reading.nobody && model === null && !lab) return 'rumour';
  return inTime(reading, subject, opening);
}

/** A guess beside a plain explanation (how to, versus) is the explanation's, unless it is about somebody's openness. */
const isHard = (reading: HeadlineReading, { model, lab }: Subject): boolean =>
  reading.commentary && (!reading.opening || (model === null && !lab));

function inTime(reading: HeadlineReading, { model, lab, title, openLab, role }: Subject, opening: boolean): Label {
  const open = model?.sort === 'open';
  const done = reading.done >= 0;
  const planned = reading.future >= 0 && !(done && reading.done < reading.future);
  if (planned && (opening || reading.act || (open && !reading.aside) || openLab)) return 'pledge';
  if (reading.delayed && !done) return 'pledge';
  if (reading.act) return 'release';
  if ((title || role === 'new') && (open || (opening && !reading.aside))) return 'release';
  if (model === null && !lab && reading.nobody) return 'rumour';
  return 'unrelated';
}
