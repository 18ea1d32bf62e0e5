// Creating, repeating (by nonce), editing and deleting messages, with Discord's rules for permissions and mentions.
import type { Said } from '../service.ts';
import type { Checked } from './check.ts';
import { V2 } from './components.ts';
import { invalidForm, refusal } from './errors.ts';
import { type Form, list, record, text } from './form.ts';
import { may, type Permission } from './permissions.ts';
import { type ChannelState, type DiscordState, isForum, type MessageState, record as note } from './state.ts';
import { editLimit, writeLimit } from './writes.ts';

export interface Sender {
  readonly id: string;
  readonly username: string;
  /** Set when a webhook sends: no permissions are checked and no nonce is stored. */
  readonly webhookId: string | null;
  /** The permission that the bot needs in the channel; null for a forum's first message, which was checked with its post. */
  readonly needs?: Permission | null;
}

export interface Upload {
  readonly filename: string;
  readonly size: number;
}

/** Creates a message, or returns the existing one with the same nonce. */
export function createMessage(
  state: DiscordState,
  channel: ChannelState,
  sender: Sender,
  checked: Checked,
  uploads: readonly Upload[],
): { message: MessageState; nonce: string | null } | { said: Said } {
  if (isForum(channel)) return { said: refusal(40058) };
  if (channel.type === 4) return { said: refusal(50008) };
  if (channel.type === 1 && state.closed.has(channel.recipient ?? '')) return { said: refusal(50007) };
  const bot = sender.webhookId === null;
  if (bot) {
    const usual = channel.thread === null ? 'SendMessages' : 'SendMessagesInThreads';
    const needs = sender.needs === undefined ? usual : sender.needs;
    const missing = needs === null ? null : denied(state, channel, needs);
    if (missing !== null) return { said: missing };
    if (uploads.length > 0 && !may(state, channel, 'AttachFiles')) return { said: refusal(50013) };
  }
  if (channel.thread?.locked === true && channel.thread.archived) return { said: refusal(50083) };
  if (checked.faults.length > 0) return { said: invalidForm(checked.faults) };
  const { form } = checked;
  const nonce = typeof form.nonce === 'number' ? String(form.nonce) : text(form.nonce);
  if (bot && nonce !== null && form.enforce_nonce === true) {
    const known = state.nonces.get(`${sender.id} ${nonce}`);
    if (known !== undefined && state.now() - known.at <= state.nonceWindowMs) {
      const earlier = state.messages.get(known.messageId);
      if (earlier === undefined) return { said: refusal(10008) };
      note(state, 'repeat', earlier, nonce);
      return { message: earlier, nonce };
    }
  }
  const limited = writeLimit(state, channel);
  if (limited !== null) return { said: limited };
  // Without Embed Links, a bot's embeds are silently dropped.
  const embeds = bot && !may(state, channel, 'EmbedLinks') ? [] : list(form.embeds);
  const reference = record(form.message_reference);
  const replied = typeof reference.message_id === 'string' ? reference.message_id : null;
  if (replied !== null && bot && !may(state, channel, 'ReadMessageHistory')) return { said: refusal(160002) };
  const repliedThere = replied !== null && state.messages.get(replied)?.channel_id === channel.id;
  if (replied !== null && !repliedThere && reference.fail_if_not_exists !== false) {
    return {
      said: invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]),
    };
  }
  const content = text(form.content) ?? '';
  const components = Array.isArray(form.components) ? form.components : [];
  const v2 = (Number(form.flags ?? 0) & V2) !== 0;
  if (content === '' && embeds.length === 0 && uploads.length === 0 && !(v2 && components.length > 0)) {
    return { said: refusal(50006) };
  }
  const message: MessageState = {
    id: state.snowflake(),
    channel_id: channel.id,
    author: { id: sender.id, username: sender.username, bot: true },
    content,
    timestamp: stamp(state.now()),
    edited_timestamp: null,
    ...mentions(state, channel, form, content, bot),
    attachments: uploads.map((upload, id) => ({ id: String(id), ...upload, url: `attachment://${upload.filename}` })),
    embeds: embeds.map((embed) => ({ type: 'rich', ...embed })),
    components,
    flags: Number(form.flags ?? 0),
    type: repliedThere ? 19 : 0,
    ...(repliedThere ? { message_reference: { message_id: String(replied), channel_id: channel.id } } : {}),
    ...(bot ? { application_id: state.app.id } : { webhook_id: String(sender.webhookId) }),
  };
  state.messages.set(message.id, message);
  if (channel.thread !== null) channel.thread.archived = false;
  if (bot && nonce !== null) state.nonces.set(`${sender.id} ${nonce}`, { messageId: message.id, at: state.now() });
  note(state, 'create', message, nonce);
  return { message, nonce };
}

export function editMessage(state: DiscordState, message: MessageState, checked: Checked): Said | null {
  if (checked.faults.length > 0) return invalidForm(checked.faults);
  const { form } = checked;
  const channel = state.channels.get(message.channel_id);
  if (channel?.thread?.archived === true) return refusal(50083);
  const limited = editLimit(state, message);
  if (limited !== null) return limited;
  if (form.content !== undefined) message.content = text(form.content) ?? '';
  if (form.embeds !== undefined) message.embeds = list(form.embeds).map((embed) => ({ type: 'rich', ...embed }));
  if (form.components !== undefined) message.components = Array.isArray(form.components) ? form.components : [];
  if (form.attachments !== undefined) message.attachments = list(form.attachments);
  if (form.flags !== undefined) message.flags = Number(form.flags ?? 0);
  if (
    message.content === '' &&
    message.embeds.length === 0 &&
    message.attachments.length === 0 &&
    (message.flags & V2) === 0
  ) {
    return refusal(50006);
  }
  if (channel !== undefined)
    Object.assign(message, mentions(state, channel, form, message.content, message.webhook_id === undefined));
  message.edited_timestamp = stamp(state.now());
  note(state, 'edit', message);
  return null;
}

export function removeMessage(state: DiscordState, message: MessageState): void {
  state.messages.delete(message.id);
  note(state, 'delete', message);
}

/** Null = allowed. A channel that the bot cannot view answers Missing Access. */
export function denied(state: DiscordState, channel: ChannelState, permission: Permission): Said | null {
  if (!may(state, channel, 'ViewChannel')) return refusal(50001);
  return may(state, channel, permission) ? null : refusal(50013);
}

/** Who is really pinged: mentions in the content that `allowed_mentions` permits. Embeds never ping. */
function mentions(
  state: DiscordState,
  channel: ChannelState,
  form: Form,
  content: string,
  bot: boolean,
): Pick<MessageState, 'mention_everyone' | 'mentions' | 'mention_roles'> {
  const allowed = record(form.allowed_mentions);
  const parse = Array.isArray(allowed.parse) ? allowed.parse : [];
  const named = (kind: string): readonly unknown[] =>
    Array.isArray(allowed[kind]) ? (allowed[kind] as unknown[]) : [];
  const written = (pattern: RegExp): readonly string[] => [
    ...new Set([...content.matchAll(pattern)].map((match) => match[1] ?? '')),
  ];
  const broad = !bot || may(state, channel, 'MentionEveryone');
  const roles = state.guilds.get(channel.guildId)?.roles ?? [];
  return {
    mention_everyone: broad && parse.includes('everyone') && /@(everyone|here)\b/.test(content),
    mentions: written(/<@!?(\d+)>/g)
      .filter((id) => parse.includes('users') || named('users').includes(id))
      .map((id) => ({ id })),
    mention_roles: written(/<@&(\d+)>/g)
      .filter((id) => parse.includes('roles') || named('roles').includes(id))
      .filter((id) => roles.some((role) => role.id === id && (role.mentionable || broad))),
  };
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
