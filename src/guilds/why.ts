// Why an item was or was not told in one place in Discord: its stages, without anything of other guilds. Only reads.
import { deliveriesOf } from '../store/deliveries.ts';
import { parentsOf } from '../store/finds.ts';
import { type Item, itemsLikeFor } from '../store/items.ts';
import { storiesByKey } from '../store/stories.ts';
import { recentStories } from '../store/story-search.ts';
import { targetsById } from '../store/targets.ts';
import { verdictsOn } from '../store/verdicts.ts';
import { watchesOn } from '../store/watches.ts';
import type { Iso, Watch } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Story } from '../types/story.ts';
import {
  channelName,
  type GuildChannelIds,
  type GuildContext,
  oneOfEach,
  scopesOf,
  shownTo,
  targetText,
} from './context.ts';

export interface WhyHere {
  readonly title: string;
  readonly url: string;
  readonly target: string;
  readonly firstSeen: Iso;
  readonly goneAt: Iso | null;
  readonly baseline: boolean;
  /** The verdict of each watch of the file and of this guild. */
  readonly verdicts: readonly { readonly at: Iso; readonly told: boolean; readonly reason: AnyReason }[];
  readonly story: Story | null;
  /** Why its card keeps it from this channel; null = it does not. */
  readonly held: AnyReason | null;
  /** Its deliveries in this channel; empty = none is owed here. */
  readonly deliveries: readonly {
    readonly form: string;
    readonly state: 'owed' | 'sent' | 'dead';
    readonly at: Iso;
    readonly reason: AnyReason | null;
  }[];
}

const mostItems = 3;
const mostChoices = 25;
/** How many matching stories are looked through. */
const mostFound = 100;
/** Older items are left to `landfall why`, because an answer here must not hold up the worker. */
const searched = 10_000;

function mayShow(watch: Watch, place: GuildChannelIds): boolean {
  return watch.origin.by !== 'guild' || watch.origin.guild === place.guild;
}

/** The guild's own story of a key, else the file's. */
async function storyHere(guildContext: GuildContext, place: GuildChannelIds, key: string): Promise<Story | null> {
  for (const scope of scopesOf(place).toReversed()) {
    const story = (await storiesByKey(guildContext.db, scope, [key])).get(key);
    if (story !== undefined && (await shownTo(guildContext.db, place, [story])).length > 0) return story;
  }
  return null;
}

async function explained(guildContext: GuildContext, place: GuildChannelIds, item: Item): Promise<WhyHere | null> {
  const { db } = guildContext;
  const { observation } = item;
  const parents = (await parentsOf(db, [observation.targetId])).map((find) => find.parentId);
  const watches = (await watchesOn(db, [observation.targetId, ...parents])).filter((watch) => mayShow(watch, place));
  const row = (await targetsById(db, [observation.targetId])).get(observation.targetId);
  if (row === undefined || watches.length === 0) return null;
  const known = new Set(watches.map((watch) => watch.id));
  const verdicts = (await verdictsOn(db, observation.targetId, observation.key)).filter(({ watchId }) =>
    known.has(watchId),
  );
  const shown = await storyHere(guildContext, place, item.storyKey);
  const here = channelName(guildContext, place);
  const deliveries = shown === null ? [] : (await deliveriesOf(db, shown.id)).filter(({ channel }) => channel === here);
  return {
    title: observation.title,
    url: observation.url,
    target: targetText(row.target),
    firstSeen: item.firstSeen,
    goneAt: item.goneAt,
    baseline: item.baseline,
    verdicts: verdicts.map(({ at, told, reason }) => ({ at, told, reason })),
    story: shown,
    held: shown?.held?.find(({ channel }) => channel === here)?.reason ?? null,
    deliveries: deliveries.map(({ form, state, settledAt, madeAt, reason }) => ({
      form,
      state,
      at: settledAt ?? madeAt,
      reason,
    })),
  };
}

/** The newest items whose link, key or title contains the words; empty = nothing matches. */
export async function whyHere(
  guildContext: GuildContext,
  place: GuildChannelIds,
  words: string,
): Promise<readonly WhyHere[]> {
  const needle = words.trim().replace(/(?<!\/)\/+$/, '');
  if (needle === '') return [];
  const items = await itemsLikeFor(guildContext.db, place.guild, { needle, limit: mostItems * 8, searched });
  const exact = items.filter(({ observation: { url, title, key } }) =>
    [url, title, key].some((text) => text.toLowerCase() === needle.toLowerCase()),
  );
  const found: WhyHere[] = [];
  for (const item of exact.length > 0 ? exact : items) {
    if (found.length === mostItems) break;
    const why = await explained(guildContext, place, item);
    if (why !== null) found.push(why);
  }
  return found;
}

/** Links to choose from while typing, each with what it leads to. */
export async function itemChoices(
  guildContext: GuildContext,
  place: GuildChannelIds,
  typed: string,
): Promise<readonly { readonly name: string; readonly url: string }[]> {
  const stories = await recentStories(guildContext.db, scopesOf(place), typed.trim(), mostFound);
  return oneOfEach(await shownTo(guildContext.db, place, stories))
    .slice(0, mostChoices)
    .map(({ name, url }) => ({ name, url }));
}
