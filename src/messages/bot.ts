// The texts that a language has for the bot's commands and answers.
import type { Kind } from '../types/core.ts';
import type { PeopleMessages } from './bot-people.ts';
import type { SetupMessages } from './bot-setup.ts';
import type { Plural } from './plural.ts';

export interface Named {
  /** Lower case, at most 32 characters: https://discord.com/developers/docs/interactions/application-commands */
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
}

/** Commands, their subcommands and options: `watch`, `watch.add`, `watch.add.target`. */
export type CommandKey =
  | 'watch'
  | 'watch.add'
  | 'watch.add.kind'
  | 'watch.add.target'
  | 'watch.add.include'
  | 'watch.add.exclude'
  | 'watch.remove'
  | 'watch.remove.target'
  | 'watch.list'
  | 'watch.pause'
  | 'watch.pause.target'
  | 'model'
  | 'model.name'
  | 'latest'
  | 'latest.lab'
  | 'latest.since'
  | 'compare'
  | 'compare.a'
  | 'compare.b'
  | 'promises'
  | 'why'
  | 'why.item'
  | 'status'
  | 'mute'
  | 'mute.target'
  | 'mute.for'
  | 'digest'
  | 'digest.when'
  | 'language'
  | 'language.locale'
  | 'settings'
  | 'settings.turns'
  | 'settings.forum'
  | 'settings.silent'
  | 'settings.quiet'
  | 'settings.timezone'
  | 'settings.digest'
  | 'settings.language'
  | 'settings.role'
  | 'settings.ping'
  | 'test'
  | 'watch.edit'
  | 'watch.edit.target'
  | 'watch.edit.events'
  | 'watch.edit.include'
  | 'watch.edit.exclude'
  | 'watch.edit.only'
  | 'watch.edit.prereleases'
  | 'watch.edit.role'
  | 'watch.edit.ping'
  | 'help';

export interface BotMessages {
  readonly commands: Readonly<Record<CommandKey, Named>>;
  readonly digests: Readonly<Record<'off' | 'daily' | 'weekly' | 'now', string>>;
  readonly denied: string;
  readonly failed: string;
  /** To somebody who uses the bot outside its servers. */
  readonly onlyInServers: string;
  /** `{names}`: permissions that the bot lacks in this channel. */
  readonly missing: string;
  readonly ofTheFile: string;
  readonly watch: {
    readonly now: string;
    readonly nowNewest: string;
    readonly nowNothing: string;
    readonly absent: string;
    readonly found: Plural;
    readonly next: string;
    readonly counts: Readonly<Record<Kind, Plural>>;
    readonly confirm: string;
    readonly cancel: string;
    readonly added: string;
    readonly cancelled: string;
    readonly expired: string;
    readonly already: string;
    readonly tooMany: string;
    readonly tooManyLooks: string;
    readonly invalid: string;
    readonly secret: string;
    readonly notLookedAt: string;
    readonly removed: string;
    /** `{list}`: the command that lists watches. */
    readonly notWatched: string;
    /** The matching ones follow as a list. */
    readonly several: string;
    readonly paused: string;
    readonly resumed: string;
    readonly muted: string;
    readonly pausedAlready: string;
    readonly noDuration: string;
    readonly list: Plural;
    /** `{add}`: the command that adds a watch. */
    readonly none: string;
    readonly byFile: string;
    readonly byHere: string;
    readonly isPaused: string;
    readonly isMuted: string;
    readonly fails: string;
  };
  /** Buttons to the other pages of a list. */
  readonly pages: { readonly before: string; readonly after: string };
  readonly noStory: string;
  /** The nearest names follow. */
  readonly nearest: string;
  readonly latest: {
    readonly title: string;
    readonly ofLab: string;
    readonly none: string;
    /** `{at}`: the beginning of the period. */
    readonly since: string;
    /** `{since}` is not a time that we can read. */
    readonly noTime: string;
  };
  /** Labels of a comparison, and headings of its two parts. */
  readonly compare: Readonly<Record<'different' | 'same' | 'stage' | 'lab' | 'verdict' | 'promise', string>>;
  readonly promises: {
    readonly title: string;
    readonly overdue: string;
    readonly open: string;
    readonly kept: string;
    readonly none: string;
    readonly hint: string;
    readonly confirm: string;
    readonly dismiss: string;
    readonly settled: string;
  };
  readonly why: {
    readonly none: string;
    readonly seen: string;
    readonly baseline: string;
    readonly gone: string;
    readonly noVerdict: string;
    /** Buttons to the other pages of a list. */
    readonly pages: { readonly before: string; readonly after: string };
    readonly noStory: string;
    readonly story: string;
    readonly notOwed: string;
    readonly forms: Readonly<Record<'card' | 'reply' | 'group' | 'digest' | 'notice', string>>;
    readonly states: Readonly<Record<'owed' | 'sent' | 'dead', string>>;
  };
  readonly status: {
    readonly beat: string;
    readonly noBeat: string;
    readonly watches: Plural;
    readonly paused: Plural;
    readonly owed: Plural;
    readonly held: string;
    readonly gone: string;
    readonly failing: Plural;
    readonly well: string;
  };
  readonly digestSet: Readonly<Record<'off' | 'daily' | 'weekly', string>>;
  readonly digestNow: { readonly comes: Plural; readonly nothing: string; readonly told: Plural };
  readonly languageSet: string;
  readonly help: string;
  readonly people: PeopleMessages;
  readonly setup: SetupMessages;
}
