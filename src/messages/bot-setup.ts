// What the bot says while a server is set up: settings of a channel, samples, the welcome, editing of watches.
import type { Plural } from './plural.ts';

export interface SetupMessages {
  readonly settings: {
    /** `{channel}`; the settings follow, one a line. */
    readonly title: string;
    readonly labels: Readonly<
      Record<'turns' | 'forum' | 'silent' | 'quiet' | 'timezone' | 'digest' | 'language' | 'ping', string>
    >;
    readonly turns: Readonly<Record<'here' | 'thread' | 'forum', string>>;
    readonly silent: Readonly<Record<'nothing' | 'rumours' | 'promises' | 'unreleased' | 'everything', string>>;
    readonly pings: Readonly<Record<'everything' | 'releases' | 'promises' | 'nobody', string>>;
    /** `{who}` is pinged for `{what}`. */
    readonly pinged: string;
    readonly none: string;
    /** `{written}` cannot be read. */
    readonly noHours: string;
    readonly noZone: string;
    readonly needsRole: string;
    readonly notEveryone: string;
    readonly unheard: string;
  };
  readonly test: {
    readonly done: Plural;
    /** `{reason}` */
    readonly failed: string;
    readonly name: string;
    readonly text: string;
  };
  readonly welcome: { readonly title: string; readonly text: string };
  readonly edit: {
    /** What the filters would do with what is already known of `{target}`. */
    readonly title: string;
    readonly told: Plural;
    readonly held: Plural;
    readonly nothingKnown: string;
    readonly save: string;
    readonly saved: string;
    readonly unchanged: string;
    readonly choices: Readonly<Record<'everything' | 'models' | 'yes' | 'no' | 'nobody', string>>;
    /** Label of the suggestion that clears an option. */
    readonly clear: string;
    readonly pinged: string;
  };
  readonly lab: {
    /** `{lab}`; what would be watched follows. */
    readonly title: string;
    readonly unknown: string;
    readonly already: Plural;
    readonly added: Plural;
    readonly nothing: string;
  };
  readonly kinds: Readonly<Record<string, string>>;
}
