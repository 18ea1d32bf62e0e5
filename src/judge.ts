// Changes + watches → verdicts: told, or the reason why not. Pure.
import type { Difference } from './diff.ts';
import type { Iso, Kind, Observation, Watch } from './types.ts';

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

/** Compiles a user's expression to run in linear time. */
export type Matcher = (expression: string) => (text: string) => boolean;

/**
 * Which of the `on` names a change is news under; null when it is no news in itself: a licence seen together with its
 * repository, a release whose title was edited.
 */
export function newsOf(change: Difference): Kind | null {
  const { type, observation, previous } = change;
  const { kind, sort } = observation;
  switch (type) {
    case 'new':
      return sort === 'thing' ? kind : null;
    case 'gone':
      return sort === 'thing' && kind !== 'entry' && kind !== 'link' && kind !== 'code' ? 'state' : null;
    case 'edited':
      if (change.quiet === 'noted') return null;
      if (kind === 'release') return promoted(change) ? 'release' : null;
      // A tag that only lost or gained its release did not move.
      if (kind === 'tag') return previous?.fingerprint === observation.fingerprint ? null : 'state';
      if (kind === 'code') return observation.fingerprint === 'pushed' ? 'code' : null;
      return sort === 'trait' ? kind : null;
  }
}

export function promoted(change: Difference): boolean {
  return (
    change.observation.kind === 'release' &&
    change.previous?.facts.prerelease === true &&
    change.observation.facts.prerelease === false
  );
}

/** The guild that asked; null for the file. */
export function guildOf(watch: Watch): string | null {
  return watch.origin.by === 'file' ? null : watch.origin.guild;
}

/** Our token may see more than the people of a guild may. */
export function isHidden({ facts }: Observation): boolean {
  return facts.visibility === 'private';
}

/** Nothing for guilds; that something public is private from now on is. */
export function isPrivate({ observation, previous }: Difference): boolean {
  return isHidden(observation) && !(observation.kind === 'state' && previous?.facts.visibility === 'public');
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
