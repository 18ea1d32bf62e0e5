// Maps each command and button to its answer.

import { fitEmbed, fitLines } from '../channels/discord/embed.ts';
import type { DigestNow } from '../guilds/channel-settings.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { locales, messagesFor } from '../messages/index.ts';
import { answerCompare } from './comparing.ts';
import type { Ask, Asker, Bot, HereAsk, HereAsker, InteractionReply } from './define.ts';
import { answerAddLab, answerDraft, answerEdit } from './editing.ts';
import { answerDetails, answerFollow, answerLeave, answerRemind, answerUnremind } from './people.ts';
import { answerPromises } from './promises.ts';
import { answerHelp, answerLatest, answerModel, answerStatus, answerWhy, latestAsked, storyLine } from './reading.ts';
import { answerSettings } from './settings.ts';
import { answerVouch } from './vouching.ts';
import { answerAdd, answerList, answerMute, answerPause, answerRemove, because, hidden } from './watching.ts';

const listMost = 3_800;

/** Commands whose answers are visible to everybody in the channel. */
const open: ReadonlySet<string> = new Set(['model', 'latest', 'compare', 'promises']);

/** Whether the answer to a command is visible to the asker only; Discord has to know before it is ready. */
export function isHidden(command: string): boolean {
  return !open.has(command);
}

/** Commands that use the network before they can answer. */
export function isSlow(command: string): boolean {
  return command === 'watch.add' || command === 'test';
}

/** Discord's command permissions do not cover buttons, so those that decide something for a server check here. */
function denied(asker: Asker): InteractionReply {
  const { texts, reason } = messagesFor(asker.locale);
  return hidden(fill(texts.bot.denied, { permission: reason({ code: 'permission.manage-server', params: {} }) }));
}

function digestNowText(now: DigestNow, bot: Bot, language: Language): InteractionReply {
  const { digestNow } = language.texts.bot;
  if (now.kind === 'comes') return hidden(language.count(digestNow.comes, now.stories));
  if (now.told.length === 0) return hidden(digestNow.nothing);
  const lines = now.told.map((story) => storyLine(story, bot, language));
  const rest = (left: number): string => `… ${language.count(language.texts.more, left)}`;
  const title = language.count(digestNow.told, now.told.length);
  return { embeds: [fitEmbed({ title, description: fitLines(lines, listMost, rest) })], hidden: true };
}

async function answerDigest(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const { bot: texts } = language.texts;
  const { when } = ask.options;
  if (when === 'now') return digestNowText(await bot.actions.channel.digestNow(ask.place), bot, language);
  if (when !== 'off' && when !== 'daily' && when !== 'weekly') return hidden(texts.failed);
  const set = await bot.actions.channel.digest(ask.place, when);
  return hidden(set.kind === 'set' ? texts.digestSet[when] : fill(texts.ofTheFile, { what: `\`${set.channel}\`` }));
}

async function answerLanguage(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const { bot: texts } = messagesFor(ask.locale).texts;
  const { locale = '' } = ask.options;
  if (!locales.includes(locale)) return hidden(texts.failed);
  const set = await bot.actions.channel.language(ask.place, locale);
  if (set.kind === 'of the file') return hidden(fill(texts.ofTheFile, { what: `\`${set.channel}\`` }));
  return hidden(fill(texts.languageSet, { language: messagesFor(locale).texts.name }));
}

async function answerTest(bot: Bot, ask: HereAsk, signal: AbortSignal): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const { test } = language.texts.bot.setup;
  const { sent, failed } = await bot.actions.channel.sample(ask.place, signal);
  if (failed === null) return hidden(language.count(test.done, sent));
  return hidden(fill(test.failed, { reason: because(failed, language, 300) }));
}

async function answerHere(bot: Bot, ask: HereAsk, signal: AbortSignal): Promise<InteractionReply> {
  switch (ask.command) {
    case 'watch.add':
      return ask.options.kind === 'lab' ? answerAddLab(bot, ask, signal) : answerAdd(bot, ask, signal);
    case 'watch.remove':
      return answerRemove(bot, ask);
    case 'watch.list':
      return answerList(bot, ask);
    case 'watch.pause':
      return answerPause(bot, ask);
    case 'mute':
      return answerMute(bot, ask);
    case 'digest':
      return answerDigest(bot, ask);
    case 'language':
      return answerLanguage(bot, ask);
    case 'settings':
      return answerSettings(bot, ask);
    case 'test':
      return answerTest(bot, ask, signal);
    case 'watch.edit':
      return answerEdit(bot, ask);
    case 'why':
      return answerWhy(bot, ask);
    case 'status':
      return answerStatus(bot, ask);
    default:
      throw new Error(`an unknown command was registered: ${ask.command}`);
  }
}

/** Throws only for bugs and infrastructure failures. Discord itself enforces who may use which command. */
export async function answer(bot: Bot, ask: Ask, signal: AbortSignal): Promise<InteractionReply> {
  switch (ask.command) {
    case 'model':
      return answerModel(bot, ask, ask.options.name ?? '');
    case 'latest':
      return answerLatest(bot, ask, { lab: ask.options.lab ?? '', since: ask.options.since ?? '' });
    case 'compare':
      return answerCompare(bot, ask);
    case 'promises':
      return answerPromises(bot, ask);
    case 'help':
      return answerHelp(ask.locale);
    default: {
      const { place } = ask;
      if (place === null) return hidden(messagesFor(ask.locale).texts.bot.onlyInServers);
      return answerHere(bot, { ...ask, place }, signal);
    }
  }
}

export interface Pressed {
  readonly answer: InteractionReply;
  /** True = the answer replaces the message that has the button; false = it is a new message. */
  readonly instead: boolean;
}

interface ListTurn {
  readonly list: string;
  readonly from: number;
  readonly about: string;
}

/** Another page of a list; null for an unknown list. */
async function turnTo(bot: Bot, asker: Asker, { list, from, about }: ListTurn): Promise<Pressed | null> {
  switch (list) {
    case 'watches': {
      const { place } = asker;
      return place === null ? null : { answer: await answerList(bot, { ...asker, place }, from), instead: true };
    }
    case 'promises':
      return { answer: await answerPromises(bot, asker, from), instead: true };
    case 'latest':
      return { answer: await answerLatest(bot, asker, latestAsked(about), from), instead: true };
    case 'details':
      return { answer: await answerDetails(bot, asker, about, from), instead: true };
    default:
      return null;
  }
}

async function pressPledge(
  bot: Bot,
  asker: HereAsker,
  answer: 'confirmed' | 'dismissed',
  [id = '', from = '0']: readonly string[],
): Promise<Pressed> {
  if (!asker.manages) return { answer: denied(asker), instead: false };
  const done = await bot.actions.promises.answer(asker.place, id, answer, asker.person);
  const { settled } = messagesFor(asker.locale).texts.bot.promises;
  return done
    ? { answer: await answerPromises(bot, asker, Number(from)), instead: true }
    : { answer: hidden(settled), instead: false };
}

/** Buttons that anybody may press, for themselves. */
async function pressStory(bot: Bot, asker: Asker, word: string, id: string): Promise<Pressed | null> {
  switch (word) {
    case 'show':
      return { answer: await answerModel(bot, asker, id), instead: false };
    case 'details':
      return { answer: await answerDetails(bot, asker, id), instead: false };
    case 'follow':
      return { answer: await answerFollow(bot, asker, id), instead: false };
    case 'remind':
      return { answer: await answerRemind(bot, asker, id), instead: false };
    case 'leave':
      return { answer: await answerLeave(bot, asker, id), instead: false };
    // Replaces the confirmation of following, which only the asker sees.
    case 'left':
      return { answer: await answerLeave(bot, asker, id), instead: true };
    case 'unremind':
      return { answer: await answerUnremind(bot, asker, id), instead: true };
    default:
      return null;
  }
}

/** Null for an unknown button. */
export async function press(bot: Bot, asker: Asker, customId: string): Promise<Pressed | null> {
  const [group, word = '', ...rest] = customId.split(':');
  const [id = '', ...about] = rest;
  if (group === 'page') return turnTo(bot, asker, { list: word, from: Number(id), about: about.join(':') });
  if (group === 'story') return pressStory(bot, asker, word, id);
  const { place } = asker;
  if (place === null) return null;
  const here = { ...asker, place };
  // Only the person who was shown the preview sees its buttons.
  if (group === 'watch' && (word === 'yes' || word === 'no'))
    return { answer: await answerDraft(bot, here, word === 'yes', id), instead: true };
  if (group === 'vouch')
    return { answer: asker.manages ? await answerVouch(bot, here, id) : denied(asker), instead: false };
  if (group === 'pledge' && (word === 'confirmed' || word === 'dismissed')) return pressPledge(bot, here, word, rest);
  return null;
}
