// Turns what a clause says into its label: the first rule that applies wins.
import type { Mention } from '../names/mentions.ts';
import type { HeadlineReading, Label } from './reading.ts';

export interface Subject {
  /** The model that the clause is about; null when it names none. */
  readonly model: Mention | null;
  /** The clause names a lab, or an earlier clause did. */
  readonly lab: boolean;
  /** Everything this lab publishes is open, so a new model of it is assumed to be open too. */
  readonly openLab: boolean;
  /** 'new': it is called new. 'aside': named only as what something is for, works with or is compared to. */
  readonly role: 'new' | 'aside' | 'plain';
  /** An earlier clause was about openness. */
  readonly theme: boolean;
  /** One of several items in the title of a newsletter. */
  readonly item: boolean;
}

export function judge(reading: HeadlineReading, subject: Subject): Label {
  const { has, at } = reading;
  const { model, lab, role } = subject;
  const open = model?.sort === 'open';
  const merged = has('sighted') || (has('hedged') && has('comes'));
  if ((has('spread') && !merged) || has('derivative') || model?.sort === 'tool') return 'unrelated';
  const closing = lab && has('openness') && !has('tool') && !reading.commentary && (has('hedged') || has('sighted'));
  if (model === null && !has('model') && !closing) return 'unrelated';
  if (model === null && !lab && !has('openness')) return 'unrelated';
  const exact = (model?.exact === true || has('title')) && role !== 'aside' && (open || has('openness'));
  const itself = exact && reading.named >= 0 && reading.named < at('tool');
  if (has('opens-other') || (has('opens-tool') && !itself)) return 'unrelated';
  if (has('tool') && !exact && !has('model')) return 'unrelated';
  if (!isRelevant(reading, subject)) return 'unrelated';
  if (isGuess(reading, subject)) return 'rumour';
  if (has('denied') || reading.commentary) return 'unrelated';
  if (has('hosted') && !has('openness')) return 'unrelated';
  if (has('nobody') && model === null && !lab) return 'rumour';
  return inTime(reading, subject);
}

/** It is about an open model, or about opening one. */
function isRelevant({ has }: HeadlineReading, { model, openLab, role, theme }: Subject): boolean {
  if (has('openness') || theme) return true;
  return (model?.sort === 'open' && (role !== 'aside' || has('wished'))) || (openLab && has('model') && model === null);
}

/** Guessed, leaked, asked for, wished for or withdrawn; in commentary only when somebody's openness is the subject. */
function isGuess(reading: HeadlineReading, { model, lab, theme }: Subject): boolean {
  const { has, at, done, planned } = reading;
  const event = reading.act || planned >= 0 || has('comes') || has('denied');
  const openness = has('openness') && (model !== null || lab) && event;
  if (reading.commentary && !openness && !has('sighted')) return false;
  if (has('withdrawn') && at('withdrawn') >= done) return true;
  const coming = planned >= 0 || has('soon') || has('comes');
  if ((has('wished') || (has('asked') && done < 0)) && coming && !reading.commentary) return true;
  const hedge = ['hedged', 'sighted'] as const;
  const guessed = hedge.some((cue) => has(cue) && (done < 0 || at(cue) < done));
  return (
    guessed &&
    (has('openness') ||
      theme ||
      reading.act ||
      coming ||
      has('delayed') ||
      has('denied') ||
      has('sighted') ||
      has('nobody'))
  );
}

function inTime(reading: HeadlineReading, subject: Subject): Label {
  const { has, at, done, planned } = reading;
  const { model, lab, role, openLab, theme, item } = subject;
  const open = model?.sort === 'open';
  const opening = has('openness') || theme;
  if (has('lapsed') && !has('delayed')) return done >= 0 && done > at('lapsed') ? 'release' : 'unrelated';
  const opensLater = done >= 0 && planned > done && at('openness') > done;
  const ahead = planned >= 0 && (opensLater || !(done >= 0 && done < planned));
  const meant = model !== null || lab || has('plan') || has('scheduled') || has('delayed');
  if (ahead && meant && (opening || reading.act || (open && !has('aside')) || openLab)) return 'pledge';
  if (has('delayed') && done < 0) return 'pledge';
  if (reading.act && !(has('asked') && done < 0)) return 'release';
  if (
    !item &&
    !has('asked') &&
    !has('hedged') &&
    (has('title') || role === 'new') &&
    (open || (opening && !has('aside')))
  )
    return 'release';
  if (model === null && !lab && has('nobody')) return 'rumour';
  return 'unrelated';
}
