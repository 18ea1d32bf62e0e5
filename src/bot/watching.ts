// Answers to the commands that change a channel's watches.

import { timestamp } from '../channels/discord/card.ts';
import { fitEmbed } from '../channels/discord/embed.ts';
import { cut, inline } from '../channels/discord/text.ts';
import type { Preview, WatchPreview } from '../guilds/add-watch.ts';
import type { Unchanged, WatchHere } from '../guilds/watches.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import { oneLine } from '../messages/outside.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { commandName } from './commands.ts';
import type { Asker, Bot, HereAsk, HereAsker, InteractionReply } from './define.ts';
import { pageButtons, pageFrom } from './pages.ts';

/** In UTF-16 units, within the 4,096 of a description. */
const listMost = 3_800;
/** More lines than fit on a phone's screen would only be scrolled past. */
const linesMost = 25;
/** In UTF-16 units, within the 2,000 of a message's content. */
const contentMost = 1_900;
/** How long a preview may take, in milliseconds; Discord would wait fifteen minutes. */
const previewMs = 25_000;

export function hidden(content: string): InteractionReply {
  return { content: cut(content, contentMost), hidden: true };
}

export function shown(target: string): string {
  return `**${inline(target, 300)}**`;
}

/** A reason in the given language. */
export function because(reason: AnyReason, language: Language, most: number): string {
  return inline(oneLine(language.reason(reason)), most);
}

export function missingLine(asker: Asker, language: Language): readonly string[] {
  const { missing } = language.texts.bot;
  const names = asker.missing.map(language.reason);
  return names.length === 0 ? [] : [fill(missing, { names: names.join(', ') })];
}

/** A watch's filters, under the names of the command's options. */
function filterNotes({ include, exclude }: Pick<WatchHere, 'include' | 'exclude'>, language: Language, most: number) {
  const { commands } = language.texts.bot;
  return [
    ...(include === null ? [] : [`${commands['watch.add.include'].name}: ${inline(include, most)}`]),
    ...(exclude === null ? [] : [`${commands['watch.add.exclude'].name}: ${inline(exclude, most)}`]),
  ];
}

/** `Now: 3 releases, newest v1.2.` */
function shownLines({ there, counts, newest, found }: WatchPreview, language: Language): readonly string[] {
  const { watch } = language.texts.bot;
  if (!there) return [watch.absent];
  const list = counts.map(({ kind, n }) => language.count(watch.counts[kind], n)).join(language.texts.and);
  const more = found === 0 ? [] : [language.count(watch.found, found)];
  const now =
    list === ''
      ? more.length > 0
        ? []
        : [watch.nowNothing]
      : [fill(newest === null ? watch.now : watch.nowNewest, { counts: list, newest: inline(newest ?? '', 100) })];
  return [...now, ...more, watch.next];
}

export function previewAnswer(preview: Preview, asker: Asker, bot: Bot, language: Language): InteractionReply {
  const { watch } = language.texts.bot;
  switch (preview.kind) {
    case 'ready': {
      const id = bot.drafts.keep(preview.draft);
      const lines = [
        shown(preview.target),
        ...filterNotes(preview.draft.watch.filters, language, 200),
        ...shownLines(preview.shown, language),
        ...missingLine(asker, language),
      ];
      return {
        ...hidden(lines.join('\n')),
        components: [
          {
            type: 1,
            components: [
              { type: 2, style: 3, label: watch.confirm, custom_id: `watch:yes:${id}` },
              { type: 2, style: 2, label: watch.cancel, custom_id: `watch:no:${id}` },
            ],
          },
        ],
      };
    }
    case 'invalid': {
      const problems = preview.problems.map(({ problem, help }) => {
        const more = help === null ? '' : ` (${because(help, language, 300)})`;
        return `• ${because(problem, language, 400)}${more}`;
      });
      return hidden([watch.invalid, ...problems].join('\n'));
    }
    case 'secret':
      return hidden(watch.secret);
    case 'not looked at': {
      const words = { target: shown(preview.target), reason: because(preview.reason, language, 500) };
      return hidden(fill(watch.notLookedAt, words));
    }
    case 'too many looks':
      return hidden(fill(watch.tooManyLooks, { most: language.number(preview.most) }));
    case 'too many watches':
      return hidden(fill(watch.tooMany, { most: language.number(preview.most) }));
    case 'already': {
      const by = preview.by === 'file' ? watch.byFile : watch.byHere;
      return hidden(fill(watch.already, { target: shown(preview.target), by }));
    }
  }
}

export async function answerAdd(bot: Bot, ask: HereAsk, signal: AbortSignal): Promise<InteractionReply> {
  const { kind = '', target = '', include, exclude } = ask.options;
  const wish = { kind, target, include: include ?? null, exclude: exclude ?? null };
  const soon = AbortSignal.any([signal, AbortSignal.timeout(previewMs)]);
  const preview = await bot.actions.watches.preview(ask.place, wish, soon);
  return previewAnswer(preview, ask, bot, messagesFor(ask.locale));
}

function watchLine(watch: WatchHere, language: Language): string {
  const texts = language.texts.bot.watch;
  const paused =
    watch.mutedUntil === null ? texts.isPaused : fill(texts.isMuted, { until: timestamp(watch.mutedUntil, 'f') });
  const notes = [
    watch.by === 'file' ? texts.byFile : texts.byHere,
    watch.paused ? paused : '',
    ...filterNotes(watch, language, 80),
    watch.failing === null ? '' : fill(texts.fails, { reason: because(watch.failing, language, 120) }),
  ].filter((note) => note !== '');
  return `• ${shown(watch.target)} (${notes.join('; ')})`;
}

/** `from`: index of the first watch to show. */
export async function answerList(bot: Bot, asker: HereAsker, from = 0): Promise<InteractionReply> {
  const language = messagesFor(asker.locale);
  const { watch } = language.texts.bot;
  const lacking = missingLine(asker, language);
  const watches = await bot.actions.watches.here(asker.place);
  if (watches.length === 0)
    return hidden([fill(watch.none, { add: commandName('watch.add', asker.locale) }), ...lacking].join('\n'));
  const line = (entry: WatchHere): string => watchLine(entry, language);
  const page = pageFrom(watches, from, [listMost, linesMost], (entry) => [line(entry).length + 1, 1]);
  const title = language.count(watch.list, watches.length);
  const embed = fitEmbed({ title, description: page.entries.map(line).join('\n') });
  return { ...hidden(lacking.join('\n')), embeds: [embed], components: pageButtons('watches', page, language) };
}

export function unchanged(not: Unchanged, locale: string): InteractionReply {
  const { bot: texts } = messagesFor(locale).texts;
  switch (not.kind) {
    case 'not watched':
      return hidden(fill(texts.watch.notWatched, { list: commandName('watch.list', locale) }));
    case 'several':
      return hidden([texts.watch.several, ...not.targets.map((target) => `• ${shown(target)}`)].join('\n'));
    case 'of the file':
      return hidden(fill(texts.ofTheFile, { what: shown(not.target) }));
  }
}

export async function answerRemove(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const { bot: texts } = messagesFor(ask.locale).texts;
  const changed = await bot.actions.watches.remove(ask.place, ask.options.target ?? '');
  switch (changed.kind) {
    case 'done':
      return hidden(fill(texts.watch.removed, { target: shown(changed.target) }));
    default:
      return unchanged(changed, ask.locale);
  }
}

export async function answerPause(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const { bot: texts } = messagesFor(ask.locale).texts;
  const changed = await bot.actions.watches.hold.pause(ask.place, ask.options.target ?? '');
  switch (changed.kind) {
    case 'paused':
    case 'resumed':
      return hidden(fill(texts.watch[changed.kind], { target: shown(changed.target) }));
    default:
      return unchanged(changed, ask.locale);
  }
}

export async function answerMute(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const { bot: texts } = messagesFor(ask.locale).texts;
  const changed = await bot.actions.watches.hold.mute(ask.place, ask.options.target ?? '', ask.options.for ?? '');
  switch (changed.kind) {
    case 'muted': {
      const words = { target: shown(changed.target), until: timestamp(changed.until, 'f') };
      return hidden(fill(texts.watch.muted, words));
    }
    case 'paused already':
      return hidden(fill(texts.watch.pausedAlready, { target: shown(changed.target) }));
    case 'no duration':
      return hidden(texts.watch.noDuration);
    default:
      return unchanged(changed, ask.locale);
  }
}
