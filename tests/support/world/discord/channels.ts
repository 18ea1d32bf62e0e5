// The routes of one channel: its messages, threads and settings.
import { param } from '../routes.ts';
import type { Said } from '../service.ts';
import type { Asked, DiscordRoute } from './asked.ts';
import { channelBody } from './bodies.ts';
import { checkMessage } from './check.ts';
import { invalidForm, refusal } from './errors.ts';
import { length } from './form.ts';
import { createMessage, denied, editMessage, removeMessage } from './messages.ts';
import { may } from './permissions.ts';
import {
  activeThreads,
  type ChannelState,
  isForum,
  type MessageState,
  messagesOf,
  record,
  settleThread,
} from './state.ts';

type InChannel = (channel: ChannelState, asked: Asked) => Said;
type OnMessage = (message: MessageState, channel: ChannelState, asked: Asked) => Said;

const inChannel =
  (answer: InChannel): DiscordRoute =>
  (asked) => {
    const channel = asked.state.channels.get(param(asked.params, 'channel'));
    if (channel === undefined) return refusal(10003);
    if (!may(asked.state, channel, 'ViewChannel')) return refusal(50001);
    settleThread(asked.state, channel);
    return answer(channel, asked);
  };

const onMessage = (answer: OnMessage): DiscordRoute =>
  inChannel((channel, asked) => {
    const message = asked.state.messages.get(param(asked.params, 'message'));
    return message === undefined || message.channel_id !== channel.id
      ? refusal(10008)
      : answer(message, channel, asked);
  });

/** Messages of other authors come without content, because the bot lacks the intent for it. */
export function seen(asked: Asked, message: MessageState): MessageState {
  if (message.author.id === asked.state.app.userId) return message;
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}

const send = inChannel((channel, asked) => {
  const checked = checkMessage(asked.check, 'message', asked.form);
  const { userId, name } = asked.state.app;
  const made = createMessage(
    asked.state,
    channel,
    { id: userId, username: name, webhookId: null },
    checked,
    asked.uploads,
  );
  if ('said' in made) return made.said;
  return {
    status: 200,
    body: { ...made.message, tts: false, pinned: false, ...(made.nonce === null ? {} : { nonce: asked.form.nonce }) },
  };
});

const list = inChannel((channel, asked) => {
  if (!may(asked.state, channel, 'ReadMessageHistory')) return { status: 200, body: [] };
  const { query } = asked.ask;
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50) || 50));
  const all = messagesOf(asked.state, channel.id);
  const after = query.get('after');
  const before = query.get('before');
  const around = query.get('around');
  let part: readonly MessageState[];
  if (after !== null) part = all.filter((one) => BigInt(one.id) > BigInt(after)).slice(0, limit);
  else if (before !== null) part = all.filter((one) => BigInt(one.id) < BigInt(before)).slice(-limit);
  else if (around !== null) part = all.filter((one) => one.id === around);
  else part = all.slice(-limit);
  return { status: 200, body: part.toReversed().map((message) => seen(asked, message)) };
});

const get = onMessage((message, channel, asked) =>
  may(asked.state, channel, 'ReadMessageHistory') ? { status: 200, body: seen(asked, message) } : refusal(50013),
);

const edit = onMessage((message, _channel, asked) => {
  if (message.author.id !== asked.state.app.userId) return refusal(50005);
  return (
    editMessage(asked.state, message, checkMessage(asked.check, 'edit', asked.form)) ?? { status: 200, body: message }
  );
});

const remove = onMessage((message, channel, asked) => {
  if (message.author.id !== asked.state.app.userId && !may(asked.state, channel, 'ManageMessages'))
    return refusal(50013);
  removeMessage(asked.state, message);
  return { status: 204 };
});

const crosspost = onMessage((message, channel, asked) => {
  if (channel.type !== 5) return refusal(50024);
  const missing = denied(asked.state, channel, 'SendMessages');
  if (missing !== null) return missing;
  if (asked.state.crossposted.has(message.id)) return refusal(40033);
  asked.state.crossposted.add(message.id);
  message.flags |= 1;
  record(asked.state, 'crosspost', message);
  return { status: 200, body: message };
});

function makeThread(asked: Asked, parent: ChannelState, id: string, tags: readonly string[]): ChannelState {
  const thread: ChannelState = {
    id,
    guildId: parent.guildId,
    type: 11,
    name: String(asked.form.name).trim(),
    parentId: parent.id,
    overwrites: [],
    tags: [],
    flags: 0,
    thread: {
      ownerId: asked.state.app.userId,
      archived: false,
      locked: false,
      autoArchiveMinutes: Number(asked.form.auto_archive_duration ?? 1440),
      tags: [...tags],
      archivedAt: asked.state.now(),
      activeAt: asked.state.now(),
    },
  };
  asked.state.channels.set(id, thread);
  return thread;
}

const threadOfMessage = onMessage((message, channel, asked) => {
  const missing = denied(asked.state, channel, 'CreatePublicThreads');
  if (missing !== null) return missing;
  if (channel.type !== 0 && channel.type !== 5) return refusal(50024);
  const { faults } = checkMessage(asked.check, 'thread', asked.form);
  if (faults.length > 0) return invalidForm(faults);
  if (asked.state.channels.has(message.id)) return refusal(160004);
  if (activeThreads(asked.state, channel.guildId).length >= asked.state.threadsMost) return refusal(160006);
  const thread = makeThread(asked, channel, message.id, []);
  record(asked.state, 'thread', message);
  return { status: 201, body: channelBody(asked.state, thread) };
});

/** A forum post with its first message, or a thread without a message in a text channel. */
const threadInChannel = inChannel((channel, asked) => {
  const { state, form } = asked;
  if (channel.type === 4) return refusal(50024);
  if (activeThreads(state, channel.guildId).length >= state.threadsMost) return refusal(160006);
  if (!isForum(channel)) {
    const missing = denied(state, channel, 'CreatePublicThreads');
    if (missing !== null) return missing;
    const { faults } = checkMessage(asked.check, 'thread', form);
    if (faults.length > 0) return invalidForm(faults);
    return { status: 201, body: channelBody(state, makeThread(asked, channel, state.snowflake(), [])) };
  }
  const missing = denied(state, channel, 'SendMessages');
  if (missing !== null) return missing;
  const checked = checkMessage(asked.check, 'post', form, ['message']);
  if (checked.faults.length > 0) return invalidForm(checked.faults);
  const tags = Array.isArray(form.applied_tags) ? form.applied_tags.map(String) : [];
  if (tags.some((tag) => !channel.tags.some((known) => known.id === tag))) return refusal(10087);
  if (tags.length === 0 && (channel.flags & (1 << 4)) !== 0) return refusal(40067);
  return createPost(asked, channel, checked, tags);
});

function createPost(
  asked: Asked,
  forum: ChannelState,
  checked: ReturnType<typeof checkMessage>,
  tags: readonly string[],
): Said {
  const { state } = asked;
  // A post and its first message have the same id.
  const id = state.snowflake();
  const thread = makeThread(asked, forum, id, tags);
  const sender = { id: state.app.userId, username: state.app.name, webhookId: null, needs: null };
  const made = createMessage(
    { ...state, snowflake: () => id },
    thread,
    sender,
    { ...checked, form: { ...checked.form, nonce: null } },
    asked.uploads,
  );
  if ('said' in made) {
    state.channels.delete(id);
    return made.said;
  }
  return { status: 201, body: { ...channelBody(state, thread), message: made.message } };
}

/** Why Discord rejects a change of a thread's name, tags or archived state. */
function threadFault(channel: ChannelState, { form, state }: Asked): Said | null {
  if (form.name !== undefined && (length(form.name) === 0 || length(form.name) > 100))
    return invalidForm([
      { path: ['name'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 100 in length.' },
    ]);
  if (channel.thread?.archived === true && form.archived !== false) return refusal(50083);
  if (!Array.isArray(form.applied_tags)) return null;
  if (form.applied_tags.length > 5)
    return invalidForm([
      { path: ['applied_tags'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 5 or fewer in length.' },
    ]);
  const known = state.channels.get(channel.parentId ?? '')?.tags ?? [];
  return form.applied_tags.every((tag) => known.some(({ id }) => id === String(tag))) ? null : refusal(10087);
}

const change = inChannel((channel, asked) => {
  const { form, state } = asked;
  const { thread } = channel;
  const own = thread !== null && thread.ownerId === state.app.userId;
  const needs = thread === null ? 'ManageChannels' : 'ManageThreads';
  if (!own && !may(state, channel, needs)) return refusal(50013);
  const wrong = thread === null ? null : threadFault(channel, asked);
  if (wrong !== null) return wrong;
  if (typeof form.name === 'string') channel.name = form.name;
  if (thread !== null) {
    if (typeof form.archived === 'boolean') {
      if (thread.archived !== form.archived) thread.archivedAt = state.now();
      if (!form.archived) thread.activeAt = state.now();
      thread.archived = form.archived;
    }
    if (typeof form.locked === 'boolean') thread.locked = form.locked;
    if (Array.isArray(form.applied_tags)) thread.tags = form.applied_tags.map(String);
  } else if (Array.isArray(form.available_tags)) {
    const tags = form.available_tags as readonly { id?: string; name?: string; moderated?: boolean }[];
    if (tags.length > 20)
      return invalidForm([
        { path: ['available_tags'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 20 or fewer in length.' },
      ]);
    const long = tags.findIndex((tag) => length(tag.name) > 20 || length(tag.name) === 0);
    if (long >= 0)
      return invalidForm([
        {
          path: ['available_tags', long, 'name'],
          code: 'BASE_TYPE_BAD_LENGTH',
          message: 'Must be between 1 and 20 in length.',
        },
      ]);
    channel.tags = tags.map((tag) => ({
      id: tag.id ?? state.snowflake(),
      name: String(tag.name),
      moderated: tag.moderated ?? false,
    }));
  }
  return { status: 200, body: channelBody(state, channel) };
});

const archived = inChannel((channel, asked) => {
  const { query } = asked.ask;
  const before = query.get('before');
  const limit = Math.min(100, Number(query.get('limit') ?? 50) || 50);
  const folded = [...asked.state.channels.values()].filter((one) => {
    if (one.parentId === channel.id) settleThread(asked.state, one);
    const at = one.parentId === channel.id && one.thread?.archived === true ? one.thread.archivedAt : null;
    return at !== null && (before === null || at < Date.parse(before));
  });
  const threads = folded.toSorted((one, other) => (other.thread?.archivedAt ?? 0) - (one.thread?.archivedAt ?? 0));
  return {
    status: 200,
    body: {
      threads: threads.slice(0, limit).map((one) => channelBody(asked.state, one)),
      members: [],
      has_more: threads.length > limit,
    },
  };
});

export const CHANNEL_ROUTES: Readonly<Record<string, DiscordRoute>> = {
  'GET /channels/:channel': inChannel((channel, asked) => ({ status: 200, body: channelBody(asked.state, channel) })),
  'PATCH /channels/:channel': change,
  'GET /channels/:channel/messages': list,
  'POST /channels/:channel/messages': send,
  'GET /channels/:channel/messages/:message': get,
  'PATCH /channels/:channel/messages/:message': edit,
  'DELETE /channels/:channel/messages/:message': remove,
  'POST /channels/:channel/messages/:message/crosspost': crosspost,
  'POST /channels/:channel/messages/:message/threads': threadOfMessage,
  'POST /channels/:channel/threads': threadInChannel,
  'GET /channels/:channel/threads/archived/public': archived,
  'POST /channels/:channel/typing': inChannel(() => ({ status: 204 })),
};
