// Discord as a channel: by bot token (each message exactly once) or by webhook (at least once).
import { mapTexts } from '../../infra/reasons.ts';
import type { Outcome } from '../../types/delivery.ts';
import type { Channel, ChannelKind, ChannelWorld } from '../define.ts';
import { type Address, discordOptions, readAddress } from './address.ts';
import { createBotSend } from './by-bot.ts';
import { createWebhookSend } from './by-webhook.ts';
import { type Connection, connectionOf, idly, paceOfToken } from './connection.ts';
import { createFinder, createSelf } from './doubt.ts';
import { type CardLook, lookOf } from './look.ts';
import { type Attachment, type DiscordPage, readPage } from './page.ts';
import { missing } from './permissions.ts';
import { createFixedPlaces } from './place.ts';
import { render } from './render.ts';

/** Errors may contain the address of a request, and the address of a webhook is a secret. */
function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets.reduce<string>(
    (clean, secret) => (secret === undefined || secret === '' ? clean : clean.replaceAll(secret, '…')),
    text,
  );
}

function cleaned(outcome: Outcome, secrets: readonly (string | undefined)[]): Outcome {
  const clean = (text: string): string => withoutSecrets(text, secrets);
  if (outcome.kind !== 'sent') return { ...outcome, reason: mapTexts(outcome.reason, clean) };
  return outcome.note === undefined ? outcome : { ...outcome, note: mapTexts(outcome.note, clean) };
}

function sending(
  connection: Connection,
  address: Address,
  now: () => number,
): Pick<ReturnType<typeof createBotSend>, 'send'> & Partial<ReturnType<typeof createBotSend>> {
  if (address.by === 'webhook') return { send: createWebhookSend(connection, address) };
  const sender = { connection, find: createFinder(connection, createSelf(connection)), now };
  return createBotSend(sender, createFixedPlaces(connection, address.channel), address.channel);
}

const pictureName = 'landed.png';

async function filesOf({ picture }: DiscordPage, world: ChannelWorld): Promise<readonly Attachment[]> {
  const data = picture === undefined ? null : ((await world.picture?.(picture.of)) ?? null);
  return data === null || picture === undefined ? [] : [{ name: pictureName, data, about: picture.about }];
}

/** The picture may be the cause: files are not permitted, or the message was rejected. The text must be sent all the same. */
function refusesFiles(outcome: Outcome): boolean {
  if (outcome.kind === 'sent') return false;
  const { code } = outcome.reason;
  return code === 'discord.no-permission' || (outcome.kind === 'dead' && code === 'discord.refused');
}

export const discord: ChannelKind = {
  kind: 'discord',
  options: discordOptions,
  usable: (options, secrets) => {
    const address = readAddress(options);
    if (address === null || typeof address === 'string') return address;
    const tokenless = address.by === 'bot' && (secrets.DISCORD_TOKEN ?? '') === '';
    return tokenless ? 'a channel by bot needs DISCORD_TOKEN (or DISCORD_TOKEN_FILE) in the environment' : true;
  },
  pinging: (options) => {
    const address = readAddress(options);
    return typeof address === 'object' && address?.by === 'bot'
      ? 'give the bot "Mention Everyone", or let anyone mention the role; `landfall send-test --mention` shows whether it rings'
      : null;
  },
  open: (options, world): Channel => {
    const address = readAddress(options);
    if (address === null || typeof address === 'string')
      throw new Error(`a Discord channel was opened that is not usable: ${address ?? 'off'}`);
    const connection = connectionOf(world);
    const pressable = address.by === 'bot' && world.pressable === true;
    const look: CardLook = { ...lookOf(world), ...(pressable ? { press: 'channel' } : {}) };
    const { send, catchUp, heeding = (plain) => plain } = sending(connection, address, world.now);
    const secrets = [world.secrets.DISCORD_TOKEN, address.by === 'webhook' ? address.token : undefined];
    const clean = (text: string): string => withoutSecrets(text, secrets);
    return {
      kind: 'discord',
      ...(address.by === 'bot' ? paceOfToken(world) : {}),
      edits: true,
      pages: (draft, style, delivery) => render(draft, style, delivery.id, look),
      send: async (outgoing, signal) => {
        const page = readPage(outgoing.page);
        if (page === null) return { kind: 'dead', reason: { code: 'message.not-discord', params: {} }, gone: false };
        const files = outgoing.to === null ? await filesOf(page, world) : [];
        const outcome = await send(files.length === 0 ? outgoing : { ...outgoing, files }, page, signal);
        // Nothing was sent, so send the message again without the picture.
        const again = files.length > 0 && refusesFiles(outcome);
        return cleaned(again ? await send(outgoing, page, signal) : outcome, secrets);
      },
      check: async (signal, use, urgency) =>
        (await missing(heeding(urgency === 'idle' ? idly(connection) : connection), address, use, signal)).map((lack) =>
          mapTexts(lack, clean),
        ),
      ...(catchUp === undefined ? {} : { catchUp }),
    };
  },
};
