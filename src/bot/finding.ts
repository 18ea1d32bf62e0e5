// Finds the story that a name refers to, or the most similar names.
import { inline } from '../channels/discord/text.ts';
import { fill } from '../messages/fill.ts';
import { messagesFor } from '../messages/index.ts';
import type { Story } from '../types/story.ts';
import type { Asker, Bot, Button, InteractionReply } from './define.ts';
import { hidden } from './watching.ts';

const nearMost = 5;
const labelMost = 80;
const idMost = 100;

/** Visible to the asker only; each similar name is a button that shows its story. */
async function noStory(bot: Bot, asker: Asker, asked: string): Promise<InteractionReply> {
  const { bot: texts } = messagesFor(asker.locale).texts;
  const near = await bot.actions.stories.near(asker.place, asked, nearMost);
  const none = fill(texts.noStory, { name: inline(asked, 200) });
  if (near.length === 0) return hidden(none);
  const names = near.map(({ name }) => `• **${inline(name, 150)}**`);
  const buttons = near.flatMap(({ id, name }): readonly Button[] => {
    const custom = `story:show:${id}`;
    const label = [...name.replaceAll(/\s+/g, ' ').trim()].slice(0, labelMost / 2).join('');
    return custom.length > idMost || label === '' ? [] : [{ type: 2, style: 2, label, custom_id: custom }];
  });
  return {
    ...hidden([none, texts.nearest, ...names].join('\n')),
    components: buttons.length === 0 ? [] : [{ type: 1, components: buttons }],
  };
}

/** The best match for what was written, or the answer saying that there is none. */
export async function findStory(
  bot: Bot,
  asker: Asker,
  asked: string,
): Promise<{ readonly story: Story } | { readonly answer: InteractionReply }> {
  const [story] = await bot.actions.stories.named(asker.place, asked, 1);
  return story === undefined ? { answer: await noStory(bot, asker, asked) } : { story };
}
