// Promises that are open, overdue and kept, and a guild's answers to the unconfirmed ones.
import { type PledgeAnswer, pledgeAnswers } from '../store/guilds.ts';
import { promisedStories } from '../store/story-search.ts';
import { isOpen } from '../stories/pledges.ts';
import type { Story } from '../types/story.ts';
import { answerStatements } from './answer-pledge.ts';
import { type GuildChannelIds, type GuildContext, oneOfEach, scopesFor, shownTo } from './context.ts';

export interface Promises {
  readonly overdue: readonly Story[];
  readonly open: readonly Story[];
  readonly kept: readonly Story[];
  /** Those of `overdue` and `open` that neither the file nor this guild has confirmed. */
  readonly unconfirmed: readonly Story[];
}

const most = 200;

/** As this guild sees them: without those it dismissed, with its confirmations. `place` null: for everybody. */
export async function promisesHere(
  guildContext: Pick<GuildContext, 'db'>,
  place: GuildChannelIds | null,
): Promise<Promises> {
  const answers: ReadonlyMap<string, PledgeAnswer> =
    place === null ? new Map() : await pledgeAnswers(guildContext.db, place.guild);
  const stories = oneOfEach(
    await shownTo(guildContext.db, place, await promisedStories(guildContext.db, scopesFor(place), most)),
  ).flatMap((story): readonly Story[] => {
    const { pledge } = story;
    // A story of the guild's own contains its answers.
    const answer = story.scope === 'file' ? answers.get(story.id) : undefined;
    if (pledge === null || story.mergedInto !== null) return [];
    if (answer === 'dismissed' && !pledge.confirmed) return [];
    return [answer === 'confirmed' ? { ...story, pledge: { ...pledge, confirmed: true } } : story];
  });
  const due = (story: Story): string => story.pledge?.dueTo ?? story.pledge?.dueFrom ?? '9999';
  const of = (...states: readonly string[]): readonly Story[] =>
    stories
      .filter(
        ({ pledge }) => pledge !== null && states.includes(pledge.state) && !(pledge.ended === true && isOpen(pledge)),
      )
      .toSorted((one, other) => due(one).localeCompare(due(other)));
  const overdue = of('overdue');
  const open = of('open', 'moved');
  return {
    overdue,
    open,
    kept: of('kept', 'kept late').toReversed(),
    unconfirmed: [...overdue, ...open].filter(({ pledge }) => pledge?.confirmed === false),
  };
}

interface AnsweredPromise {
  readonly storyId: string;
  readonly answer: PledgeAnswer;
  readonly person: string;
}

/** False: there is no such promise, or the file has confirmed it, which counts for everybody. */
export async function answerPromise(
  guildContext: Pick<GuildContext, 'db' | 'now' | 'fileChannel'>,
  place: GuildChannelIds,
  { storyId, answer, person }: AnsweredPromise,
): Promise<boolean> {
  const { unconfirmed } = await promisesHere(guildContext, place);
  const story = unconfirmed.find((one) => one.id === storyId);
  if (story === undefined) return false;
  return (
    (await guildContext.db.batch(await answerStatements(guildContext, place, { story, answer, person }))) === 'done'
  );
}
