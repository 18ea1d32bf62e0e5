// What a headline says about a model: a promise, a release, a rumour, or nothing of the kind.
import { fold, hasHangul } from '../names/fold.ts';
import { findMentions, type Mention, type Mentions } from '../names/mentions.ts';
import type { Tables } from '../tables.ts';
import { isFound } from './cues.ts';
import { judge, type Subject } from './judge.ts';
import { maskNames } from './mask.ts';
import { type HeadlineReading, type Label, readEnglish, readKorean } from './reading.ts';
import { type HeadlinePiece, splitHeadline } from './split.ts';

export interface Clause {
  /** Folded. */
  readonly text: string;
  readonly label: Label;
  readonly mentions: Mentions;
}

export interface Headline {
  readonly label: Label;
  /** It announces a delay: what was promised comes later than first said. */
  readonly moved: boolean;
  /** Of the whole text. */
  readonly mentions: Mentions;
  readonly clauses: readonly Clause[];
}

/** Pure. `text` is a headline or a short post; its sentences are read one by one. */
export function readHeadline(text: string, tables: Tables): Headline {
  const all = fold(text);
  const whole = findMentions(all, tables, 'text');
  const page = readModelPage(all, tables);
  if (page !== null)
    return { label: page, moved: false, mentions: whole, clauses: [{ text: all, label: page, mentions: whole }] };
  const clauses: Clause[] = [];
  let theme = false;
  let moved = false;
  const mentionsOf: MentionsOf = (clause) => (clause === all ? whole : findMentions(clause, tables, 'text'));
  const pieces = splitHeadline(text).flatMap((piece) => cutBetween(piece, tables, mentionsOf));
  for (const piece of pieces) {
    const { folded, mentions } = piece;
    const subject = subjectOf(folded, mentions, piece.item ? mentions : whole, { theme, item: piece.item });
    if (clauses.at(-1)?.label !== 'pledge' && isOfNothing(piece, subject, tables)) {
      clauses.push({ text: folded, label: 'unrelated', mentions });
      continue;
    }
    const reading = readClause(piece, tables);
    const label = judge(reading, subject);
    clauses.push({ text: folded, label, mentions });
    moved ||= reading.has('delayed') && label === 'pledge';
    theme ||= reading.has('openness') && label !== 'unrelated' && !piece.item;
    // "It is coming! Spotted in a pull request": if that is where the promise was seen, it is only a rumour.
    const before = clauses.at(-2);
    const heard = reading.has('sighted') || (reading.has('hedged') && !reading.act && reading.planned < 0);
    const aside = mentions.models.every(({ sort }) => sort === 'closed');
    if (before?.label === 'pledge' && aside && heard) clauses[clauses.length - 2] = { ...before, label: 'rumour' };
  }
  return { label: together(clauses.map((clause) => clause.label)), moved, mentions: whole, clauses };
}

interface Part {
  readonly item: boolean;
  readonly folded: string;
  readonly mentions: Mentions;
}

type MentionsOf = (folded: string) => Mentions;

function readClause({ folded, mentions }: Part, tables: Tables): HeadlineReading {
  const masked = maskNames(folded, mentions, tables);
  return hasHangul(folded) ? readKorean(masked, tables.cues.korean) : readEnglish(masked, tables.cues.english);
}

/** Fast path for most links of a site: with no model and no lab named, `judge` needs one of two cues to find anything. */
function isOfNothing({ folded, mentions }: Part, { model, lab }: Subject, tables: Tables): boolean {
  if (model !== null || lab) return false;
  const masked = maskNames(folded, mentions, tables);
  const cues = hasHangul(folded) ? tables.cues.korean : tables.cues.english;
  return !(['openness', 'model'] as const).every((name) => isFound(cues, name, masked));
}

/** Cuts where both sides name a different model and tell something of it, so that one side's verb is not read for the other. */
function cutBetween({ text, item }: HeadlinePiece, tables: Tables, mentionsOf: MentionsOf): readonly Part[] {
  const folded = fold(text);
  const part = (clause: string): Part => ({ item, folded: clause, mentions: mentionsOf(clause) });
  const whole = part(folded);
  if (whole.mentions.models.filter(({ exact }) => exact).length < 2) return [whole];
  const marks = [...folded.matchAll(/(?:,| -|;) /g)];
  // Titles have few of these marks; a text with many is a list.
  if (marks.length > 8) return [whole];
  for (const { index } of marks) {
    const left = part(folded.slice(0, index));
    const right = part(folded.slice(index).replace(/^[ ,;-]+/, ''));
    const [one, other] = [left, right].map(({ mentions }) => mentions.models.find(({ exact }) => exact));
    if (one === undefined || other === undefined || isSame(one, other)) continue;
    if (tells(readClause(left, tables)) && tells(readClause(right, tables)))
      return [left, ...cutBetween({ text: right.folded, item }, tables, mentionsOf)];
  }
  return [whole];
}

const isSame = (one: Mention, other: Mention): boolean =>
  one.family === other.family && one.chain.version === other.chain.version;

const tells = ({ act, planned, has }: HeadlineReading): boolean =>
  act || planned >= 0 || has('hedged') || has('delayed');

const modelPage =
  /^([a-z0-9][\w.-]{0,95})\/([\w.-]{1,96}) (?:·|-|\||on|now on|is on|is now on|at|is out on) (?:the )?hugging ?face\b/;

/** `owner/name · Hugging Face`: the title of a model's page, a release when a lab owns the account. Null for other texts. */
function readModelPage(folded: string, tables: Tables): Label | null {
  const found = modelPage.exec(folded);
  if (found === null) return null;
  return tables.byAccount.has(found[1] ?? '') ? 'release' : 'unrelated';
}

/** A release that happened outweighs a promise of the next one; a rumour counts only when nothing firmer is said. */
function together(labels: readonly Label[]): Label {
  for (const label of ['release', 'pledge', 'rumour'] as const) if (labels.includes(label)) return label;
  return 'unrelated';
}

interface SubjectOf {
  readonly theme: boolean;
  readonly item: boolean;
}

function subjectOf(clause: string, mentions: Mentions, whole: Mentions, { theme, item }: SubjectOf): Subject {
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
    role: model === null ? 'plain' : roleOf(clause.slice(0, model.start)),
    theme,
    item,
  };
}

/** A name shared by lab and family (DeepSeek) means a model only with a version, a size or a variant word. */
const meansModel = ({ family, exact }: Mention): boolean => exact || !family.brand;

function roleOf(prefix: string): Subject['role'] {
  if (/(?:\bnew|신규|새) (?:[\w-]+ ){0,3}$/.test(prefix)) return 'new';
  return /\b(?:with|for|using|via|against|than|since|(?<!looks |sounds |seems )like|beyond|on|to|behind|and|by|in) (?:the |an? )?["']?$/.test(
    prefix,
  )
    ? 'aside'
    : 'plain';
}
