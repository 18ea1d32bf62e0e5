// `/promises`, with buttons for promises that nobody has confirmed yet.

import { badges, colours } from '../channels/discord/card.ts';
import { fitEmbed } from '../channels/discord/embed.ts';
import { bare, called, hostLink, inline } from '../channels/discord/text.ts';
import { pledgeText, toneOf } from '../messages/card.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import type { Story } from '../types/story.ts';
import type { Asker, Bot, Button, InteractionReply } from './define.ts';
import { pageButtons, pageFrom } from './pages.ts';

/** In UTF-16 units: within the 4,096 of a description, with room for headings. */
const listMost = 3_600;
/** A message has at most five rows of buttons, and each unconfirmed promise takes one. */
const rowsMost = 5;

function promiseLine(story: Story, language: Language): string {
  const text = pledgeText(story, language) ?? '';
  const link = hostLink(story.pledge?.quoteUrl ?? story.url) ?? '';
  return `${badges[toneOf(story)]} **${called(story.name, story.url)}**: ${inline(text, 300)} ${link}`.trimEnd();
}

function promiseButtons(story: Story, from: number, language: Language): readonly Button[] {
  const { promises } = language.texts.bot;
  const name = bare(story.name, 40);
  const button = (style: 2 | 3, label: string, answer: string): Button => ({
    type: 2,
    style,
    label: fill(label, { name }),
    custom_id: `pledge:${answer}:${story.id}:${from}`,
  });
  return [button(3, promises.confirm, 'confirmed'), button(2, promises.dismiss, 'dismissed')];
}

/** `from`: index of the first promise to show, in the order overdue, open, kept. */
export async function answerPromises(bot: Bot, asker: Asker, from = 0): Promise<InteractionReply> {
  const language = messagesFor(asker.openLocale);
  const { promises: texts } = language.texts.bot;
  const { overdue, open, kept, unconfirmed } = await bot.actions.promises.here(asker.place);
  // Nobody can confirm a promise for a server from outside it.
  const unsure = new Set(asker.place === null ? [] : unconfirmed.map(({ id }) => id));
  const section = (title: string, stories: readonly Story[]) => stories.map((story) => ({ title, story }));
  const all = [...section(texts.overdue, overdue), ...section(texts.open, open), ...section(texts.kept, kept)];
  const at = (rows: number) =>
    pageFrom(all, from, [listMost, rows], ({ story }) => [
      promiseLine(story, language).length + 1,
      unsure.has(story.id) ? 1 : 0,
    ]);
  const whole = at(rowsMost);
  // The buttons to other pages take one of the rows.
  const page = whole.before === null && whole.after === null ? whole : at(rowsMost - 1);
  const lines = page.entries.flatMap(({ title, story }, index) => {
    const before = page.entries[index - 1]?.title;
    const heading = title === before ? [] : [`${before === undefined ? '' : '\n'}**${title}**`];
    return [...heading, promiseLine(story, language)];
  });
  const asked = page.entries.filter(({ story }) => unsure.has(story.id));
  const hint = fill(texts.hint, { permission: language.reason({ code: 'permission.manage-server', params: {} }) });
  return {
    embeds: [
      fitEmbed({
        title: texts.title,
        description: lines.length === 0 ? texts.none : lines.join('\n'),
        color: colours.pledged,
        ...(asked.length === 0 ? {} : { footer: { text: hint } }),
      }),
    ],
    components: [
      ...asked.map(({ story }) => ({ type: 1 as const, components: promiseButtons(story, from, language) })),
      ...pageButtons('promises', page, language),
    ],
    hidden: false,
  };
}
