// The watches of one place in Discord: listed, taken out, paused, muted. What the file sets is only shown.
import { readDuration } from '../config/scalars.ts';
import { guildWatches, holdWatch, resumeWatch } from '../store/guilds.ts';
import { type LastLook, lastLooks } from '../store/last-looks.ts';
import { dropUnwatched } from '../store/targets.ts';
import { dropWatches } from '../store/watches.ts';
import type { Iso, Watch } from '../types.ts';
import { channelName, type Desk, type Place, spaced, targetHandle, targetText } from './place.ts';

export interface WatchHere {
  readonly id: string;
  readonly target: string;
  /** Names it where at most 100 characters fit. */
  readonly handle: string;
  /** Who asked: the configuration file, or somebody here. */
  readonly by: 'file' | 'here';
  readonly paused: boolean;
  readonly mutedUntil: Iso | null;
  readonly include: string | null;
  readonly exclude: string | null;
  readonly lastAt: Iso | null;
  /** Why the last look failed; null when it did not. */
  readonly failing: string | null;
}

export type Changed =
  | { readonly kind: 'done'; readonly target: string }
  | { readonly kind: 'not watched' }
  | { readonly kind: 'of the file'; readonly target: string };

export type Paused =
  | Exclude<Changed, { readonly kind: 'done' }>
  | { readonly kind: 'paused' | 'resumed'; readonly target: string };

export type Muted =
  | Exclude<Changed, { readonly kind: 'done' }>
  | { readonly kind: 'muted'; readonly target: string; readonly until: Iso }
  | { readonly kind: 'paused already'; readonly target: string }
  | { readonly kind: 'no duration' };

function watchHere(watch: Watch, look: LastLook, mutedUntil: Iso | null): WatchHere {
  return {
    id: watch.id,
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

/** The file's come first, then what was added here, each in the order of addition. */
export async function watchesHere(desk: Desk, place: Place): Promise<readonly WatchHere[]> {
  const { db, config } = desk;
  const name = channelName(desk, place);
  const file =
    desk.fileChannel(place.channel) === null ? [] : config.watches.filter((watch) => watch.to.includes(name));
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

/** By its text, its handle, or its address alone. */
async function find(desk: Desk, place: Place, words: string): Promise<WatchHere | null> {
  const wanted = words.trim().toLowerCase().replace(/\/+$/, '');
  const here = await watchesHere(desk, place);
  const matching = here.filter(({ target, handle }) => {
    const text = target.toLowerCase();
    return [text, handle.toLowerCase(), text.slice(text.indexOf(':') + 1)].includes(wanted);
  });
  return matching.find(({ by }) => by === 'here') ?? matching[0] ?? null;
}

/** The watch if it was added here and may be changed here; else why not. */
async function own(
  desk: Desk,
  place: Place,
  words: string,
): Promise<{ readonly watch: WatchHere } | { readonly not: Exclude<Changed, { readonly kind: 'done' }> }> {
  const watch = await find(desk, place, words);
  if (watch === null) return { not: { kind: 'not watched' } };
  return watch.by === 'file' ? { not: { kind: 'of the file', target: watch.target } } : { watch };
}

/** The target is forgotten when nobody else watches it. */
export async function removeWatch(desk: Desk, place: Place, words: string): Promise<Changed> {
  const found = await own(desk, place, words);
  if ('not' in found) return found.not;
  const rest = (await guildWatches(desk.db, place.guild)).filter(({ watch }) => watch.id !== found.watch.id);
  await desk.db.batch([...dropWatches([found.watch.id]), ...dropUnwatched(), ...spaced(desk, rest)]);
  return { kind: 'done', target: found.watch.target };
}

/** A second time it goes on; a muted one stays silent until then. */
export async function pauseWatch(desk: Desk, place: Place, words: string): Promise<Paused> {
  const found = await own(desk, place, words);
  if ('not' in found) return found.not;
  const { id, paused, mutedUntil, target } = found.watch;
  const on = paused && mutedUntil === null;
  if (on) {
    const hasten = desk.previews.take(place.guild, desk.config.bot.looksPerHourPerGuild, desk.now());
    await desk.db.batch(resumeWatch(id, new Date(desk.now()).toISOString(), hasten));
  } else await desk.db.batch([holdWatch(id, null)]);
  return { kind: on ? 'resumed' : 'paused', target };
}

/** `span` such as `30m`, `2h`, `1d`. */
export async function muteWatch(desk: Desk, place: Place, words: string, span: string): Promise<Muted> {
  const duration = readDuration(span.trim());
  if ('wrong' in duration) return { kind: 'no duration' };
  const found = await own(desk, place, words);
  if ('not' in found) return found.not;
  const { id, target, paused, mutedUntil } = found.watch;
  const until = new Date(desk.now() + duration.value).toISOString();
  // Who paused it meant longer than any mute.
  if (paused && mutedUntil === null) return { kind: 'paused already', target };
  await desk.db.batch([holdWatch(id, until)]);
  return { kind: 'muted', target, until };
}
