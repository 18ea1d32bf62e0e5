// A forum's tags: found by name, created where the bot may, and updated when a story's stage changes.
import { z } from 'zod';
import type { Connection, RestAnswer } from './connection.ts';
import { manageChannels, permissionsAt } from './permissions.ts';
import { type DiscordPlace, type DiscordPlaces, type ForumTag, readPlace } from './place.ts';
import { momentMs } from './send.ts';

/** Neither success nor refusal: ask again later. */
export type Unsettled = Exclude<RestAnswer, { kind: 'answer' | 'refused' }>;

export interface Tagger {
  /** Ids of the tags with these names; those that are missing and may not be created are left out. */
  readonly idsOf: (
    place: DiscordPlace,
    names: readonly string[],
    signal: AbortSignal,
  ) => Promise<readonly string[] | Unsettled>;
  /** Null, or the answer because of which the post's tags were not changed. */
  readonly retag: (
    place: DiscordPlace,
    thread: string,
    names: readonly string[],
    signal: AbortSignal,
  ) => Promise<Exclude<RestAnswer, { kind: 'answer' }> | null>;
}

/** https://discord.com/developers/docs/resources/channel#forum-tag-object */
const tagsMost = 20;
const tagsOfPost = 5;

const whole = z.object({ available_tags: z.array(z.looseObject({})) });

function find(tags: readonly ForumTag[], name: string): ForumTag | undefined {
  return tags.find((tag) => !tag.moderated && tag.name.toLowerCase() === name.toLowerCase());
}

export function createTagger(connection: Connection, places: DiscordPlaces): Tagger {
  let mayMake: boolean | null = null;
  /** The tags that we last gave each post, so that edits only send changes. */
  const tagged = new Map<string, string>();
  let mayTag = true;

  async function made(
    place: DiscordPlace,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<DiscordPlace | Unsettled> {
    if (mayMake === null) {
      const permissions = await permissionsAt(connection, place.channel, signal);
      if (permissions === null) return place;
      if (typeof permissions !== 'bigint') return permissions;
      mayMake = (permissions & manageChannels) !== 0n;
    }
    if (!mayMake) return place;
    const path = `/channels/${place.channel}` as const;
    // The list can only be replaced as a whole, so the existing tags are read and sent back unchanged.
    const now = await connection.call({ method: 'GET', path, auth: true }, signal);
    if (now.kind !== 'answer') return now.kind === 'refused' ? place : now;
    const read = whole.safeParse(now.body);
    if (!read.success) return place;
    const there = readPlace(place.channel, now.body) ?? place;
    const room = Math.max(0, tagsMost - read.data.available_tags.length);
    const fresh = names.filter((name) => find(there.tags, name) === undefined).slice(0, room);
    if (fresh.length === 0) return there;
    const body = { available_tags: [...read.data.available_tags, ...fresh.map((name) => ({ name }))] };
    const answer = await connection.call({ method: 'PATCH', path, body, auth: true }, signal);
    if (answer.kind === 'answer') return readPlace(place.channel, answer.body) ?? there;
    if (answer.kind !== 'refused') return answer;
    mayMake = false;
    return there;
  }

  async function idsOf(
    place: DiscordPlace,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[] | Unsettled> {
    const wanted = names.slice(0, tagsOfPost);
    const missing = wanted.filter((name) => find(place.tags, name) === undefined);
    const full = missing.length === 0 || place.tags.length >= tagsMost;
    const known = full ? place : await made(place, missing, signal);
    const ids = (tags: readonly ForumTag[]): readonly string[] => wanted.flatMap((name) => find(tags, name)?.id ?? []);
    if ('tags' in known) {
      if (known !== place) places.learn(known);
      return ids(known.tags);
    }
    return known.kind === 'limited' && known.afterMs > momentMs ? ids(place.tags) : known;
  }

  return {
    idsOf,
    retag: async (place, thread, names, signal) => {
      const tags = await idsOf(place, names, signal);
      if ('kind' in tags) return tags;
      const key = tags.join();
      if (tags.length === 0 || !mayTag || tagged.get(thread) === key) return null;
      const call = { method: 'PATCH', path: `/channels/${thread}`, body: { applied_tags: tags }, auth: true } as const;
      const answer = await connection.call(call, signal);
      if (answer.kind === 'answer') {
        tagged.set(thread, key);
        return null;
      }
      if (answer.kind === 'refused') mayTag = false;
      return answer;
    },
  };
}
