// `/settings`: how a channel receives alerts; without options it only shows the settings.
import { fitEmbed } from '../channels/discord/embed.ts';
import { inline } from '../channels/discord/text.ts';
import type { SettingsChange, SettingsHere } from '../guilds/channel-settings.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import type { Bot, HereAsk, InteractionReply } from './define.ts';
import { hidden } from './watching.ts';

/** The stages that each choice stands for. */
export const silentStages = {
  nothing: [],
  rumours: ['reported'],
  promises: ['reported', 'pledged'],
  unreleased: ['reported', 'pledged', 'seen'],
  everything: ['reported', 'pledged', 'seen', 'released'],
} as const;
export const pingStages = { everything: null, releases: ['released'], promises: ['pledged', 'released'] } as const;

type Asked = Readonly<Record<string, string>>;

function keyOf<K extends string>(known: Readonly<Record<K, unknown>>, written: string | undefined): K | null {
  return (Object.keys(known) as K[]).find((key) => key === written) ?? null;
}

/** The hours, `off`, or an error message. */
function quietOf(
  bot: Bot,
  written: string,
  language: Language,
): { readonly change: SettingsChange } | { readonly wrong: string } {
  const text = written.trim();
  if (/^(?:off|-|none|끔|없음)$/i.test(text)) return { change: { quiet: null } };
  const quiet = bot.actions.channel.quietOf(text);
  if (quiet !== null) return { change: { quiet } };
  return { wrong: fill(language.texts.bot.setup.settings.noHours, { written: inline(text, 60) }) };
}

function pingOf(ask: HereAsk, here: SettingsHere, language: Language) {
  const texts = language.texts.bot.setup.settings;
  const { role, ping } = ask.options;
  if (role === undefined && ping === undefined) return { change: {} };
  if (ping === 'nobody') return { change: { ping: null } };
  if (role === ask.place.guild) return { wrong: texts.notEveryone };
  const [known] = here.mention;
  const who = role ?? known?.id;
  if (who === undefined) return { wrong: texts.needsRole };
  const chosen = keyOf(pingStages, ping);
  const stages = chosen === null ? (known?.stages ?? null) : pingStages[chosen];
  return { change: { ping: { role: who, stages } } };
}

function changeOf(bot: Bot, ask: HereAsk, here: SettingsHere, language: Language) {
  const { turns, forum, silent, quiet, timezone }: Asked = ask.options;
  const texts = language.texts.bot.setup.settings;
  if (timezone !== undefined && !bot.actions.channel.isZone(timezone))
    return { wrong: fill(texts.noZone, { written: inline(timezone, 60) }) };
  const hours = quiet === undefined ? { change: {} } : quietOf(bot, quiet, language);
  if ('wrong' in hours) return hours;
  const ping = pingOf(ask, here, language);
  if ('wrong' in ping) return ping;
  const still = keyOf(silentStages, silent);
  const change: SettingsChange = {
    ...(turns === undefined ? {} : { thread: turns === 'thread', forum: null }),
    ...(forum === undefined ? {} : { forum, thread: false }),
    ...(still === null ? {} : { silent: silentStages[still] }),
    ...(timezone === undefined ? {} : { timezone }),
    ...hours.change,
    ...ping.change,
  };
  return { change };
}

function sameStages(one: readonly string[] | null, other: readonly string[] | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function shownLines(here: SettingsHere, language: Language): readonly string[] {
  const { bot } = language.texts;
  const { settings: texts } = bot.setup;
  const { labels } = texts;
  const time = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const turns = here.forum !== null ? 'forum' : here.thread ? 'thread' : 'here';
  const still = (Object.keys(silentStages) as (keyof typeof silentStages)[]).find((key) =>
    sameStages(silentStages[key], here.silent),
  );
  const pinged = here.mention.map(({ kind, id, stages }) => {
    const key = (Object.keys(pingStages) as (keyof typeof pingStages)[]).find((one) =>
      sameStages(pingStages[one], stages),
    );
    const what = key === undefined ? (stages ?? []).join(', ') : texts.pings[key];
    return fill(texts.pinged, { who: kind === 'role' ? `<@&${id}>` : `<@${id}>`, what });
  });
  const line = (label: string, value: string): string => `**${label}** ${value}`;
  return [
    line(labels.turns, fill(texts.turns[turns], { forum: `<#${here.forum ?? ''}>` })),
    line(labels.silent, still === undefined ? inline(here.silent.join(', '), 200) : texts.silent[still]),
    line(labels.quiet, here.quiet === null ? texts.none : `${time(here.quiet.from)}–${time(here.quiet.to)}`),
    line(labels.timezone, inline(here.timezone, 60)),
    line(labels.digest, bot.digests[here.digest]),
    line(labels.language, messagesFor(here.locale).texts.name),
    line(labels.ping, pinged.length === 0 ? texts.pings.nobody : pinged.join('; ')),
  ];
}

export async function answerSettings(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const { bot: texts } = language.texts;
  const { channel } = bot.actions;
  const before = await channel.settings(ask.place);
  const asked = changeOf(bot, ask, before, language);
  if ('wrong' in asked) return hidden(asked.wrong);
  const { digest, language: locale } = ask.options;
  const some = Object.keys(ask.options).length > 0;
  if (some && before.by === 'file') return hidden(fill(texts.ofTheFile, { what: `\`${before.name}\`` }));
  if (Object.keys(asked.change).length > 0) await channel.change(ask.place, asked.change);
  if (digest === 'off' || digest === 'daily' || digest === 'weekly') await channel.digest(ask.place, digest);
  if (locale !== undefined) await channel.language(ask.place, locale);
  const here = some ? await channel.settings(ask.place) : before;
  const unheard = ask.unheard
    ? [
        fill(texts.setup.settings.unheard, {
          permission: language.reason({ code: 'permission.mention-everyone', params: {} }),
        }),
      ]
    : [];
  const embed = fitEmbed({ title: texts.setup.settings.title, description: shownLines(here, language).join('\n') });
  return { ...hidden(unheard.join('\n')), embeds: [embed] };
}
