// Where in Discord somebody asks, and what the bot's use cases work with.
import { createHash } from 'node:crypto';
import type { Config } from '../config/shape.ts';
import type { SizeOf } from '../pipeline/regex-budget.ts';
import { itemsSeen } from '../pipeline/visibility.ts';
import type { Previews } from '../scheduler/previews.ts';
import type { Source, SourceKind } from '../sources/define.ts';
import type { Db } from '../store/define.ts';
import type { GuildChannel } from '../store/guilds.ts';
import { hiddenKeys } from '../store/items.ts';
import type { Matcher } from '../types/change.ts';
import type { Observation, Target } from '../types/core.ts';
import { isPerson } from '../types/person.ts';
import type { Story } from '../types/story.ts';

/** Discord's ids. */
export interface GuildChannelIds {
  readonly guild: string;
  readonly channel: string;
}

export interface GuildContext {
  readonly db: Db;
  readonly config: Config;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sources: ReadonlyMap<string, Source>;
  readonly kinds: readonly SourceKind[];
  readonly matcher: Matcher;
  readonly sizeOf: SizeOf;
  readonly previews: Previews;
  /** Whether it is read as the release, promise or rumour of a model. */
  readonly isModel: (observation: Observation) => boolean;
  /** What the labs table lists for a lab, as entries of a watch list; null = no such lab. */
  readonly labWatches: (id: string) => readonly Readonly<Record<string, unknown>>[] | null;
  /** The file's name for a Discord channel that the bot writes to; null = the file does not have it. */
  readonly fileChannel: (channel: string) => string | null;
  /** Lets added or changed channels take effect at once. */
  readonly changed: () => Promise<void>;
}

export function guildChannelName(place: GuildChannelIds): string {
  return `guild:${place.guild}:${place.channel}`;
}

/** Whether a channel exists only in the database: people in Discord added it, or asked for direct messages. */
export function isGuildChannel(name: string): boolean {
  return name.startsWith('guild:') || isPerson(name);
}

/** The name under which alerts for this place are owed. */
export function channelName(guildContext: Pick<GuildContext, 'fileChannel'>, place: GuildChannelIds): string {
  return guildContext.fileChannel(place.channel) ?? guildChannelName(place);
}

export function channelOf(
  place: GuildChannelIds,
  settings: Partial<Pick<GuildChannel, 'locale' | 'digest' | 'settings'>> = {},
): GuildChannel {
  return { name: guildChannelName(place), ...place, locale: null, digest: null, ...settings };
}

/** As people write it: `github:xai-org/grok-1`, `page:https://x.ai/news a[href]`. */
export function targetText(target: Target): string {
  return `${target.source}:${target.address}${target.shape === null ? '' : ` ${target.shape}`}`;
}

/** The value of a choice in Discord, at most 100 characters: the target's text, or a hash when that is longer. */
export function targetHandle(target: Target): string {
  const text = targetText(target);
  return text.length <= 100 ? text : `#${createHash('sha256').update(target.id).digest('hex').slice(0, 16)}`;
}

/** The scopes whose stories people of a guild may see. */
export function scopesOf(place: GuildChannelIds): readonly Story['scope'][] {
  return ['file', { guild: place.guild }];
}

/** As `scopesOf`; `place` null: for everybody. */
export function scopesFor(place: GuildChannelIds | null): readonly Story['scope'][] {
  return place === null ? ['file'] : scopesOf(place);
}

/** When the file and the guild both have a story of a model, only the guild's: it contains what the file's does, and more. */
export function oneOfEach(stories: readonly Story[]): readonly Story[] {
  const own = new Set(stories.flatMap(({ scope, key }) => (scope === 'file' ? [] : [key])));
  return stories.filter(({ scope, key }) => scope !== 'file' || !own.has(key));
}

/** The guild of a channel that was added in Discord: `guild:GUILD:CHANNEL`; null for a channel of the file. */
function guildOfChannel(name: string): string | null {
  return /^guild:(\d+):\d+$/.exec(name)?.[1] ?? null;
}

/**
 * Those of these stories that people of this guild may see: their own and the file's; null: everybody, so only the file's.
 * Leaves out what is private, and what only other guilds asked for: older databases have such stories in the file's scope.
 */
export async function shownTo(
  db: Db,
  place: Pick<GuildChannelIds, 'guild'> | null,
  stories: readonly Story[],
): Promise<readonly Story[]> {
  const here = place?.guild ?? null;
  const filed = stories.filter(({ scope }) => scope === 'file');
  const hidden = await hiddenKeys(
    db,
    filed.map(({ key }) => key),
  );
  const deserted = filed.filter(({ audience, pledge }) => audience.length === 0 && pledge?.confirmed !== true);
  const seen = new Set(
    (
      await itemsSeen(
        db,
        'file',
        deserted.map(({ key }) => key),
      )
    ).map(({ storyKey }) => storyKey),
  );
  return stories.filter((story) => {
    if (story.known.visibility === 'private') return false;
    if (story.scope !== 'file') return story.scope.guild === here;
    if (hidden.has(story.key)) return false;
    const guilds = story.audience.map(guildOfChannel);
    if (guilds.some((guild) => guild === null || guild === here)) return true;
    return guilds.length === 0 && (seen.has(story.key) || !deserted.includes(story));
  });
}
