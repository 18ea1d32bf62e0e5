// Checks that the stand-in's REST API behaves like what is known of the real Discord.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world/open.ts';

let world: World;
let at = 0;
beforeEach(async () => {
  at = Date.parse('2026-03-02T10:00:00Z');
  world = await openWorld({ now: () => at });
});
afterEach(async () => {
  expect(world.unexpected()).toEqual([]);
  await world.close();
});

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly id: string;
    readonly code?: number;
    readonly nonce?: string;
    readonly errors?: unknown;
    readonly [key: string]: unknown;
  };
}

async function call(method: string, path: string, form?: object, token = world.discord.token): Promise<Reply> {
  const response = await fetch(`${world.discord.url}/v10${path}`, {
    method,
    headers: {
      'user-agent': 'DiscordBot (test, 1)',
      authorization: `Bot ${token}`,
      'content-type': 'application/json',
    },
    ...(form === undefined ? {} : { body: JSON.stringify(form) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? { id: '' } : JSON.parse(text)) as Reply['body'],
  };
}

const quiet = { allowed_mentions: { parse: [] } };
const send = (channel: string, form: object) => call('POST', `/channels/${channel}/messages`, { ...quiet, ...form });

describe('nonce', () => {
  it('gives back the message that has it, within the window only', async () => {
    const channel = world.discord.channel();
    const form = { content: 'Grok 2', nonce: 'abc', enforce_nonce: true };
    const first = await send(channel.id, form);
    at += 179_000;
    const again = await send(channel.id, { ...form, content: 'another text' });
    expect([again.status, again.body.id, again.body.content]).toEqual([200, first.body.id, 'Grok 2']);
    expect(channel.messages()).toHaveLength(1);
    at += 2000;
    expect((await send(channel.id, form)).body.id).not.toBe(first.body.id);
    expect(world.discord.history().map((entry) => entry.type)).toEqual(['create', 'repeat', 'create']);
  });

  it('is answered once, never listed, and is nothing without enforce_nonce', async () => {
    const channel = world.discord.channel();
    const first = await send(channel.id, { content: 'a', nonce: 'n1', enforce_nonce: true });
    expect(first.body.nonce).toBe('n1');
    expect((await call('GET', `/channels/${channel.id}/messages/${first.body.id}`)).body.nonce).toBeUndefined();
    await send(channel.id, { content: 'a', nonce: 'n1' });
    expect(channel.messages()).toHaveLength(2);
  });

  it('is Unknown Message once somebody removed what it made', async () => {
    const channel = world.discord.channel();
    const form = { content: 'a', nonce: 'n1', enforce_nonce: true };
    channel.removeMessage((await send(channel.id, form)).body.id);
    const again = await send(channel.id, form);
    expect([again.status, again.body.code]).toEqual([404, 10008]);
  });
});

describe('forms', () => {
  it.each([
    ['title over 256', { embeds: [{ title: 'x'.repeat(257) }] }],
    ['embeds over 10', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }],
    ['field value over 1,024', { embeds: [{ fields: [{ name: 'a', value: 'x'.repeat(1025) }] }] }],
    ['blank field name', { embeds: [{ fields: [{ name: '  ', value: 'x' }] }] }],
    ['6,001 over all embeds', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }],
    ['content over 2,000', { content: 'x'.repeat(2001) }],
    ['nonce over 25', { content: 'x', nonce: 'x'.repeat(26) }],
    ['half a character', { content: 'x\ud83d' }],
    ['address of another scheme', { embeds: [{ title: 'x', url: 'ftp://x.ai/' }] }],
    ['nobody said whom to mention', { content: 'x', allowed_mentions: null }],
    ['parse beside a list', { content: 'x', allowed_mentions: { parse: ['roles'], roles: ['1'] } }],
    ['reply to nothing', { content: 'x', message_reference: { message_id: '1' } }],
  ])('refuses: %s', async (_why, form) => {
    const channel = world.discord.channel();
    const reply = await send(channel.id, form);
    expect([reply.status, reply.body.code]).toEqual([400, 50035]);
    expect(reply.body.errors).not.toEqual({});
    expect(channel.messages()).toEqual([]);
  });

  it('counts after trimming, and shows embeds of one address once', async () => {
    const channel = world.discord.channel();
    expect((await send(channel.id, { content: `${' '.repeat(50)}${'x'.repeat(2000)} ` })).status).toBe(200);
    const embeds = [
      { title: 'a', url: 'https://x.ai/' },
      { title: 'b', url: 'https://x.ai/' },
    ];
    await send(channel.id, { embeds });
    expect(channel.messages()[1]?.embeds.map((embed) => embed.title)).toEqual(['a']);
    expect((await send(channel.id, { content: '   ' })).body.code).toBe(50006);
  });

  it('pings only what allowed_mentions lets through', async () => {
    const channel = world.discord.channel();
    const role = world.discord.guild().role('unused');
    const pinged = [...world.discord.state.guilds.values()][0];
    const mine = { id: '4242', name: 'r', permissions: 0n, mentionable: true };
    pinged?.roles.push(mine);
    await send(channel.id, {
      content: `@everyone <@&${mine.id}> <@&${role}> <@77>`,
      allowed_mentions: { parse: [], roles: [mine.id, role] },
    });
    expect(channel.messages()[0]).toMatchObject({ mention_everyone: false, mention_roles: [mine.id], mentions: [] });
  });
});

describe('limits', () => {
  it('lets five through in five seconds and says when the next may come', async () => {
    const channel = world.discord.channel();
    const replies: Reply[] = [];
    for (let turn = 0; turn < 6; turn += 1) replies.push(await send(channel.id, { content: `${turn}` }));
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(replies[4]?.headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = replies[5];
    expect(refused?.body).toMatchObject({ global: false, retry_after: 5 });
    expect(refused?.headers.get('x-ratelimit-scope')).toBe('user');
    expect(world.discord.invalidRequests()).toBe(1);
    expect((await send(world.discord.channel().id, { content: 'other bucket' })).status).toBe(200);
    at += 5000;
    expect((await send(channel.id, { content: '6' })).status).toBe(200);
  });

  it('shuts the door to everybody at fifty a second', async () => {
    world.discord.limits.global = 1;
    const channel = world.discord.channel();
    await send(channel.id, { content: 'a' });
    const reply = await send(world.discord.channel().id, { content: 'b' });
    expect([reply.status, reply.body.global, reply.headers.get('x-ratelimit-global')]).toEqual([429, true, 'true']);
  });
});

describe('permissions and places', () => {
  it('refuses strangers, and what the bot may not do', async () => {
    const hidden = world.discord.channel({ deny: ['ViewChannel'] });
    const mute = world.discord.channel({ deny: ['SendMessages'] });
    const blind = world.discord.channel({ deny: ['ReadMessageHistory'] });
    expect((await call('GET', '/users/@me', undefined, 'wrong')).status).toBe(401);
    expect((await send(hidden.id, { content: 'x' })).body.code).toBe(50001);
    expect((await send(mute.id, { content: 'x' })).body.code).toBe(50013);
    expect((await send('123', { content: 'x' })).body.code).toBe(10003);
    await send(blind.id, { content: 'x' });
    expect((await call('GET', `/channels/${blind.id}/messages`)).body).toEqual([]);
  });

  it('lists by snowflake, newest first, hiding what others wrote', async () => {
    const channel = world.discord.channel();
    const ids: string[] = [];
    for (const content of ['a', 'b', 'c']) {
      ids.push((await send(channel.id, { content })).body.id);
      at += 1000;
    }
    channel.post('from a person');
    const all = (await call('GET', `/channels/${channel.id}/messages?after=${ids[0]}&limit=2`)).body as unknown as {
      content: string;
    }[];
    expect(all.map((message) => message.content)).toEqual(['c', 'b']);
    const newest = (await call('GET', `/channels/${channel.id}/messages?limit=1`)).body as unknown as {
      content: string;
    }[];
    expect(newest[0]?.content).toBe('');
  });

  it('edits, publishes and removes; makes one thread per message', async () => {
    const channel = world.discord.channel({ type: 'announcement' });
    const { id } = (await send(channel.id, { content: 'a' })).body;
    const path = `/channels/${channel.id}/messages/${id}`;
    expect((await call('PATCH', path, { ...quiet, content: 'b' })).body.content).toBe('b');
    expect((await call('POST', `${path}/crosspost`)).status).toBe(200);
    expect((await call('POST', `${path}/crosspost`)).body.code).toBe(40033);
    const thread = await call('POST', `${path}/threads`, { name: 'updates', auto_archive_duration: 1440 });
    expect([thread.status, thread.body.id]).toEqual([201, id]);
    expect((await call('POST', `${path}/threads`, { name: 'updates' })).body.code).toBe(160004);
    expect((await send(id, { content: 'in the thread' })).status).toBe(200);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('PATCH', path, { ...quiet, content: 'c' })).body.code).toBe(10008);
    expect(world.discord.history().map((entry) => entry.type)).toEqual([
      'create',
      'edit',
      'crosspost',
      'thread',
      'create',
      'delete',
    ]);
  });

  it('posts into forums with a tag, and never messages', async () => {
    const forum = world.discord.channel({ type: 'forum', tags: ['xai'], requireTag: true });
    expect((await send(forum.id, { content: 'x' })).body.code).toBe(40058);
    const post = (tags: readonly string[]) =>
      call('POST', `/channels/${forum.id}/threads`, {
        name: 'Grok 2',
        applied_tags: tags,
        message: { content: 'out', ...quiet },
      });
    expect((await post([])).body.code).toBe(40067);
    const tag = forum.state.tags[0]?.id ?? '';
    const made = await post([tag]);
    expect([made.status, (made.body.message as { id: string }).id]).toEqual([201, made.body.id]);
    const active = await call('GET', `/guilds/${forum.state.guildId}/threads/active`);
    expect(active.body.threads).toMatchObject([
      { id: made.body.id, name: 'Grok 2', applied_tags: [tag], parent_id: forum.id },
    ]);
  });
});

it('serves webhooks by token, without nonces', async () => {
  const hook = world.discord.webhook();
  const path = `/webhooks/${hook.id}/${hook.token}`;
  const form = { content: 'a', nonce: 'n', enforce_nonce: true, ...quiet };
  expect((await call('POST', path, form)).status).toBe(204);
  const made = await call('POST', `${path}?wait=true`, form);
  expect([made.status, hook.messages().length]).toEqual([200, 2]);
  expect((await call('PATCH', `${path}/messages/${made.body.id}`, { content: 'b', ...quiet })).body.content).toBe('b');
  expect((await call('POST', `/webhooks/${hook.id}/wrong`, form)).body.code).toBe(50027);
  expect((await call('POST', path, { ...form, username: 'Discord news' })).status).toBe(400);
  hook.remove();
  expect((await call('GET', path)).body.code).toBe(10015);
});
