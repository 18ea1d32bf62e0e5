// What happened in a story, in a few words of a language.
import type { Mark, Story, Turn } from '../types/story.ts';
import { fill } from './fill.ts';
import { dayIn, daysBetween, type Language } from './format.ts';

/** How many days after its window a pledge was kept; null when there is no window or it was in time. */
function daysLate(story: Story, at: string): number | null {
  const pledge = story.pledge;
  if (pledge === null || pledge.dueTo === null) return null;
  const days = daysBetween(pledge.dueTo, dayIn(at, pledge.zone));
  return days > 0 ? days : null;
}

/** As `daysLate`, at the moment when the pledge was kept. */
export function pledgeDaysLate(story: Story): number | null {
  const kept = story.marks.findLast((mark) => mark.turn === 'kept late');
  return daysLate(story, kept?.at ?? story.publishedAt ?? story.updatedAt);
}

/** Commit hashes are cut to their first twelve digits. */
function shortened(text: string): string {
  return text.replaceAll(/\b([0-9a-f]{12})[0-9a-f]{28}\b/g, '$1');
}

/** Details are codes of ours, `from → to`, or names from outside; only the codes are translated. */
function detailText(turn: Turn, detail: string, language: Language): string {
  const words: Readonly<Record<string, string>> = language.texts.details;
  const coded = turn === 'gated' || turn === 'ungated' || turn === 'licence changed';
  const window = /^(\d{4}-\d{2}-\d{2}) – (\d{4}-\d{2}-\d{2})$/.exec(detail);
  if (window?.[1] !== undefined && window[2] !== undefined) return language.days(window[1], window[2]);
  if ((turn === 'withdrawn' || turn === 'back') && detail === 'weights') return language.texts.labels.weights;
  if (!coded) return shortened(detail);
  return detail
    .split(' → ')
    .map((part) => (Object.hasOwn(words, part) ? (words[part] ?? part) : part))
    .join(' → ');
}

/** Splits `owner/name#123` into what a reader knows: the program and the number. */
function supportText(
  { name }: Story,
  turn: 'support' | 'support merged',
  detail: string,
  texts: Language['texts'],
): string {
  const [, program = detail, number = ''] = /^(?:[^/]*\/)?([^#]*)#(\d+)$/.exec(detail) ?? [];
  return fill(turn === 'support' ? texts.support : texts.supportMerged, { name, program, number });
}

/** Reads `GGUF owner/name`: the format, the account, and the name of the repository. */
function quantisedText(detail: string, texts: Language['texts']): string {
  const [, format = detail, by = '', repository = ''] = /^(\S+) ([^/]*)\/(.*)$/.exec(detail) ?? [];
  return fill(texts.quantised, { format, by, repository });
}

/** Links that a reply contains: those of turns about another place than the story's own. */
export function turnLinks(turns: readonly Pick<Mark, 'turn' | 'url'>[]): readonly string[] {
  return [...new Set(turns.flatMap(({ turn, url }) => (turn === 'quantised' && url !== null ? [url] : [])))];
}

/** One turn: `licence changed: MIT → Apache-2.0`. Nothing is escaped. */
export function turnText(story: Story, mark: Pick<Mark, 'turn' | 'detail' | 'at'>, language: Language): string {
  const { texts } = language;
  const { turn, detail } = mark;
  const strange = story.known.unvouched ?? null;
  if (strange !== null && (turn === 'opened' || turn === 'seen' || turn === 'released')) {
    const name = story.name.slice(story.name.lastIndexOf('/') + 1).replaceAll(/[-_]/g, ' ');
    return fill(texts.unvouched, { name, ...strange });
  }
  switch (turn) {
    case 'support':
    case 'support merged':
      return supportText(story, turn, detail ?? '', texts);
    case 'quantised':
      return quantisedText(detail ?? '', texts);
    case 'opened':
      return texts.opened[story.sort];
    case 'seen':
      return texts.seen[story.sort];
    case 'released':
      return texts.released[story.sort];
    case 'kept late': {
      const days = daysLate(story, mark.at);
      return days === null ? texts.keptLateUncounted : language.count(texts.keptLate, days);
    }
    default: {
      const what = texts.turns[turn];
      return detail === null ? what : fill(texts.detailed, { what, detail: detailText(turn, detail, language) });
    }
  }
}

/** Turns that are left out when another turn says more. */
const faint: ReadonlySet<Turn> = new Set<Turn>(['opened', 'news', 'added']);

/** Several turns as one phrase: `weights published, promise kept 6 days late`. */
export function turnsText(story: Story, turns: readonly Mark[], language: Language): string {
  const telling = turns.filter(({ turn }) => !faint.has(turn));
  const texts = (telling.length > 0 ? telling : turns).map((mark) => turnText(story, mark, language));
  return [...new Set(texts)].join(language.texts.and);
}

/** The headline of a story in which nothing was told yet: its promise if it has one, else that it is there. */
function begun({ pledge, revision, openedAt, url }: Story): Mark {
  const mark = { revision, at: openedAt, detail: null, url };
  if (pledge === null) return { ...mark, turn: 'opened' };
  switch (pledge.state) {
    case 'open':
    case 'moved': {
      const days = pledge.dueFrom === null || pledge.dueTo === null ? null : `${pledge.dueFrom} – ${pledge.dueTo}`;
      return { ...mark, turn: 'pledged', detail: days };
    }
    case 'withdrawn':
      return { ...mark, turn: 'pledge withdrawn' };
    case 'overdue':
    case 'kept':
    case 'kept late':
      return { ...mark, turn: pledge.state };
  }
}

/** What happened last in a story. */
export function headline(story: Story, language: Language): string {
  // A revision without a turn (such as more evidence) does not replace the headline.
  const last = story.marks.at(-1)?.revision;
  const marks = story.marks.filter((mark) => mark.revision === last);
  return turnsText(story, marks.length > 0 ? marks : [begun(story)], language);
}
