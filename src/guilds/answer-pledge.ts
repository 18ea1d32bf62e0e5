// What a guild's answer to an unconfirmed pledge does: the guild continues with its own story, and nobody else is told.

import { deliveryId } from '../pipeline/plan.ts';
import { scopedKey, storyId } from '../pipeline/story-id.ts';
import type { Db, Statement } from '../store/define.ts';
import { insertDelivery } from '../store/deliveries.ts';
import { type PledgeAnswer, savePledgeAnswer } from '../store/guilds.ts';
import { messagesOf } from '../store/messages.ts';
import { saveStory, storiesByKey } from '../store/stories.ts';
import { nextTurn } from '../stories/promise.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import { channelName, type GuildChannelIds, type GuildContext } from './context.ts';
import { ownStories } from './own-scope.ts';

/** The story after the answer: the promise is confirmed, or was none. */
export function answered(story: Story, answer: PledgeAnswer): Story {
  const { pledge } = story;
  if (pledge === null) return story;
  if (answer === 'confirmed') return { ...story, pledge: { ...pledge, confirmed: true } };
  const { dueFrom, dueTo } = pledge;
  const dismissed = [...(story.dismissed ?? []), { dueFrom, dueTo }];
  return { ...story, pledge: null, dismissed, stage: story.stage === 'pledged' ? 'reported' : story.stage };
}

/** Edits of the cards that channels have of the story, so that they show its new revision. */
export async function cardEdits(db: Db, { id, revision }: Story, nowMs: number): Promise<readonly Statement[]> {
  const now: Iso = new Date(nowMs).toISOString();
  const cards = (await messagesOf(db, [id])).filter(({ messageId }) => messageId !== null);
  return cards.map(({ channel }, index) =>
    insertDelivery(
      {
        id: deliveryId(id, revision, channel, 'card'),
        subject: id,
        revision,
        channel,
        form: 'card',
        seq: nowMs * 1000 + index,
        notBefore: now,
        attempts: 0,
        content: null,
        pinned: null,
        sent: [],
        doubtSince: null,
      },
      now,
    ),
  );
}

/** The guild's own copy of this story of the file; from now on the guild has its own of all stories. */
export async function ownOf(
  guildContext: Pick<GuildContext, 'db' | 'fileChannel'>,
  place: GuildChannelIds,
  story: Story,
): Promise<{ readonly story: Story; readonly before: number }> {
  const { db } = guildContext;
  const scope = { guild: place.guild };
  await ownStories(db, place.guild, channelName(guildContext, place));
  const own = (await storiesByKey(db, scope, [story.key])).get(story.key);
  if (own !== undefined) return { story: own, before: own.revision };
  return { story: { ...story, id: storyId(scopedKey(scope, story.key)), scope, audience: [] }, before: 0 };
}

interface AnsweredStory {
  readonly story: Story;
  readonly answer: PledgeAnswer;
  readonly person: string;
}

/** Stores the guild's story, and edits the cards that its channels have. */
export async function answerStatements(
  guildContext: Pick<GuildContext, 'db' | 'now' | 'fileChannel'>,
  place: GuildChannelIds,
  { story, answer, person }: AnsweredStory,
): Promise<readonly Statement[]> {
  const nowMs = guildContext.now();
  const now: Iso = iso(nowMs);
  const own = story.scope === 'file' ? await ownOf(guildContext, place, story) : { story, before: story.revision };
  const revision = own.story.revision + 1;
  const told = answered({ ...own.story, revision, updatedAt: now }, answer);
  const theirs = { ...told, nextAt: nextTurn(told) };
  return [
    savePledgeAnswer({ guild: place.guild, storyId: story.id, answer, person, now }),
    saveStory(theirs, own.before),
    ...(await cardEdits(guildContext.db, theirs, nowMs)),
  ];
}
