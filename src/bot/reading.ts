// Answers to the commands that only read: models, what landed, why, status.

import { badges, card, colours, timestamp } from '../channels/discord/card.ts';
import { fitEmbed, fitLines } from '../channels/discord/embed.ts';
import { called, hostLink, inline } from '../channels/discord/text.ts';
import type { WhyHere } from '../guilds/why.ts';
import { stageText, toneOf } from '../messages/card.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import { spreadText } from '../messages/spread.ts';
import { headline } from '../messages/turns.ts';
import { readSince } from '../reports/since.ts';
import { outcomeOf } from '../types/reasons/verdicts.ts';
import type { Story } from '../types/story.ts';
import { commandLines } from './commands.ts';
import type { Asker, Bot, HereAsk, InteractionReply } from './define.ts';
import { findStory } from './finding.ts';
import { pageButtons, pageFrom } from './pages.ts';
import { because, hidden, missingLine, shown } from './watching.ts';

const listMost = 3_800;
/** The longest list, and how many stories of it one page shows. */
const latestMost = 100;
const latestShown = 15;

function rest(language: Language): (left: number) => string {
  return (left) => `… ${language.count(language.texts.more, left)}`;
}

/** One story's card, visible to everybody. */
export async function answerModel(bot: Bot, ask: Asker, asked: string): Promise<InteractionReply> {
  const found = await findStory(bot, ask, asked);
  if ('answer' in found) return found.answer;
  const { story } = found;
  const language = messagesFor(ask.openLocale);
  const { embeds, components } = card(story, language, { labName: bot.labs.nameOf, press: 'channel' });
  const picture = ask.attaches ? await bot.actions.stories.picture(story) : null;
  const about = story.figures === undefined ? null : spreadText(story.figures, language);
  return {
    ...(picture === null ? {} : { files: [{ name: 'spread.png', data: picture, about: about ?? story.name }] }),
    ...(embeds === undefined ? {} : { embeds }),
    ...(components === undefined ? {} : { components }),
    hidden: false,
  };
}

/** A story's name, date, lab and latest turn, on one line. */
export function storyLine(story: Story, bot: Bot, language: Language): string {
  const at = timestamp(story.releasedAt ?? story.updatedAt, 'd');
  const lab = story.lab === null ? '' : ` · ${inline(bot.labs.nameOf(story.lab), 60)}`;
  const head = `${badges[toneOf(story)]} ${at} **${called(story.name, story.url)}**${lab}`;
  return `${head}: ${inline(headline(story, language), 200)} ${hostLink(story.url) ?? ''}`.trimEnd();
}

/** What `/latest` was asked for: a lab, and how far back. Encoded in the page buttons as `xai|7d`. */
export interface LatestAsked {
  readonly lab: string;
  readonly since: string;
}

export function latestAsked(written: string): LatestAsked {
  const [lab = '', since = ''] = written.split('|');
  return { lab, since };
}

/** `from`: index of the first story to show. */
export async function answerLatest(bot: Bot, asker: Asker, asked: LatestAsked, from = 0): Promise<InteractionReply> {
  const language = messagesFor(asker.openLocale);
  const { latest } = language.texts.bot;
  const written = asked.lab.trim();
  const since = asked.since.trim() === '' ? null : readSince(asked.since.trim(), bot.now());
  if (asked.since.trim() !== '' && since === null)
    return hidden(fill(messagesFor(asker.locale).texts.bot.latest.noTime, { since: inline(asked.since, 60) }));
  const lab = written === '' ? null : (bot.labs.idOf(written) ?? written);
  const stories = await bot.actions.stories.latest(asker.place, { lab, since, most: latestMost });
  const line = (story: Story): string => storyLine(story, bot, language);
  const page = pageFrom(stories, from, [listMost, latestShown], (story) => [line(story).length + 1, 1]);
  const head = lab === null ? latest.title : fill(latest.ofLab, { lab: inline(bot.labs.nameOf(lab), 100) });
  const description = page.entries.length === 0 ? latest.none : page.entries.map(line).join('\n');
  const span = since === null ? [] : [fill(latest.since, { at: timestamp(since, 'f') })];
  return {
    embeds: [fitEmbed({ title: head, description: [...span, description].join('\n'), color: colours.released })],
    // The resolved time, not `7d`: otherwise the period would move when a page is turned.
    components: pageButtons('latest', page, language, since === null ? written : `${written}|${since}`),
    hidden: false,
  };
}

function whyText(why: WhyHere, language: Language): string {
  const { why: texts } = language.texts.bot;
  const forms: Readonly<Record<string, string>> = texts.forms;
  const carried = why.deliveries.length > 0;
  const verdicts = why.verdicts.map(
    (verdict) => `${timestamp(verdict.at, 'f')} ${because(outcomeOf(verdict, carried), language, 300)}`,
  );
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
    why.held === null ? '' : because({ code: 'verdict.not-told', params: { cause: why.held } }, language, 300),
    deliveries.length === 0 && why.held === null ? texts.notOwed : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

export async function answerWhy(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const item = ask.options.item ?? '';
  const found = await bot.actions.stories.why(ask.place, item);
  if (found.length === 0) return hidden(fill(language.texts.bot.why.none, { item: inline(item, 200) }));
  const texts = found.map((why) => whyText(why, language));
  return { embeds: [fitEmbed({ description: fitLines(texts, listMost, rest(language)) })], hidden: true };
}

export async function answerStatus(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
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
