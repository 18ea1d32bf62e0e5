// Which command, button or half-typed option is answered by what.

import { cut } from '../channels/discord/text.ts';
import { fill } from '../messages/fill.ts';
import { locales, messagesFor } from '../messages/index.ts';
import { oneLine } from '../messages/outside.ts';
import { managed } from './commands.ts';
import type { Ask, Asker, Bot, Choice, InteractionReply } from './define.ts';
import { answerPromises } from './promises.ts';
import { answerCompare, answerHelp, answerLatest, answerModel, answerStatus, answerWhy } from './reading.ts';
import { answerAdd, answerDraft, answerList, answerMute, answerPause, answerRemove, hidden } from './watching.ts';

const choicesMost = 25;
const choiceMost = 100;

/** Answers that everybody in the channel sees. */
const open: ReadonlySet<string> = new Set(['model', 'latest', 'compare', 'promises']);

/** Whether an answer that is still to come will be for the asker alone. */
export function isHidden(command: string): boolean {
  return !open.has(command);
}

/** What asks the network before it can answer. */
export function isSlow(command: string): boolean {
  return command === 'watch.add';
}

function denied(asker: Asker): InteractionReply {
  const { texts, reason } = messagesFor(asker.locale);
  return hidden(fill(texts.bot.denied, { permission: reason({ code: 'permission.manage-server', params: {} }) }));
}

async function answerDigest(bot: Bot, ask: Ask): Promise<InteractionReply> {
  const { bot: texts } = messagesFor(ask.locale).texts;
  const { when } = ask.options;
  if (when !== 'off' && when !== 'daily' && when !== 'weekly') return hidden(texts.failed);
  const set = await bot.actions.channel.digest(ask.place, when);
  return hidden(set.kind === 'set' ? texts.digestSet[when] : fill(texts.ofTheFile, { what: `\`${set.channel}\`` }));
}

async function answerLanguage(bot: Bot, ask: Ask): Promise<InteractionReply> {
  const { bot: texts } = messagesFor(ask.locale).texts;
  const { locale = '' } = ask.options;
  if (!locales.includes(locale)) return hidden(texts.failed);
  const set = await bot.actions.channel.language(ask.place, locale);
  if (set.kind === 'of the file') return hidden(fill(texts.ofTheFile, { what: `\`${set.channel}\`` }));
  return hidden(fill(texts.languageSet, { language: messagesFor(locale).texts.name }));
}

/** Throws only when the house is broken. */
export async function answer(bot: Bot, ask: Ask, signal: AbortSignal): Promise<InteractionReply> {
  const root = ask.command.split('.')[0] ?? '';
  if (managed.has(root) && !ask.manages) return denied(ask);
  switch (ask.command) {
    case 'watch.add':
      return answerAdd(bot, ask, signal);
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
    case 'model':
      return answerModel(bot, ask);
    case 'latest':
      return answerLatest(bot, ask, ask.options.lab ?? '');
    case 'compare':
      return answerCompare(bot, ask);
    case 'promises':
      return answerPromises(bot, ask);
    case 'why':
      return answerWhy(bot, ask);
    case 'status':
      return answerStatus(bot, ask);
    case 'help':
      return answerHelp(ask.locale);
    default:
      throw new Error(`an unknown command was registered: ${ask.command}`);
  }
}

export interface Pressed {
  readonly answer: InteractionReply;
  /** True: in place of the message with the button; false: a message of its own. */
  readonly instead: boolean;
}

/** Another page of a list; null for a list that we do not know. */
async function turnTo(bot: Bot, asker: Asker, list: string, from: number, about: string): Promise<Pressed | null> {
  switch (list) {
    case 'watches':
      if (!asker.manages) return { answer: denied(asker), instead: false };
      return { answer: await answerList(bot, asker, from), instead: true };
    case 'promises':
      return { answer: await answerPromises(bot, asker, from), instead: true };
    case 'latest':
      return { answer: await answerLatest(bot, asker, about, from), instead: true };
    default:
      return null;
  }
}

/** Null for a button that is none of ours. */
export async function press(bot: Bot, asker: Asker, customId: string): Promise<Pressed | null> {
  const [group, word = '', ...rest] = customId.split(':');
  const [id = '', from, ...about] = rest;
  if (group === 'page') return turnTo(bot, asker, word, Number(id), [from, ...about].join(':'));
  if (group === 'watch' && (word === 'yes' || word === 'no')) {
    if (!asker.manages) return { answer: denied(asker), instead: false };
    return { answer: await answerDraft(bot, asker, word === 'yes', id), instead: true };
  }
  if (group === 'pledge' && (word === 'confirmed' || word === 'dismissed')) {
    if (!asker.manages) return { answer: denied(asker), instead: false };
    const done = await bot.actions.promises.answer(asker.place, id, word, asker.person);
    const { settled } = messagesFor(asker.locale).texts.bot.promises;
    return done
      ? { answer: await answerPromises(bot, asker, Number(from ?? 0)), instead: true }
      : { answer: hidden(settled), instead: false };
  }
  return null;
}

function choice(name: string, value: string): readonly Choice[] {
  const shown = cut(oneLine(name), choiceMost);
  return value.length > choiceMost || shown === '' ? [] : [{ name: shown, value }];
}

/** What fits the half-typed option; `ask.options` has what was typed so far. */
export async function complete(bot: Bot, ask: Ask, focused: string): Promise<readonly Choice[]> {
  const typed = ask.options[focused] ?? '';
  const { stories, watches } = bot.actions;
  const found = async (): Promise<readonly Choice[]> => {
    switch (`${ask.command}.${focused}`) {
      case 'watch.remove.target':
      case 'watch.pause.target':
      case 'mute.target': {
        if (!ask.manages) return [];
        const here = await watches.here(ask.place);
        const wanted = here.filter(({ target }) => target.toLowerCase().includes(typed.trim().toLowerCase()));
        return wanted.flatMap(({ target, handle }) => choice(target, handle));
      }
      case 'model.name':
      case 'compare.a':
      case 'compare.b': {
        const named = await stories.named(ask.place, typed, choicesMost);
        return named.flatMap(({ id, name }) => choice(name, id));
      }
      case 'latest.lab':
        return (await stories.labs(ask.place, typed)).flatMap((lab) => choice(lab, lab));
      case 'why.item':
        return (await stories.items(ask.place, typed)).flatMap(({ name, url }) => choice(name, url));
      default:
        return [];
    }
  };
  return (await found()).slice(0, choicesMost);
}
