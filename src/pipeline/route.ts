// Placed changes + everybody's verdicts → what each story is to be folded with, scope by scope.

import { scopeName } from '../store/stories.ts';
import type { StoryChange } from '../stories/fold.ts';
import { guildOf } from '../stories/news.ts';
import type { Matcher } from '../types/change.ts';
import type { Watch } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { FreshLook, Placed, PlacedChange } from './assign.ts';
import { type Judged, judge } from './filter.ts';
import { isFiled } from './visibility.ts';

/** One change for one story, with the word of those whose channels it concerns. */
export interface Entry {
  readonly placed: PlacedChange;
  readonly role: StoryChange['role'];
  readonly verdicts: readonly Judged[];
  /** A watch that counts in this story tells it: a turn for all who follow the story, also where nobody joins by it. */
  readonly told: boolean;
}

/** One story's changes. The file's story of a key and a guild's are two. */
export interface Chapter {
  readonly scope: Story['scope'];
  readonly key: string;
  readonly entries: readonly Entry[];
}

/** The stories that guilds have of their own, by key. */
export type GuildStories = ReadonlyMap<string, readonly Story[]>;

export function isTold(entry: Entry): boolean {
  return entry.told;
}

/** Channels that join with this, by the watch that tells it to them. */
function joining({ verdicts }: Entry): readonly Watch[] {
  return verdicts.filter(({ told }) => told).map(({ watch }) => watch);
}

/** Somebody joins by it: only this opens a story. */
export function isJoined(entry: Entry): boolean {
  return joining(entry).length > 0;
}

export function storyChange(entry: Entry): StoryChange {
  const { placed, role, told } = entry;
  const to = joining(entry).flatMap((watch) => watch.to);
  return { change: placed.change, reading: placed.reading, role, told, to: [...new Set(to)] };
}

/** For each channel that joins: the watch that told it first. */
export function joinedBy(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const watch of entries.flatMap(joining))
    for (const channel of watch.to) if (!joined.has(channel)) joined.set(channel, watch.id);
  return joined;
}

interface Book {
  readonly add: (scope: Story['scope'], key: string, entry: Entry) => void;
  readonly chapters: () => readonly Chapter[];
}

function openBook(): Book {
  const chapters = new Map<string, { scope: Story['scope']; key: string; entries: Entry[] }>();
  return {
    add: (scope, key, entry) => {
      const name = `${scopeName(scope)} ${key}`;
      const chapter = chapters.get(name);
      if (chapter === undefined) chapters.set(name, { scope, key, entries: [entry] });
      else chapter.entries.push(entry);
    },
    chapters: () => [...chapters.values()],
  };
}

/** The verdicts as far as they concern these channels. */
function concerning(verdicts: readonly Judged[], isHere: (channel: string) => boolean): readonly Judged[] {
  return verdicts.flatMap((verdict): readonly Judged[] => {
    const to = verdict.watch.to.filter(isHere);
    if (to.length === verdict.watch.to.length) return [verdict];
    return to.length === 0 ? [] : [{ ...verdict, watch: { ...verdict.watch, to } }];
  });
}

/** A change, what every watch on its target says of it, and whether it is evidence for all. */
interface Heard {
  readonly one: PlacedChange;
  readonly verdicts: readonly Judged[];
  readonly filed: boolean;
}

function hear(placed: Placed, looks: readonly FreshLook[], matcher: Matcher): readonly Heard[] {
  const byTarget = Map.groupBy(placed.changes, (entry) => entry.targetId);
  return looks.flatMap(({ row, watches }) => {
    const mine = byTarget.get(row.target.id) ?? [];
    const changes = mine.filter(({ beside }) => !beside).map(({ change }) => change);
    const judged = Map.groupBy(judge(changes, watches, matcher), (verdict) => verdict.change);
    const filed = isFiled(watches);
    return mine.map((one) => ({ one, verdicts: judged.get(one.change) ?? [], filed }));
  });
}

/** The channels that hear of a key through a guild's own story, each with the guild; guilds without one are not in it. */
type Owners = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** A guild has its own story of a key, or opens it now: the first thing that one of its watches tells does. */
function ownersOf(heard: readonly Heard[], guildStories: GuildStories): Owners {
  const owners = new Map<string, Map<string, Set<string>>>();
  const own = (key: string, guild: string, channels: readonly string[]): void => {
    const guilds = owners.get(key) ?? new Map<string, Set<string>>();
    const known = guilds.get(guild) ?? new Set<string>();
    for (const channel of channels) known.add(channel);
    owners.set(key, guilds.set(guild, known));
  };
  for (const [key, stories] of guildStories)
    for (const { scope, audience } of stories) if (scope !== 'file') own(key, scope.guild, audience);
  for (const { one, verdicts } of heard) {
    for (const { watch, told } of verdicts) {
      const guild = guildOf(watch);
      if (told && guild !== null) own(one.storyKey, guild, watch.to);
    }
  }
  return owners;
}

/**
 * What one change is to the stories of its key. The file's story knows what the file watches, and nothing of guilds; a
 * guild's knows that and what the guild itself watches. A channel hears of a key through one story: the guild's, where
 * it is in both.
 */
function write(book: Book, { one, verdicts, filed }: Heard, owners: Owners): void {
  const key = one.storyKey;
  const owning = owners.get(key) ?? new Map<string, ReadonlySet<string>>();
  const byGuild = Map.groupBy(verdicts, ({ watch }) => guildOf(watch));
  const files = byGuild.get(null) ?? [];
  const filesTold = files.some(({ told }) => told);
  if (filed) {
    const isTaken = (channel: string): boolean => [...owning.values()].some((channels) => channels.has(channel));
    const rest = concerning(files, (channel) => !isTaken(channel));
    book.add('file', key, { placed: one, role: 'own', verdicts: rest, told: filesTold });
  }
  const guilds = new Set([...owning.keys(), ...byGuild.keys()].filter((guild) => guild !== null));
  for (const guild of guilds) {
    const theirs = byGuild.get(guild);
    if (!filed && theirs === undefined) continue;
    const taken = concerning(files, (channel) => owning.get(guild)?.has(channel) === true);
    const told = filesTold || theirs?.some((verdict) => verdict.told) === true;
    book.add({ guild }, key, { placed: one, role: 'own', verdicts: [...(theirs ?? []), ...taken], told });
  }
}

/** A derivative is a quiet word to the story of what it is made from, in the scopes that see the derivative. */
function spread(book: Book, { one, verdicts, filed }: Heard, bases: GuildStories): void {
  const key = one.spreadKey;
  if (key === null || key === one.storyKey) return;
  const entry: Entry = { placed: one, role: 'spread', verdicts: [], told: false };
  if (filed) book.add('file', key, entry);
  const asking = new Set(verdicts.map(({ watch }) => guildOf(watch)));
  for (const { scope } of bases.get(key) ?? [])
    if (scope !== 'file' && (filed || asking.has(scope.guild))) book.add(scope, key, entry);
}

/** Who judges what, and in which story it counts. */
export function chaptersOf(
  placed: Placed,
  looks: readonly FreshLook[],
  matcher: Matcher,
  guildStories: GuildStories,
): readonly Chapter[] {
  const heard = hear(placed, looks, matcher);
  const owners = ownersOf(heard, guildStories);
  const book = openBook();
  for (const one of heard) {
    write(book, one, owners);
    spread(book, one, guildStories);
  }
  return book.chapters();
}
