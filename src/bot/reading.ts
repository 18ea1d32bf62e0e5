// Answers to the commands that only show: models, what landed, promises, why, how things stand.

import { badges, card, colours, timestamp } from '../channels/discord/card.ts';
import { type Embed, fitEmbed, fitLines } from '../channels/discord/embed.ts';
import { called, hostLink, inline } from '../channels/discord/text.ts';
import type { WhyHere } from '../guilds/why.ts';
import { stageText, toneOf } from '../messages/card.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import { headline } from '../messages/turns.ts';
import type { Story } from '../types/story.ts';
import { commandLines } from './commands.ts';
import type { Ask, Asker, Bot, InteractionReply } from './define.ts';
import { pageButtons, pageFrom } from './pages.ts';
import { because, hidden, missingLine, shown } from './watching.ts';

const listMost = 3_800;
/** How far back one may go, and how much of it one page shows. */
const latestMost = 100;
const latestShown = 15;
/** Two cards share the 6,000 of a message. */
const halfCard = 2_900;

function rest(language: Language): (left: number) => string {
  return (left) => `… ${language.count(language.texts.more, left)}`;
}

function cardEmbed(story: Story, language: Language, room: number): readonly Embed[] {
  return (card(story, language).embeds ?? []).map((embed) => fitEmbed(embed, room));
}

function noStory(name: string, language: Language): InteractionReply {
  return hidden(fill(language.texts.bot.noStory, { name: inline(name, 200) }));
}

export async function answerModel(bot: Bot, ask: Ask): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const asked = ask.options.name ?? '';
  const [story] = await bot.actions.stories.named(ask.place, asked, 1);
  if (story === undefined) return noStory(asked, language);
  const { embeds, components } = card(story, language);
  return {
    ...(embeds === undefined ? {} : { embeds }),
    ...(components === undefined ? {} : { components }),
    hidden: false,
  };
}

export async function answerCompare(bot: Bot, ask: Ask): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const stories: Story[] = [];
  for (const asked of [ask.options.a ?? '', ask.options.b ?? '']) {
    const [story] = await bot.actions.stories.named(ask.place, asked, 1);
    if (story === undefined) return noStory(asked, language);
    stories.push(story);
  }
  const embeds = stories.flatMap((story) => cardEmbed(story, language, halfCard));
  // Discord shows only the first of two embeds with one address.
  const seen = new Set<string>();
  const distinct = embeds.map((embed): Embed => {
    const { url, ...unlinked } = embed;
    if (url === undefined || seen.has(url)) return unlinked;
    seen.add(url);
    return embed;
  });
  return { embeds: distinct, hidden: false };
}

function storyLine(story: Story, language: Language): string {
  const at = timestamp(story.releasedAt ?? story.updatedAt, 'd');
  const head = `${badges[toneOf(story)]} ${at} **${called(story.name, story.url)}**`;
  return `${head}: ${inline(headline(story, language), 200)} ${hostLink(story.url) ?? ''}`.trimEnd();
}

/** Those from the `from`th on. */
export async function answerLatest(bot: Bot, asker: Asker, asked: string, from = 0): Promise<InteractionReply> {
  const language = messagesFor(asker.locale);
  const { latest } = language.texts.bot;
  const lab = asked.trim();
  const stories = await bot.actions.stories.latest(asker.place, lab === '' ? null : lab, latestMost);
  const line = (story: Story): string => storyLine(story, language);
  const page = pageFrom(stories, from, [listMost, latestShown], (story) => [line(story).length + 1, 1]);
  const title = lab === '' ? latest.title : fill(latest.ofLab, { lab: inline(lab, 100) });
  const description = page.entries.length === 0 ? latest.none : page.entries.map(line).join('\n');
  return {
    embeds: [fitEmbed({ title, description, color: colours.released })],
    components: pageButtons('latest', page, language, lab),
    hidden: false,
  };
}

function whyText(why: WhyHere, language: Language): string {
  const { why: texts } = language.texts.bot;
  const reasons: Readonly<Record<string, string>> = texts.reasons;
  const forms: Readonly<Record<string, string>> = texts.forms;
  const verdicts = why.verdicts.map(({ at, told, reason }) => {
    const said = reasons[reason] ?? inline(reason, 80);
    const held = why.deliveries.length > 0 ? texts.noMessage : texts.notTold;
    return `${timestamp(at, 'f')} ${told || reason === 'no news in itself' ? said : fill(held, { reason: said })}`;
  });
  const deliveries = why.deliveries.map(({ form, state, at, reason }) => {
    const note = reason === null ? '' : `: ${because(reason, language, 200)}`;
    return `${timestamp(at, 'f')} ${forms[form] ?? form}: ${texts.states[state]}${note}`;
  });
  const { story } = why;
  const stage = story === null ? '' : stageText(story, language);
  return [
    `**${called(why.title, why.url)}** ${hostLink(why.url) ?? ''}`,
    fill(texts.seen, { at: timestamp(why.firstSeen, 'f'), target: inline(why.target, 200) }),
    why.baseline ? texts.baseline : '',
    why.goneAt === null ? '' : fill(texts.gone, { at: timestamp(why.goneAt, 'f') }),
    ...verdicts.slice(-8).map((line) => `• ${line}`),
    verdicts.length === 0 && !why.baseline ? texts.noVerdict : '',
    story === null ? texts.noStory : fill(texts.story, { name: inline(story.name, 200), stage }),
    ...deliveries.slice(-8).map((line) => `• ${line}`),
    deliveries.length === 0 ? texts.notOwed : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

export async function answerWhy(bot: Bot, ask: Ask): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const item = ask.options.item ?? '';
  const found = await bot.actions.stories.why(ask.place, item);
  if (found.length === 0) return hidden(fill(language.texts.bot.why.none, { item: inline(item, 200) }));
  const texts = found.map((why) => whyText(why, language));
  return { embeds: [fitEmbed({ description: fitLines(texts, listMost, rest(language)) })], hidden: true };
}

export async function answerStatus(bot: Bot, ask: Ask): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const { status } = language.texts.bot;
  const { beat, watches, paused, failing, owed, held, gone } = await bot.actions.channel.standing(ask.place);
  const fails = failing
    .slice(0, 5)
    .map(({ target, reason }) => `• ${shown(target)}: ${because(reason, language, 150)}`);
  const trouble = [
    ...missingLine(ask, language),
    held === null
      ? ''
      : fill(status.held, { until: timestamp(held.until, 'f'), reason: because(held.reason, language, 200) }),
    gone === null ? '' : fill(status.gone, { reason: because(gone, language, 200) }),
    failing.length === 0 ? '' : `${language.count(status.failing, failing.length)}\n${fails.join('\n')}`,
  ].filter((line) => line !== '');
  const lines = [
    beat === null ? status.noBeat : fill(status.beat, { at: timestamp(beat, 'R') }),
    language.count(status.watches, watches),
    paused === 0 ? '' : language.count(status.paused, paused),
    owed === 0 ? '' : language.count(status.owed, owed),
    ...(trouble.length === 0 && beat !== null ? [status.well] : trouble),
  ];
  return hidden(lines.filter((line) => line !== '').join('\n'));
}

export function answerHelp(locale: string): InteractionReply {
  const { help } = messagesFor(locale).texts.bot;
  return hidden([help, '', ...commandLines(locale)].join('\n'));
}
