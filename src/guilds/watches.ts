// The watches of one place in Discord: listed, removed, paused, muted. Those of the file are only shown.

import { readDuration } from '../config/scalars.ts';
import { guildWatches, holdWatch, resumeWatch } from '../store/guilds.ts';
import { type LastLook, lastLooks } from '../store/last-looks.ts';
import { dropUnwatchedOf } from '../store/unwatched.ts';
import { dropWatches } from '../store/watches.ts';
import type { Iso, Watch } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { iso } from '../types/time.ts';
import { channelName, type GuildChannelIds, type GuildContext, targetHandle, targetText } from './context.ts';
import { leaving } from './leave-stories.ts';

export interface WatchHere {
  readonly id: string;
  readonly targetId: string;
  readonly target: string;
  /** Names the target in at most 100 characters. */
  readonly handle: string;
  /** Who asked: the configuration file, or somebody here. */
  readonly by: 'file' | 'here';
  readonly paused: boolean;
  readonly mutedUntil: Iso | null;
  readonly include: string | null;
  readonly exclude: string | null;
  readonly lastAt: Iso | null;
  /** Why the last look failed; null when it did not. */
  readonly failing: AnyReason | null;
}

/** Why nothing was changed. */
export type Unchanged =
  | { readonly kind: 'not watched' }
  /** The words match more than one. */
  | { readonly kind: 'several'; readonly targets: readonly string[] }
  | { readonly kind: 'of the file'; readonly target: string };

export type Changed = Unchanged | { readonly kind: 'done'; readonly target: string };

export type Paused = Unchanged | { readonly kind: 'paused' | 'resumed'; readonly target: string };

export type Muted =
  | Unchanged
  | { readonly kind: 'muted'; readonly target: string; readonly until: Iso }
  | { readonly kind: 'paused already'; readonly target: string }
  | { readonly kind: 'no duration' };

function watchHere(watch: Watch, look: LastLook, mutedUntil: Iso | null): WatchHere {
  return {
    id: watch.id,
    targetId: watch.targetId,
    target: targetText(look.target),
    handle: targetHandle(look.target),
    by: watch.origin.by === 'guild' ? 'here' : 'file',
    paused: watch.paused,
    mutedUntil,
    include: watch.filters.include,
    exclude: watch.filters.exclude,
    lastAt: look.lastAt,
    failing: look.reason,
  };
}

/** First the file's, then those that were added here, each in the order of addition. */
export async function watchesHere(guildContext: GuildContext, place: GuildChannelIds): Promise<readonly WatchHere[]> {
  const { db, config } = guildContext;
  const name = channelName(guildContext, place);
  const file =
    guildContext.fileChannel(place.channel) === null ? [] : config.watches.filter((watch) => watch.to.includes(name));
  const added = (await guildWatches(db, place.guild)).filter(({ watch }) => watch.to.includes(name));
  const all = [
    ...file.map((watch) => ({ watch, mutedUntil: null })),
    ...added.map(({ watch, mutedUntil }) => ({ watch, mutedUntil })),
  ];
  const looks = await lastLooks(
    db,
    all.map(({ watch }) => watch.targetId),
  );
  return all.flatMap(({ watch, mutedUntil }) => {
    const look = looks.get(watch.targetId);
    return look === undefined ? [] : [watchHere(watch, look, mutedUntil)];
  });
}

function addressOf({ target }: WatchHere): string {
  return target.slice(target.indexOf(':') + 1);
}

/** Ignores case and trailing slashes. */
function loose(text: string): string {
  return text.toLowerCase().replace(/(?<!\/)\/+$/, '');
}

/** The watches that the words name: exactly, else by the address alone, else without regard to case and trailing slashes. */
function named(watches: readonly WatchHere[], words: string): readonly WatchHere[] {
  const wanted = words.trim();
  const ways: readonly ((watch: WatchHere) => boolean)[] = [
    ({ target, handle }) => target === wanted || handle === wanted,
    (watch) => addressOf(watch) === wanted,
    (watch) => [watch.target, watch.handle, addressOf(watch)].some((text) => loose(text) === loose(wanted)),
  ];
  for (const way of ways) {
    const found = watches.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}

/** The watch, if it was added here and may be changed here; else why not. */
export async function own(
  guildContext: GuildContext,
  place: GuildChannelIds,
  words: string,
): Promise<{ readonly watch: WatchHere } | { readonly not: Unchanged }> {
  const found = named(await watchesHere(guildContext, place), words);
  const targets = [...new Set(found.map(({ target }) => target))];
  if (targets.length > 1) return { not: { kind: 'several', targets } };
  const watch = found.find(({ by }) => by === 'here') ?? found[0];
  if (watch === undefined) return { not: { kind: 'not watched' } };
  return watch.by === 'file' ? { not: { kind: 'of the file', target: watch.target } } : { watch };
}

/** The target is forgotten when nobody else watches it. */
export async function removeWatch(guildContext: GuildContext, place: GuildChannelIds, words: string): Promise<Changed> {
  const found = await own(guildContext, place, words);
  if ('not' in found) return found.not;
  await leaving(guildContext, place, found.watch.id, [
    ...dropWatches([found.watch.id]),
    ...dropUnwatchedOf([found.watch.targetId]),
  ]);
  return { kind: 'done', target: found.watch.target };
}

/** Pauses the watch, also a muted one; resumes one that is paused. */
export async function pauseWatch(guildContext: GuildContext, place: GuildChannelIds, words: string): Promise<Paused> {
  const found = await own(guildContext, place, words);
  if ('not' in found) return found.not;
  const { id, paused, mutedUntil, target } = found.watch;
  const on = paused && mutedUntil === null;
  if (on) {
    const hasten = guildContext.previews.take(
      place.guild,
      guildContext.config.bot.looksPerHourPerGuild,
      guildContext.now(),
    );
    await guildContext.db.batch(resumeWatch(id, iso(guildContext.now()), hasten));
  } else await leaving(guildContext, place, id, [holdWatch(id, null)]);
  return { kind: on ? 'resumed' : 'paused', target };
}

/** `span` such as `30m`, `2h`, `1d`. */
export async function muteWatch(
  guildContext: GuildContext,
  place: GuildChannelIds,
  words: string,
  span: string,
): Promise<Muted> {
  const duration = readDuration(span.trim());
  if ('wrong' in duration) return { kind: 'no duration' };
  const found = await own(guildContext, place, words);
  if ('not' in found) return found.not;
  const { id, target, paused, mutedUntil } = found.watch;
  const until = iso(guildContext.now() + duration.value);
  // A pause lasts longer than any mute, and must not be shortened by one.
  if (paused && mutedUntil === null) return { kind: 'paused already', target };
  await leaving(guildContext, place, id, [holdWatch(id, until)]);
  return { kind: 'muted', target, until };
}

/** Addresses of one kind that the file or this guild watches, as suggestions while typing. */
export async function knownAddresses(
  guildContext: GuildContext,
  place: GuildChannelIds,
  kind: string,
): Promise<readonly string[]> {
  const { db, config } = guildContext;
  const ids = (await guildWatches(db, place.guild)).map(({ watch }) => watch.targetId);
  const looks = await lastLooks(db, ids);
  const theirs = [...looks.values()].map(({ target }) => target);
  const all = [...theirs, ...config.targets].filter(({ source }) => source === kind);
  return [
    ...new Set(all.map(({ address, shape }) => (kind === 'page' && shape !== null ? `${address} ${shape}` : address))),
  ];
}
