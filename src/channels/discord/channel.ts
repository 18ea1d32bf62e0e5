// Discord as a channel: by bot token (each message exactly once) or by webhook (at least once).
import type { Outcome } from '../../types.ts';
import type { Channel, ChannelKind } from '../define.ts';
import { discordOptions, readAddress } from './address.ts';
import { connectionOf } from './connection.ts';
import { createFinder } from './doubt.ts';
import { readPage } from './page.ts';
import { missing } from './permissions.ts';
import { render } from './render.ts';
import { type Sender, send } from './send.ts';

/** Errors may quote the address of a request, and a webhook's address is a secret. */
function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets.reduce<string>(
    (clean, secret) => (secret === undefined || secret === '' ? clean : clean.replaceAll(secret, '…')),
    text,
  );
}

function cleaned(outcome: Outcome, secrets: readonly (string | undefined)[]): Outcome {
  return outcome.kind === 'sent' ? outcome : { ...outcome, reason: withoutSecrets(outcome.reason, secrets) };
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
  open: (options, world): Channel => {
    const address = readAddress(options);
    if (address === null || typeof address === 'string')
      throw new Error(`a Discord channel was opened that is not usable: ${address ?? 'off'}`);
    const connection = connectionOf(world);
    const find = address.by === 'bot' ? createFinder(connection, address.channel) : null;
    const sender: Sender = { connection, address, find, now: world.now };
    const secrets = [world.secrets.DISCORD_TOKEN, address.by === 'webhook' ? address.token : undefined];
    return {
      kind: 'discord',
      edits: true,
      pages: (draft, style, delivery) => render(draft, style, delivery.id, address.by === 'bot'),
      send: async (parcel, signal) => {
        const page = readPage(parcel.page);
        if (page === null) return { kind: 'dead', reason: 'not a page of a Discord channel', gone: false };
        return cleaned(await send(sender, parcel, page, signal), secrets);
      },
      check: async (signal) =>
        (await missing(connection, address, signal)).map((name) => withoutSecrets(name, secrets)),
    };
  },
};
