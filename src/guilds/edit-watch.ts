// Changes what a watch tells and whom it pings: checked like the file, tried on earlier items, and only then stored.
import { readWatches } from '../config/watches.ts';
import { judge } from '../pipeline/filter.ts';
import { excessOf, isTooMuch, stepsOf } from '../pipeline/regex-budget.ts';
import { saveSpec } from '../store/editing.ts';
import { findsOf } from '../store/finds.ts';
import { guildWatches } from '../store/guilds.ts';
import { type Item, itemsOf } from '../store/items.ts';
import { targetsById } from '../store/targets.ts';
import type { Difference } from '../types/change.ts';
import type { Filters, Target, Watch } from '../types/core.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';
import { iso } from '../types/time.ts';
import { problemOf } from './add-watch.ts';
import { channelName, type GuildChannelIds, type GuildContext, targetText } from './context.ts';
import { own, type Unchanged } from './watches.ts';

/** The options as people write them; what is left out stays as it was. */
export interface EditWish {
  /** `release, licence`, or `all`. */
  readonly events?: string;
  /** Empty: removes the filter. */
  readonly include?: string;
  readonly exclude?: string;
  readonly only?: 'models' | 'everything';
  readonly prereleases?: boolean;
  /** A role's id; null = nobody is pinged. */
  readonly role?: string | null;
}

export interface EditDraft {
  readonly place: GuildChannelIds;
  readonly edited: Watch;
  readonly target: string;
}

/** What the new filters would do with what was seen so far, newest first. */
export interface EditPreview {
  readonly told: readonly string[];
  readonly held: readonly string[];
}

export type Edit =
  | Unchanged
  | { readonly kind: 'nothing asked'; readonly target: string }
  | { readonly kind: 'invalid'; readonly problems: readonly WishProblem[] }
  | { readonly kind: 'too much'; readonly target: string }
  | { readonly kind: 'ready'; readonly draft: EditDraft; readonly shown: EditPreview };

/** How many of the newest items are tried. */
const triedMost = 300;
const childrenMost = 50;

/** The options in the form of the file. */
function optionsOf(wish: EditWish): Readonly<Record<string, unknown>> {
  const events = (wish.events ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return {
    ...(wish.events === undefined || /^(?:all|모두)$/i.test(wish.events.trim()) ? {} : { on: events }),
    ...(wish.include === undefined || wish.include === '' ? {} : { include: wish.include }),
    ...(wish.exclude === undefined || wish.exclude === '' ? {} : { exclude: wish.exclude }),
    ...(wish.only === 'models' ? { only: 'models' } : {}),
    ...(wish.prereleases === undefined ? {} : { prereleases: wish.prereleases }),
  };
}

/** The filters after the change, or the problems with it. */
function filtersWith(
  context: GuildContext,
  target: Target,
  before: Filters,
  wish: EditWish,
): Filters | { readonly problems: readonly WishProblem[] } {
  const kind = context.kinds.find((one) => one.kind === target.source);
  const shaped = Object.hasOwn(kind?.options ?? {}, 'select');
  const entry = {
    [target.source]: target.address,
    ...(shaped ? { select: target.shape ?? 'a[href]' } : {}),
    ...(target.source === 'discover' && target.address === 'github' ? { query: 'x' } : {}),
    ...optionsOf(wish),
  };
  const audience = { known: [], told: () => [] };
  const { watches, findings } = readWatches([entry], { sources: context.kinds }, audience, () => null);
  const excess = (['include', 'exclude'] as const).flatMap((name) => {
    const written = wish[name] ?? '';
    const problem = written === '' ? null : excessOf(name, written, findings.length > 0 ? () => 0 : context.sizeOf);
    return problem === null ? [] : [{ problem, help: null }];
  });
  const [read] = watches;
  if (findings.length > 0 || excess.length > 0 || read === undefined)
    return { problems: [...findings.map(problemOf), ...excess] };
  const { only: _, ...rest } = before;
  const kept = before.only === undefined ? rest : before;
  return {
    ...(wish.only === 'everything' ? rest : kept),
    ...(wish.only === 'models' ? { only: 'models' as const } : {}),
    ...(wish.events === undefined ? {} : { on: read.filters.on }),
    ...(wish.include === undefined ? {} : { include: read.filters.include }),
    ...(wish.exclude === undefined ? {} : { exclude: read.filters.exclude }),
    ...(wish.prereleases === undefined ? {} : { prereleases: read.filters.prereleases }),
  };
}

async function seenSoFar({ db }: GuildContext, targetId: string): Promise<readonly Item[]> {
  const children = [...(await findsOf(db, targetId)).keys()].slice(0, childrenMost);
  const items: Item[] = [];
  for (const id of [targetId, ...children]) items.push(...(await itemsOf(db, id)).values());
  const at = ({ observation, firstSeen }: Item): string => observation.publishedAt ?? firstSeen;
  return items
    .filter(
      ({ observation: { sort, key, facts }, goneAt }) =>
        goneAt === null && sort === 'thing' && key !== 'repo' && facts.visibility !== 'private',
    )
    .toSorted((one, other) => at(other).localeCompare(at(one)))
    .slice(0, triedMost);
}

function previewOf(context: GuildContext, watch: Watch, items: readonly Item[]): EditPreview {
  const changes = items.map(
    ({ observation }): Difference => ({ type: 'new', baseline: false, observation, previous: null, quiet: null }),
  );
  const begun = { ...watch, paused: false, since: iso(context.now()), seen: [] };
  const { maxAgeMs: _, ...ageless } = begun.filters;
  const asked = { matcher: context.matcher, isModel: context.isModel, lastAt: null };
  const judged = judge(changes, [{ ...begun, filters: ageless }], asked).filter(
    ({ reason }) => reason.code !== 'verdict.no-news',
  );
  const title = ({ change }: (typeof judged)[number]): string => change.observation.subject ?? change.observation.title;
  return {
    told: judged.filter(({ told }) => told).map(title),
    held: judged.filter(({ told }) => !told).map(title),
  };
}

export async function previewEdit(
  context: GuildContext,
  place: GuildChannelIds,
  words: string,
  wish: EditWish,
): Promise<Edit> {
  const found = await own(context, place, words);
  if ('not' in found) return found.not;
  const { db } = context;
  const stored = (await guildWatches(db, place.guild)).find(({ watch }) => watch.id === found.watch.id)?.watch;
  const target = (await targetsById(db, [found.watch.targetId])).get(found.watch.targetId)?.target;
  if (stored === undefined || target === undefined) return { kind: 'not watched' };
  // Pings of a channel of the file are set in the file.
  if (wish.role != null && context.fileChannel(place.channel) !== null)
    return { kind: 'of the file', target: channelName(context, place) };
  if (Object.keys(wish).length === 0) return { kind: 'nothing asked', target: found.watch.target };
  const filters = filtersWith(context, target, stored.filters, wish);
  if ('problems' in filters) return { kind: 'invalid', problems: filters.problems };
  const { mention: _, ...plain } = stored;
  const pinging = wish.role === undefined ? stored : wish.role === null ? plain : { ...stored, mention: [wish.role] };
  const edited: Watch = { ...pinging, filters };
  const items = await seenSoFar(context, target.id);
  const subjects = items.map(({ observation }) => observation.subject ?? '');
  if (isTooMuch(stepsOf(edited, subjects, context.sizeOf))) return { kind: 'too much', target: found.watch.target };
  return {
    kind: 'ready',
    draft: { place, edited, target: targetText(target) },
    shown: previewOf(context, edited, items),
  };
}

/** False: the watch was removed meanwhile. What the old filters held back is not told afterwards. */
export async function saveEdit(context: GuildContext, { place, edited }: EditDraft): Promise<boolean> {
  const name = channelName(context, place);
  const there = (await guildWatches(context.db, place.guild)).some(
    ({ watch }) => watch.id === edited.id && watch.to.includes(name),
  );
  return there && (await context.db.batch([saveSpec(edited)])) === 'done';
}
