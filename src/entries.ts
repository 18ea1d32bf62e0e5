// Placed changes + everybody's verdicts → what each story is to be folded with, scope by scope.
import { type Judged, judge, type Matcher } from './judge.ts';
import type { FreshLook, Placed, PlacedChange } from './placing.ts';
import { scopeName } from './store/stories.ts';
import type { StoryChange } from './stories/fold.ts';
import type { Story } from './story.ts';
import type { Watch } from './types.ts';

/** One change for one story, with the word of those it concerns. */
export interface Entry {
  readonly placed: PlacedChange;
  readonly role: StoryChange['role'];
  readonly verdicts: readonly Judged[];
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
  return entry.verdicts.some(({ told }) => told);
}

export function storyChange({ placed, role, verdicts }: Entry): StoryChange {
  const to = verdicts.filter(({ told }) => told).flatMap(({ watch }) => watch.to);
  return {
    change: placed.change,
    reading: placed.reading,
    role,
    told: verdicts.some(({ told }) => told),
    to: [...new Set(to)],
  };
}

/** For each channel that joins: the watch that told it first. */
export function joinedBy(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const { told, watch } of entries.flatMap(({ verdicts }) => verdicts)) {
    if (told) for (const channel of watch.to) if (!joined.has(channel)) joined.set(channel, watch.id);
  }
  return joined;
}

/** The guild that asked; null for the file. */
export function guildOf(watch: Watch): string | null {
  return watch.origin.by === 'file' ? null : watch.origin.guild;
}

export function isNews({ change }: Pick<PlacedChange, 'change'>): boolean {
  return change.observation.kind === 'entry' || change.observation.kind === 'link';
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

/** What one change is to the stories of its key: the file's, and those of guilds. */
function write(
  book: Book,
  one: PlacedChange,
  verdicts: readonly Judged[],
  watches: readonly Watch[],
  guildStories: GuildStories,
): void {
  const own = new Map(
    (guildStories.get(one.storyKey) ?? []).flatMap(({ scope, audience }) =>
      scope === 'file' ? [] : [[scope.guild, new Set(audience)] as const],
    ),
  );
  const byGuild = Map.groupBy(verdicts, ({ watch }) => guildOf(watch));
  const filed = watches.length === 0 || watches.some((watch) => guildOf(watch) === null);
  // What only a guild's feed or page says is evidence in that guild alone; what the file sees is evidence everywhere.
  const guilds = new Set(
    [...own.keys(), ...(isNews(one) ? [...byGuild.keys()] : [])].filter((guild) => guild !== null),
  );
  // A channel of the file in which people answered a promise hears of the model through their story alone.
  const isTaken = (channel: string): boolean => [...own.values()].some((audience) => audience.has(channel));
  if (filed || !isNews(one)) {
    const rest = verdicts.filter(({ watch }) => !guilds.has(guildOf(watch) ?? ''));
    book.add('file', one.storyKey, {
      placed: one,
      role: 'own',
      verdicts: concerning(rest, (channel) => !isTaken(channel)),
    });
  }
  for (const guild of guilds) {
    const taken = concerning(byGuild.get(null) ?? [], (channel) => own.get(guild)?.has(channel) === true);
    const theirs = [...(byGuild.get(guild) ?? []), ...taken];
    if (filed || !isNews(one) || theirs.length > 0)
      book.add({ guild }, one.storyKey, { placed: one, role: 'own', verdicts: theirs });
  }
}

/** Who judges what, and in which story it counts; a derivative is also a quiet word to the story of what it is made from. */
export function chaptersOf(
  placed: Placed,
  looks: readonly FreshLook[],
  matcher: Matcher,
  guildStories: GuildStories,
): readonly Chapter[] {
  const byTarget = Map.groupBy(placed.changes, (entry) => entry.targetId);
  const book = openBook();
  for (const { row, watches } of looks) {
    const mine = byTarget.get(row.target.id) ?? [];
    const judged = Map.groupBy(
      judge(
        mine.filter(({ beside }) => !beside).map(({ change }) => change),
        watches,
        matcher,
      ),
      (verdict) => verdict.change,
    );
    for (const one of mine) {
      write(book, one, judged.get(one.change) ?? [], watches, guildStories);
      if (one.spreadKey !== null && one.spreadKey !== one.storyKey)
        book.add('file', one.spreadKey, { placed: one, role: 'spread', verdicts: [] });
    }
  }
  return book.chapters();
}
