// Adds a watch from Discord: validated like the file, previewed by a real look, and only then stored.

import type { ConfigIssue } from '../config/issues.ts';
import { readWatches } from '../config/watches.ts';
import { diff } from '../pipeline/diff.ts';
import { judge, shownAs } from '../pipeline/filter.ts';
import { excessOf, isTooMuch, type SizeOf, stepsOf } from '../pipeline/regex-budget.ts';
import { addGuildWatch, countGuildWatches, saveGuildChannel } from '../store/guilds.ts';
import { itemsOf } from '../store/items.ts';
import { insertTarget, lookSoon, newTargetRow, targetsById } from '../store/targets.ts';
import type { Fresh, Kind, Target, Watch } from '../types/core.ts';
import type { PreviewReason } from '../types/reasons/guilds.ts';
import type { WishProblem, WishReason } from '../types/reasons/wishes.ts';
import { iso } from '../types/time.ts';
import { admitPreview } from './admit-preview.ts';
import {
  channelName,
  channelOf,
  type GuildChannelIds,
  type GuildContext,
  guildChannelName,
  targetText,
} from './context.ts';
import { scopeOfAddition } from './own-scope.ts';
import { watchesHere } from './watches.ts';

export interface Wish {
  readonly kind: string;
  /** An address; a page's may be followed by a CSS selector. */
  readonly target: string;
  readonly include: string | null;
  readonly exclude: string | null;
  /** Further options, as in the file. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Checked and previewed, but not stored yet. */
export interface WatchDraft {
  readonly place: GuildChannelIds;
  readonly target: Target;
  readonly watch: Watch;
  /** What the preview showed that no stored look has seen yet; null = the target has had no look yet. */
  readonly seen: readonly string[] | null;
}

/** What is there now and passes the filters. */
export interface WatchPreview {
  /** False: the look worked, and it is not there yet. */
  readonly there: boolean;
  readonly counts: readonly { readonly kind: Kind; readonly n: number }[];
  readonly newest: string | null;
  /** Number of repositories or models of an organisation. */
  readonly found: number;
}

type Refusal =
  | { readonly kind: 'already'; readonly target: string; readonly by: 'file' | 'here' }
  | { readonly kind: 'too many watches'; readonly most: number };

export type Preview =
  | Refusal
  | { readonly kind: 'ready'; readonly draft: WatchDraft; readonly target: string; readonly shown: WatchPreview }
  | {
      readonly kind: 'invalid';
      readonly problems: readonly WishProblem[];
    }
  /** It contains a user name, a password or a variable of the configuration, which everybody here would see. */
  | { readonly kind: 'secret' }
  | { readonly kind: 'too many looks'; readonly most: number }
  | { readonly kind: 'not looked at'; readonly target: string; readonly reason: PreviewReason };

export type Added = Refusal | { readonly kind: 'added'; readonly target: string };

/** The entry of the file that this wish stands for; text after the first space of the address is a page's selector. */
function entryOf(
  guildContext: GuildContext,
  { kind, target, include, exclude, more }: Wish,
): Readonly<Record<string, unknown>> {
  const [address = '', ...rest] = target.trim().split(/\s+/);
  const shaped = Object.hasOwn(guildContext.kinds.find((known) => known.kind === kind)?.options ?? {}, 'select');
  const selector = rest.join(' ') || 'a[href]';
  return {
    ...more,
    [kind]: shaped ? address : target.trim(),
    ...(shaped ? { select: selector } : {}),
    ...(include === null ? {} : { include }),
    ...(exclude === null ? {} : { exclude }),
  };
}

function holdsSecret({ target }: Wish): boolean {
  const url = URL.parse(target.trim());
  return /\$(?:\{|%7B)/i.test(target) || (url !== null && `${url.username}${url.password}` !== '');
}

const inEnglishAlone = (text: string): WishReason => ({ code: 'file.words', params: { text } });

export function problemOf({ message, hint, wish }: ConfigIssue): WishProblem {
  return wish ?? { problem: inEnglishAlone(message), help: hint === null ? null : inEnglishAlone(hint) };
}

function refused(
  wish: Pick<Wish, 'include' | 'exclude'>,
  sizeOf: SizeOf,
): Extract<Preview, { kind: 'invalid' }> | null {
  const problems = (['include', 'exclude'] as const).flatMap((name) => {
    const written = wish[name];
    const problem = written === null ? null : excessOf(name, written, sizeOf);
    return problem === null ? [] : [{ problem, help: null }];
  });
  return problems.length === 0 ? null : { kind: 'invalid', problems };
}

function read(
  guildContext: GuildContext,
  place: GuildChannelIds,
  wish: Wish,
): WatchDraft | Extract<Preview, { kind: 'invalid' }> {
  // Compiling a very long expression takes seconds, so its length is checked first.
  const overlong = refused(wish, () => 0);
  if (overlong !== null) return overlong;
  const name = channelName(guildContext, place);
  const audience = { known: [name], told: () => [name] };
  const { targets, watches, findings } = readWatches(
    [entryOf(guildContext, wish)],
    { sources: guildContext.kinds },
    audience,
    () => null,
  );
  const [target] = targets;
  const [watch] = watches;
  if (target === undefined || watch === undefined || findings.length > 0) {
    return { kind: 'invalid', problems: findings.map(problemOf) };
  }
  const excessive = refused(watch.filters, guildContext.sizeOf);
  if (excessive !== null) return excessive;
  const id = `${guildChannelName(place)}:${target.id}`;
  return { place, target, watch: { ...watch, id, origin: { by: 'guild', guild: place.guild } }, seen: null };
}

function subjectsOf({ observations }: Fresh): readonly string[] {
  return observations.map(({ subject }) => subject ?? '');
}

function shownOf(result: Fresh, watch: Watch, guildContext: GuildContext): WatchPreview {
  const judged = judge(diff(new Map(), null, result), [watch], {
    matcher: guildContext.matcher,
    isModel: () => true,
    lastAt: null,
  });
  const wanted = judged
    .filter(({ reason }) => reason.code === 'verdict.baseline')
    .map(({ change }) => change.observation);
  const listed = wanted.filter(({ key }) => key !== 'repo');
  const dated = listed.toSorted((one, other) => (other.publishedAt ?? '').localeCompare(one.publishedAt ?? ''));
  const kinds = Map.groupBy(listed, ({ kind }) => kind);
  return {
    there: result.there,
    counts: [...kinds].map(([kind, list]) => ({ kind, n: list.length })),
    newest: dated[0]?.subject ?? dated[0]?.title ?? null,
    found: result.found.length,
  };
}

/** If the preview is further ahead of our last look than this, the watch's first look is its baseline instead. */
const seenAtMost = 100;

/**
 * What the preview showed but our last look had not seen: whoever adds the watch knows it already. Everything else in the
 * next look came later, and is told. Null when there has been no look: the first one is then the baseline.
 */
async function seenBy(
  guildContext: GuildContext,
  { target }: WatchDraft,
  result: Fresh,
): Promise<readonly string[] | null> {
  const row = (await targetsById(guildContext.db, [target.id])).get(target.id);
  if (row === undefined || row.baselineAt === null) return null;
  const ahead = diff(await itemsOf(guildContext.db, target.id), row.baselineAt, result).filter(
    ({ type }) => type !== 'gone',
  );
  return ahead.length > seenAtMost ? null : ahead.map(({ observation }) => shownAs(observation));
}

async function refusal(guildContext: GuildContext, { place, target }: WatchDraft): Promise<Refusal | null> {
  const text = targetText(target);
  const known = (await watchesHere(guildContext, place)).find((watch) => watch.target === text);
  if (known !== undefined) return { kind: 'already', target: text, by: known.by };
  const most = guildContext.config.bot.watchesPerGuild;
  return (await countGuildWatches(guildContext.db, place.guild)) >= most ? { kind: 'too many watches', most } : null;
}

/** Looks at the target now, without reaching private addresses. Stores nothing. */
export async function previewWatch(
  guildContext: GuildContext,
  place: GuildChannelIds,
  wish: Wish,
  signal: AbortSignal,
): Promise<Preview> {
  if (holdsSecret(wish)) return { kind: 'secret' };
  const draft = read(guildContext, place, wish);
  if ('kind' in draft) return draft;
  const refused = await refusal(guildContext, draft);
  if (refused !== null) return refused;
  const most = guildContext.config.bot.looksPerHourPerGuild;
  if (!guildContext.previews.take(place.guild, most, guildContext.now())) return { kind: 'too many looks', most };
  const target = targetText(draft.target);
  const source = guildContext.sources.get(draft.target.source);
  if (source === undefined) throw new Error(`no source ${draft.target.source} is open`);
  const admitted = await admitPreview(guildContext, draft.target);
  if ('refused' in admitted) return { kind: 'not looked at', target, reason: admitted.refused };
  const look = { target: draft.target, cursor: null, lastAt: null, strict: true };
  const { results, spent } = await source.poll([look], { now: guildContext.now, signal }).catch((error: unknown) => {
    admitted.over([]);
    throw error;
  });
  admitted.over(spent);
  const result = results.get(draft.target.id);
  switch (result?.kind) {
    case 'fresh':
      // Our token may see more than the people of a guild may.
      if (result.observations.some(({ facts }) => facts.visibility === 'private'))
        return { kind: 'not looked at', target, reason: { code: 'preview.private', params: {} } };
      if (isTooMuch(stepsOf(draft.watch, subjectsOf(result), guildContext.sizeOf)))
        return { kind: 'not looked at', target, reason: { code: 'preview.too-much', params: {} } };
      return {
        kind: 'ready',
        draft: { ...draft, seen: await seenBy(guildContext, draft, result) },
        target,
        shown: shownOf(result, draft.watch, guildContext),
      };
    case 'same':
    case undefined:
      return { kind: 'not looked at', target, reason: { code: 'look.unanswered', params: {} } };
    case 'later':
    case 'broken':
      return { kind: 'not looked at', target, reason: result.reason };
  }
}

const attempts = 5;

/** Stores a previewed watch and adds its channel. */
export async function addWatch(guildContext: GuildContext, draft: WatchDraft): Promise<Added> {
  const refused = await refusal(guildContext, draft);
  if (refused !== null) return refused;
  const { place, target, seen } = draft;
  const most = guildContext.config.bot.watchesPerGuild;
  const now = iso(guildContext.now());
  const watch = seen === null ? draft.watch : { ...draft.watch, since: now, seen };
  const row = newTargetRow(target, guildContext.sources.get(target.source)?.pool(target) ?? target.source, now);
  const known = guildContext.fileChannel(place.channel) !== null;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const written = await guildContext.db.batch([
      ...addGuildWatch(watch, place.guild, most, now),
      insertTarget(row),
      lookSoon(row),
      ...(known ? [] : saveGuildChannel(channelOf(place), now)),
      ...(await scopeOfAddition(guildContext.db, watch, place.guild)),
    ]);
    if (written === 'done') {
      await guildContext.changed();
      return { kind: 'added', target: targetText(target) };
    }
    // The batch conflicted: somebody else added this watch, used up the guild's limit, or wrote one of its stories first.
    const refused = await refusal(guildContext, draft);
    if (refused !== null) return refused;
  }
  throw new Error(`adding ${targetText(target)}: conflicted ${attempts} times`);
}
