// What a guild's answer to an unconfirmed pledge does: the guild goes on with a story of its own, nobody else is told anything.

import { createHash } from 'node:crypto';
import { deliveryId } from '../pipeline/plan.ts';
import type { Statement } from '../store/define.ts';
import { insertDelivery, messagesOf } from '../store/deliveries.ts';
import { type PledgeAnswer, savePledgeAnswer } from '../store/guilds.ts';
import { moveChannels } from '../store/moving.ts';
import { saveStory, scopeName } from '../store/stories.ts';
import { nextTurn } from '../stories/promise.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { type GuildChannelIds, type GuildContext, guildChannelName } from './context.ts';

/** As the guild answered: confirmed, or no promise at all. */
function answered(story: Story, answer: PledgeAnswer): Story {
  const { pledge } = story;
  if (pledge === null) return story;
  if (answer === 'confirmed') return { ...story, pledge: { ...pledge, confirmed: true } };
  const { dueFrom, dueTo } = pledge;
  const dismissed = [...(story.dismissed ?? []), { dueFrom, dueTo }];
  return { ...story, pledge: null, dismissed, stage: story.stage === 'pledged' ? 'reported' : story.stage };
}

/** The channels of a story that are this guild's: those added in it, and the file's channel that was answered in. */
function channelsHere(
  story: Story,
  guildContext: Pick<GuildContext, 'fileChannel'>,
  place: GuildChannelIds,
): readonly string[] {
  const own = guildChannelName({ ...place, channel: '' });
  const file = guildContext.fileChannel(place.channel);
  return story.audience.filter((name) => name.startsWith(own) || name === file);
}

/** The guild's story, with the cards that its channels have already; the file's goes on without those channels. */
export async function answerStatements(
  guildContext: Pick<GuildContext, 'db' | 'now' | 'fileChannel'>,
  place: GuildChannelIds,
  story: Story,
  answer: PledgeAnswer,
  person: string,
): Promise<readonly Statement[]> {
  const nowMs = guildContext.now();
  const now: Iso = new Date(nowMs).toISOString();
  const said = savePledgeAnswer(place.guild, story.id, answer, person, now);
  const scope = story.scope === 'file' ? { guild: place.guild } : story.scope;
  const fork = story.scope === 'file';
  const here = fork ? channelsHere(story, guildContext, place) : story.audience;
  const id = fork
    ? createHash('sha256')
        .update(`${scopeName(scope)} ${story.key}`)
        .digest('hex')
        .slice(0, 16)
    : story.id;
  const revision = story.revision + 1;
  const told = answered({ ...story, id, scope, audience: here, revision, updatedAt: now }, answer);
  const theirs = { ...told, nextAt: nextTurn(told) };
  const messages = (await messagesOf(guildContext.db, [story.id])).filter(({ channel }) => here.includes(channel));
  const cards = messages.filter(({ messageId }) => messageId !== null);
  const rest = story.audience.filter((name) => !here.includes(name));
  return [
    said,
    saveStory(theirs, fork ? 0 : story.revision),
    ...(fork ? [saveStory({ ...story, audience: rest, revision }, story.revision)] : []),
    ...(fork ? moveChannels(story.id, id, here) : []),
    ...cards.map(({ channel }, index) =>
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
    ),
  ];
}
