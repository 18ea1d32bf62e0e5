// How a Discord channel is written, and what it says is missing.
import { describe, expect, it } from 'vitest';
import { discord } from '../../../src/channels/discord/channel.ts';
import { type Membership, missingPermissions, permissionsIn } from '../../../src/channels/discord/permissions.ts';
import { channelKinds } from '../../../src/channels/index.ts';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { worldOf } from '../../support/channels/stories.ts';
import { byBot, byWebhook, idle, json, type Reply, webhookToken, wire } from '../../support/channels/wire.ts';

const secrets = { DISCORD_TOKEN: 'bot-token-canary' };

describe('options', () => {
  it.each<[unknown, true | null | RegExp]>([
    [byBot, true],
    [byWebhook, true],
    [{ webhook: `https://ptb.discord.com/api/v10/webhooks/1/${webhookToken}?thread_id=123456` }, true],
    [{ channel: '' }, null],
    [{ webhook: '' }, null],
    [{ webhook: null }, null],
    [{ channel: 'general' }, /only digits/],
    [{ webhook: `https://discord.com/channels/1/${webhookToken}` }, /https:\/\/HOST\/api\/webhooks\/ID\/TOKEN/],
    [{ webhook: `https://discord.com/api/webhooks/x/${webhookToken}` }, /webhooks\/ID\/TOKEN/],
  ])('%o', (options, wanted) => {
    expect(discord.options.safeParse(options).success).toBe(true);
    const usable = discord.usable(options, secrets);
    if (wanted instanceof RegExp) expect(usable).toMatch(wanted);
    else expect(usable).toBe(wanted);
    expect(String(usable)).not.toContain('canary');
  });

  it('needs exactly one of the two, and no other key', () => {
    for (const wrong of [{}, { ...byBot, ...byWebhook }, { chanel: '1' }, 'x'])
      expect(discord.options.safeParse(wrong).success).toBe(false);
  });

  it('by bot needs the token; by webhook does not', () => {
    expect(discord.usable(byBot, {})).toMatch(/DISCORD_TOKEN/);
    expect(discord.usable(byWebhook, {})).toBe(true);
  });

  it('every kind of channel has a name of its own', () => {
    expect(channelKinds.map(({ kind }) => kind)).toEqual(['discord', 'terminal', 'webhook']);
  });
});

const view = 1n << 10n;
const all = view | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 38n);

describe('permissions', () => {
  const base: Membership = {
    self: 'me',
    guild: 'g',
    owner: null,
    roles: ['r'],
    permissions: new Map([['g', all]]),
    overwrites: [],
  };
  const over = (id: string, type: number, allow: bigint, deny: bigint) => ({ id, type, allow, deny });

  it.each<[string, Partial<Membership>, readonly string[]]>([
    ['everything', {}, []],
    ['not seen: nothing else is named', { permissions: new Map([['g', 0n]]) }, ['View Channel']],
    ['denied to everyone', { overwrites: [over('g', 0, 0n, 1n << 14n)] }, ['Embed Links']],
    ['denied to everyone, given to the role', { overwrites: [over('g', 0, 0n, all), over('r', 0, all, 0n)] }, []],
    [
      'given to the role, denied to the member',
      { overwrites: [over('r', 0, all, 0n), over('me', 1, 0n, 1n << 16n)] },
      ['Read Message History'],
    ],
    ['a role it has not', { overwrites: [over('other', 0, 0n, all)] }, []],
    ['administrator', { permissions: new Map([['r', 8n]]), overwrites: [over('g', 0, 0n, all)] }, []],
    ['owner', { owner: 'me', permissions: new Map() }, []],
  ])('%s', (_name, change, wanted) => {
    expect(missingPermissions(permissionsIn({ ...base, ...change }), false).map(inEnglish)).toEqual(wanted);
  });

  it('a thread has a permission of its own to send', () => {
    expect(missingPermissions(view | (1n << 14n) | (1n << 16n), true).map(inEnglish)).toEqual([
      'Send Messages in Threads',
    ]);
  });
});

describe('check', () => {
  const channel = (change: object = {}) =>
    json(200, { id: '1', type: 0, guild_id: '9', permission_overwrites: [], ...change });
  const me = json(200, { id: '42' });
  const guild = (permissions: bigint) =>
    json(200, { id: '9', owner_id: '1', roles: [{ id: '9', permissions: `${permissions}` }] });

  async function checked(
    options: unknown,
    replies: readonly Reply[],
    mention: readonly string[] = [],
  ): Promise<readonly string[] | undefined> {
    const { fetch, left } = wire(replies, null);
    const use = { locale: 'en', thread: false, mention };
    const missing = await discord.open(options, worldOf({ fetch })).check?.(idle, use);
    expect(left).toEqual([]);
    return missing?.map(inEnglish);
  }

  it('names what is missing', async () => {
    const replies = () => [channel(), me.clone(), json(200, { roles: [] })];
    expect(await checked(byBot, [...replies(), guild(all)])).toEqual([]);
    expect(await checked(byBot, [...replies(), guild(view)])).toEqual([
      'Send Messages',
      'Embed Links',
      'Read Message History',
    ]);
  });

  it('names what a role needs to ring', async () => {
    const roles = (permissions: bigint) => [
      { id: '9', permissions: `${permissions}` },
      { id: '5', permissions: '0', mentionable: false },
      { id: '6', permissions: '0', mentionable: true },
    ];
    const asked = (permissions: bigint, mention: readonly string[]) =>
      checked(
        byBot,
        [channel(), me.clone(), json(200, { roles: [] }), json(200, { id: '9', roles: roles(permissions) })],
        mention,
      );
    expect(await asked(all, ['role:5'])).toEqual(['Mention Everyone']);
    expect(await asked(all, ['role:6', 'user:5'])).toEqual([]);
    expect(await asked(all | (1n << 17n), ['role:5'])).toEqual([]);
    expect(await asked(all, ['role:7'])).toEqual(['role 7 (not in the server)']);
  });

  it('asks the parent of a thread', async () => {
    const thread = channel({ type: 11, parent_id: '7' });
    const parent = channel({ permission_overwrites: [{ id: '9', type: 0, allow: '0', deny: `${1n << 38n}` }] });
    expect(await checked(byBot, [thread, parent, me.clone(), json(200, { roles: [] }), guild(all)])).toEqual([
      'Send Messages in Threads',
    ]);
  });

  it.each<[string, unknown, Reply, RegExp]>([
    ['a channel that it cannot see', byBot, json(403, { message: 'Missing Access', code: 50_001 }), /^View Channel$/],
    ['a channel that is gone', byBot, json(404, { message: 'Unknown Channel', code: 10_003 }), /gone/],
    ['a refused token', byBot, json(401, { message: '401: Unauthorized', code: 0 }), /token that Discord accepts/],
    ['a webhook that is gone', byWebhook, json(404, { message: 'Unknown Webhook', code: 10_015 }), /webhook.*gone/],
    ['Discord not answering', byBot, json(503, {}), /could not be checked/],
  ])('%s', async (_name, options, reply, wanted) => {
    const missing = await checked(options, [reply]);
    expect(missing?.join()).toMatch(wanted);
    expect(missing?.join()).not.toContain('canary');
  });

  it('a webhook that answers lacks nothing', async () => {
    expect(await checked(byWebhook, [json(200, { id: '1' })])).toEqual([]);
  });
});
