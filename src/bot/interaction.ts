// Converts a discord.js interaction to a plain question, and sends the answer within Discord's limit of three seconds.
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  CommandInteractionOption,
  Interaction,
  InteractionReplyOptions,
} from 'discord.js';
import { missingPermissions } from '../channels/discord/permissions.ts';
import type { GuildChannelIds } from '../guilds/context.ts';
import { messagesFor } from '../messages/index.ts';
import { answer, isHidden, isSlow, press } from './answer.ts';
import { complete } from './complete.ts';
import type { Ask, Asker, Bot, InteractionReply } from './define.ts';

export interface Responding {
  readonly bot: Bot;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: { readonly warn: (text: string) => void };
}

/** An answer that takes longer than this, in milliseconds, is deferred first. */
const graceMs = 1_000;
/** How often a rate limit is waited out, and how long at most each time. */
const triesMost = 10;
const longestMs = 60_000;
/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
const ephemeral = 1 << 6;
const manageServer = 1n << 5n;
const administrator = 1n << 3n;
const attachFiles = 1n << 15n;

type Body = Pick<InteractionReplyOptions, 'content' | 'embeds' | 'components' | 'allowedMentions' | 'files'>;

/** Fields that are left out are sent empty, so that an answer replacing another keeps nothing of it. */
function bodyOf(given: InteractionReply): Body {
  return {
    content: given.content ?? '',
    embeds: (given.embeds ?? []).map(({ fields, ...embed }) => ({
      ...embed,
      ...(fields === undefined ? {} : { fields: fields.map((field) => ({ ...field })) }),
    })),
    components: (given.components ?? []).map((row) => ({
      type: row.type,
      components: row.components.map((each) => ({ ...each })),
    })),
    allowedMentions: { parse: [] },
    ...(given.files === undefined
      ? {}
      : {
          files: given.files.map(({ name, data, about }) => ({
            attachment: Buffer.from(data),
            name,
            description: about,
          })),
        }),
  };
}

type Asked = ChatInputCommandInteraction | ButtonInteraction | AutocompleteInteraction;

/** Discord sometimes omits either of them. */
interface Spoken {
  readonly locale?: string | null;
  readonly guildLocale?: string | null;
}

/** In a server where only the user installed the app, the bot is not a member, so there is no place. */
function placeOf({ guildId, channelId, authorizingIntegrationOwners: owners }: Asked): GuildChannelIds | null {
  if (guildId === null || channelId === null) return null;
  return owners.guildId === null && owners.userId !== null ? null : { guild: guildId, channel: channelId };
}

function askerOf(interaction: Asked, bot: Bot): Asker {
  const mine = interaction.appPermissions.bitfield;
  const theirs = interaction.memberPermissions?.bitfield ?? 0n;
  const spoken: Spoken = interaction;
  const place = placeOf(interaction);
  const locale = spoken.locale ?? spoken.guildLocale ?? 'en';
  const set = place === null ? null : bot.languageOf(place);
  const lacks = place === null || (mine & administrator) !== 0n;
  return {
    place,
    person: interaction.user.id,
    locale,
    openLocale: set ?? spoken.guildLocale ?? locale,
    manages: (theirs & (manageServer | administrator)) !== 0n,
    attaches: (mine & (attachFiles | administrator)) !== 0n,
    missing: lacks ? [] : missingPermissions(mine, interaction.channel?.isThread() ?? false),
  };
}

const mentionEveryone = 1n << 17n;

/** A role that not everybody may mention is only notified if the bot may mention everyone. */
function isUnheard(
  { appPermissions }: Pick<Asked, 'appPermissions'>,
  given: readonly CommandInteractionOption[],
): boolean {
  if ((appPermissions.bitfield & (mentionEveryone | administrator)) !== 0n) return false;
  return given.some(({ role }) => role != null && !role.mentionable);
}

function askOf(interaction: ChatInputCommandInteraction | AutocompleteInteraction, bot: Bot): Ask {
  const asker = askerOf(interaction, bot);
  const sub = interaction.options.getSubcommand(false);
  const given = sub === null ? interaction.options.data : (interaction.options.data[0]?.options ?? []);
  return {
    ...asker,
    command: sub === null ? interaction.commandName : `${interaction.commandName}.${sub}`,
    unheard: isUnheard(interaction, given),
    options: Object.fromEntries(given.map(({ name, value }) => [name, String(value ?? '')])),
  };
}

function failed(world: Responding, locale: string, what: string, error: unknown): InteractionReply {
  world.log.warn(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  return { content: messagesFor(locale).texts.bot.failed, hidden: true };
}

/** Waits out Discord's rate limits, while the answer may still be edited. */
async function waitingOutLimits(world: Responding, signal: AbortSignal, send: () => Promise<unknown>): Promise<void> {
  for (let left = triesMost; ; left -= 1) {
    try {
      await send();
      return;
    } catch (error) {
      const afterMs = error instanceof Error && 'timeToReset' in error ? Number(error.timeToReset) : Number.NaN;
      if (left <= 1 || signal.aborted || !(afterMs <= longestMs)) throw error;
      await world.wait(Math.max(50, afterMs), signal);
    }
  }
}

/** Null when the work takes longer than Discord should be kept waiting. */
async function withinGrace<T>(work: Promise<T>, world: Responding): Promise<{ readonly value: T } | null> {
  const over = new AbortController();
  const done = await Promise.race([work.then((value) => ({ value })), world.wait(graceMs, over.signal)]);
  over.abort();
  return done ?? null;
}

function flagsOf(hidden: boolean): { readonly flags?: typeof ephemeral } {
  return hidden ? { flags: ephemeral } : {};
}

async function respondCommand(
  interaction: ChatInputCommandInteraction,
  world: Responding,
  signal: AbortSignal,
): Promise<void> {
  const ask = askOf(interaction, world.bot);
  const flags = flagsOf(isHidden(ask.command));
  const deferred = isSlow(ask.command) ? interaction.deferReply(flags) : null;
  const work = answer(world.bot, ask, signal).catch((error: unknown) =>
    failed(world, ask.locale, `/${ask.command.replace('.', ' ')}`, error),
  );
  const quick = deferred === null ? await withinGrace(work, world) : null;
  if (quick !== null) {
    await interaction.reply({ ...bodyOf(quick.value), ...flagsOf(quick.value.hidden) });
    return;
  }
  await (deferred ?? interaction.deferReply(flags));
  const done = bodyOf(await work);
  await waitingOutLimits(world, signal, () => interaction.editReply(done));
}

async function respondButton(interaction: ButtonInteraction, world: Responding, signal: AbortSignal): Promise<void> {
  const asker = askerOf(interaction, world.bot);
  const work = press(world.bot, asker, interaction.customId).catch((error: unknown) => ({
    answer: failed(world, asker.locale, interaction.customId, error),
    instead: false,
  }));
  const quick = await withinGrace(work, world);
  if (quick !== null) {
    const done = quick.value;
    if (done === null) await interaction.deferUpdate();
    else if (done.instead) await interaction.update(bodyOf(done.answer));
    else await interaction.reply({ ...bodyOf(done.answer), ...flagsOf(done.answer.hidden) });
    return;
  }
  await interaction.deferUpdate();
  const done = await work;
  if (done === null) return;
  const body = bodyOf(done.answer);
  await waitingOutLimits(world, signal, () =>
    done.instead ? interaction.editReply(body) : interaction.followUp({ ...body, ...flagsOf(done.answer.hidden) }),
  );
}

async function respondTyping(interaction: AutocompleteInteraction, world: Responding): Promise<void> {
  const ask = askOf(interaction, world.bot);
  const choices = await complete(world.bot, ask, interaction.options.getFocused(true).name).catch((error: unknown) => {
    world.log.warn(`suggestions: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  });
  await interaction.respond(choices.map((choice) => ({ ...choice })));
}

/** Throws when Discord rejects the answer. */
export async function respond(interaction: Interaction, world: Responding, signal: AbortSignal): Promise<void> {
  if (interaction.isAutocomplete()) await respondTyping(interaction, world);
  else if (interaction.isChatInputCommand()) await respondCommand(interaction, world, signal);
  else if (interaction.isButton()) await respondButton(interaction, world, signal);
}
