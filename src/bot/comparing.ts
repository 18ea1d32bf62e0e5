// Compares two models: one row per field, differences first.

import { badges, colours, timestamp } from '../channels/discord/card.ts';
import { fitEmbed, fitLines } from '../channels/discord/embed.ts';
import { called, hostLink, inline } from '../channels/discord/text.ts';
import { type Card, cardOf, toneOf } from '../messages/card.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import type { Story } from '../types/story.ts';
import type { Ask, Bot, InteractionReply } from './define.ts';
import { findStory } from './finding.ts';

const listMost = 3_900;
const valueMost = 160;
const nothing = '–';

type Row = readonly [label: string, one: string, other: string];

/** Label and value of every field that can be compared; the values are already escaped. */
function fieldsOf(story: Story, card: Card, bot: Bot, language: Language): ReadonlyMap<string, string> {
  const { bot: texts, labels } = language.texts;
  const { compare } = texts;
  const landed = story.stage === 'released' ? (story.releasedAt ?? story.publishedAt) : null;
  return new Map([
    [compare.stage, inline(card.stage, valueMost)],
    ...(story.lab === null ? [] : [[compare.lab, inline(bot.labs.nameOf(story.lab), valueMost)] as const]),
    ...(landed === null ? [] : [[labels.published, timestamp(landed, 'd')] as const]),
    ...(card.verdict === null ? [] : [[compare.verdict, inline(card.verdict, valueMost)] as const]),
    ...(card.pledge === null ? [] : [[compare.promise, inline(card.pledge, valueMost)] as const]),
    ...card.lines.map(({ label, value }) => [label, inline(value, valueMost)] as const),
  ]);
}

function headOf(story: Story): string {
  return `${badges[toneOf(story)]} **${called(story.name, story.url)}** ${hostLink(story.url) ?? ''}`.trimEnd();
}

function rowsOf(stories: readonly [Story, Story], bot: Bot, language: Language): readonly Row[] {
  const [one, other] = stories.map((story) => fieldsOf(story, cardOf(story, language), bot, language));
  const labels = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  return [...labels].map((label): Row => [label, one?.get(label) ?? nothing, other?.get(label) ?? nothing]);
}

export async function answerCompare(bot: Bot, ask: Ask): Promise<InteractionReply> {
  const language = messagesFor(ask.openLocale);
  const { compare } = language.texts.bot;
  const one = await findStory(bot, ask, ask.options.a ?? '');
  if ('answer' in one) return one.answer;
  const other = await findStory(bot, ask, ask.options.b ?? '');
  if ('answer' in other) return other.answer;
  const rows = rowsOf([one.story, other.story], bot, language);
  const different = rows.filter(([, here, there]) => here !== there);
  const same = rows.filter(([, here, there]) => here === there);
  const lines = [
    `${headOf(one.story)} ┃ ${headOf(other.story)}`,
    '',
    ...(different.length === 0 ? [] : [`__${compare.different}__`]),
    ...different.map(([label, here, there]) => `**${label}** ${here} ┃ ${there}`),
    ...(same.length === 0 ? [] : ['', `__${compare.same}__`]),
    ...same.map(([label, here]) => `**${label}** ${here}`),
  ];
  const rest = (left: number): string => `… ${language.count(language.texts.more, left)}`;
  const title = `${called(one.story.name, one.story.url)} ┃ ${called(other.story.name, other.story.url)}`;
  const embed = fitEmbed({ title, color: colours.plain, description: fitLines(lines, listMost, rest) });
  return { embeds: [embed], hidden: false };
}
