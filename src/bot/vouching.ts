// The button on the card of a model that carries a lab's name in an unknown account.
import { inline } from '../channels/discord/text.ts';
import { fill } from '../messages/fill.ts';
import { messagesFor } from '../messages/index.ts';
import type { Bot, HereAsker, InteractionReply } from './define.ts';

export async function answerVouch(bot: Bot, asker: HereAsker, storyId: string): Promise<InteractionReply> {
  const texts = messagesFor(asker.locale).texts.bot.people;
  const done = await bot.actions.vouch(asker.place, storyId);
  if (done === null) return { content: texts.notVouched, hidden: true };
  const text = done.everywhere ? texts.vouchedEverywhere : texts.vouchedHere;
  return { content: fill(text, { account: inline(done.account, 100), lab: inline(done.lab, 60) }), hidden: true };
}
