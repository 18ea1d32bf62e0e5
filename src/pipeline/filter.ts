// Changes + watches → verdicts: told, or the reason why not. Pure.
import { guildOf, isAsked, isNews, isPrivate, newsOf } from '../stories/news.ts';
import type { Difference, Matcher } from '../types/change.ts';
import type { Iso, Observation, Watch } from '../types/core.ts';
import { spanOf } from '../types/reasons/span.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';

export interface Judged {
  readonly change: Difference;
  readonly watch: Watch;
  readonly told: boolean;
  readonly reason: VerdictReason;
  /** A filter of the watch refuses this entry or link, whatever happened to it. */
  readonly refused: boolean;
}

/** What the filters need besides the change. */
export interface FilterContext {
  readonly matcher: Matcher;
  /** Whether it is read as the release, promise or rumour of a model. */
  readonly isModel: (observation: Observation) => boolean;
  /** Why it adds nothing to what the stories know (its model is out already); null = it does; left out = not known. */
  readonly surplus?: (observation: Observation) => VerdictReason | null;
  /** When the last good look at the target was made; null = this is the first. */
  readonly lastAt: Iso | null;
}

function tooOld({ publishedAt, facts }: Observation, watch: Watch, lastAt: Iso | null): VerdictReason | null {
  const { maxAgeMs } = watch.filters;
  if (maxAgeMs === undefined || publishedAt === null || lastAt === null || facts.dated === 'updated') return null;
  // A watch that asks for the newest item at its first look gets it, whatever its age.
  if (watch.since === null && watch.firstRun === 'latest') return null;
  if (Date.parse(publishedAt) >= Date.parse(lastAt) - maxAgeMs) return null;
  return { code: 'verdict.too-old', params: { most: spanOf(maxAgeMs) } };
}

/** How much of what somebody wrote a verdict repeats, in UTF-16 units: it is stored with every change. */
const repeatedMost = 80;

function shortened(written: string): string {
  return written.length > repeatedMost ? `${written.slice(0, repeatedMost)}…` : written;
}

const told: VerdictReason = { code: 'verdict.told', params: {} };

/** The filter of a watch that refuses this, whatever kind of news it is; null = none does. */
function unwanted(observation: Observation, watch: Watch, context: FilterContext): VerdictReason | null {
  const { prereleases, include, exclude, match, only } = watch.filters;
  const { matcher, isModel, lastAt } = context;
  if (!prereleases && observation.facts.prerelease === true) return { code: 'verdict.prerelease', params: {} };
  if (observation.subject !== null) {
    if (include !== null && !matcher(include)(observation.subject))
      return { code: 'verdict.not-included', params: { pattern: shortened(include) } };
    if (exclude !== null && matcher(exclude)(observation.subject))
      return { code: 'verdict.excluded', params: { pattern: shortened(exclude) } };
  }
  if (match !== null) {
    const text = `${observation.title}\n${observation.text ?? ''}`.toLowerCase();
    const says = (part: string): boolean => text.includes(part.toLowerCase());
    if (match.any.length > 0 && !match.any.some(says))
      return { code: 'verdict.no-match', params: { texts: shortened(match.any.join(', ')) } };
    const found = match.none.find(says);
    if (found !== undefined) return { code: 'verdict.matches-none', params: { text: shortened(found) } };
  }
  const surplus = context.surplus?.(observation) ?? null;
  if (surplus !== null) return surplus;
  if (only === 'models' && !isModel(observation)) return { code: 'verdict.no-model', params: {} };
  return tooOld(observation, watch, lastAt);
}

/** Whether a watch's filters refuse an entry or link, which then moves no story. Artefacts always count. */
export function refuses(observation: Observation, watch: Watch, context: FilterContext): boolean {
  return isNews(observation.kind) && !watch.paused && unwanted(observation, watch, context) !== null;
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

/** The watch without its filters, for artefacts that an entry led to: filters of entries say nothing about artefacts. */
export function unfiltered(watch: Watch): Watch {
  return { ...watch, filters: { on: null, prereleases: false, include: null, exclude: null, match: null } };
}

/** How a watch remembers that a preview showed this before the watch began. */
export function shownAs({ key, fingerprint }: Observation): string {
  return `${fingerprint} ${key}`;
}

/** The verdict of every watch on every change of its target. */
export function judge(
  changes: readonly Difference[],
  watches: readonly Watch[],
  context: FilterContext,
): readonly Judged[] {
  return watches.flatMap((watch) => judgeFor(changes, watch, context));
}

function judgeFor(changes: readonly Difference[], watch: Watch, context: FilterContext): readonly Judged[] {
  const first = watch.since === null;
  const filtered = new Map(
    watch.paused ? [] : changes.map((change) => [change, unwanted(change.observation, watch, context)]),
  );
  const reasonOf = (change: Difference): VerdictReason => {
    const news = newsOf(change);
    if (news === null) return { code: 'verdict.no-news', params: {} };
    if (watch.paused) return { code: 'verdict.paused', params: {} };
    if (guildOf(watch) !== null && isPrivate(change)) return { code: 'verdict.private', params: {} };
    if (change.quiet === 'old') return { code: 'verdict.before-window', params: {} };
    if (change.quiet === 'moved') return { code: 'verdict.moved', params: {} };
    const { on } = watch.filters;
    if (!isAsked(on, news)) return { code: 'verdict.not-in-on', params: { kind: news, on: (on ?? []).join(', ') } };
    return filtered.get(change) ?? told;
  };
  const wanted = changes.filter((change) => reasonOf(change) === told);
  const seen = new Set(watch.seen);
  const shown = first && watch.firstRun === 'latest' ? newest(wanted.filter((change) => change.type === 'new')) : null;
  return changes.map((change) => {
    const reason = reasonOf(change);
    const quietly =
      reason === told && (change.baseline || first || seen.has(shownAs(change.observation))) && change !== shown;
    const held: VerdictReason =
      change.replaced === undefined
        ? { code: change.baseline ? 'verdict.baseline' : 'verdict.first-look', params: {} }
        : { code: 'verdict.replaced', params: change.replaced };
    const said = quietly ? held : reason;
    const refused = isNews(change.observation.kind) && filtered.get(change) != null;
    return { change, watch, told: said === told, reason: said, refused };
  });
}
