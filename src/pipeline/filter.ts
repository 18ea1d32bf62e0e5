// Changes + watches → verdicts: told, or the reason why not. Pure.
import { guildOf, isPrivate, newsOf } from '../stories/news.ts';
import type { Difference, Matcher } from '../types/change.ts';
import type { Iso, Kind, Observation, Watch } from '../types/core.ts';

export type Reason =
  | 'told'
  | 'baseline'
  | 'first look of this watch'
  | 'before the window'
  | 'no news in itself'
  | 'not in on'
  | 'prerelease'
  | 'not included'
  | 'excluded'
  | 'no match'
  | 'matches none'
  | 'paused'
  | 'private';

export interface Judged {
  readonly change: Difference;
  readonly watch: Watch;
  readonly told: boolean;
  readonly reason: Reason;
}

function filtered(change: Difference, watch: Watch, news: Kind, matcher: Matcher): Reason | null {
  const { observation } = change;
  const { on, prereleases, include, exclude, match } = watch.filters;
  if (on !== null && !on.includes(news)) return 'not in on';
  if (!prereleases && observation.facts.prerelease === true) return 'prerelease';
  if (observation.subject !== null) {
    if (include !== null && !matcher(include)(observation.subject)) return 'not included';
    if (exclude !== null && matcher(exclude)(observation.subject)) return 'excluded';
  }
  if (match !== null) {
    const text = `${observation.title}\n${observation.text ?? ''}`.toLowerCase();
    const says = (part: string): boolean => text.includes(part.toLowerCase());
    if (match.any.length > 0 && !match.any.some(says)) return 'no match';
    if (match.none.some(says)) return 'matches none';
  }
  return null;
}

/** The newest thing of a first look: by publication, else by creation, else the one the source named first. */
function newest(changes: readonly Difference[]): Difference | null {
  const time = (change: Difference): Iso => change.observation.publishedAt ?? change.observation.facts.createdAt ?? '';
  let best: Difference | null = null;
  for (const change of changes) {
    if (best === null || time(change) > time(best)) best = change;
  }
  return best;
}

/** How a watch remembers that somebody saw this before it began. */
export function shownAs({ key, fingerprint }: Observation): string {
  return `${fingerprint} ${key}`;
}

/** Every watch's word on every change of its target. */
export function judge(changes: readonly Difference[], watches: readonly Watch[], matcher: Matcher): readonly Judged[] {
  return watches.flatMap((watch) => judgeFor(changes, watch, matcher));
}

function judgeFor(changes: readonly Difference[], watch: Watch, matcher: Matcher): readonly Judged[] {
  const first = watch.since === null;
  const reasonOf = (change: Difference): Reason => {
    const news = newsOf(change);
    if (news === null) return 'no news in itself';
    if (watch.paused) return 'paused';
    if (guildOf(watch) !== null && isPrivate(change)) return 'private';
    if (change.quiet === 'old') return 'before the window';
    return filtered(change, watch, news, matcher) ?? 'told';
  };
  const wanted = changes.filter((change) => reasonOf(change) === 'told');
  const seen = new Set(watch.seen);
  const shown = first && watch.firstRun === 'latest' ? newest(wanted.filter((change) => change.type === 'new')) : null;
  return changes.map((change) => {
    const reason = reasonOf(change);
    const quietly =
      reason === 'told' && (change.baseline || first || seen.has(shownAs(change.observation))) && change !== shown;
    const said: Reason = !quietly ? reason : change.baseline ? 'baseline' : 'first look of this watch';
    return { change, watch, told: said === 'told', reason: said };
  });
}
