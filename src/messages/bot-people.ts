// What the bot says to one person about what they asked for: details, following a story, reminders.
import type { Plural } from './plural.ts';

export interface PeopleMessages {
  readonly buttons: Readonly<Record<'details' | 'follow' | 'leave' | 'remind' | 'unremind' | 'vouch', string>>;
  /** `{account}` is `{lab}`'s own: in this server, or for everybody. */
  readonly vouchedHere: string;
  readonly vouchedEverywhere: string;
  readonly notVouched: string;
  /** `{name}` of the story. */
  readonly followed: string;
  readonly followedAlready: string;
  readonly left: string;
  readonly notFollowed: string;
  /** `{name}` of the story; `{due}`: when its promise falls due. */
  readonly reminded: string;
  readonly remindedAlready: string;
  readonly unreminded: string;
  readonly notReminded: string;
  readonly noDay: string;
  readonly tooLate: string;
  /** How many a person may have. */
  readonly tooManyFollowed: Plural;
  readonly tooManyReminders: Plural;
  /** The story is gone, or people in this server may not see it. */
  readonly noStory: string;
  readonly details: {
    readonly turns: string;
    readonly evidence: string;
    readonly unknown: string;
    readonly nothing: string;
  };
}
