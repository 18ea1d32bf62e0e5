// The routes of webhooks: send, edit, read and delete by token, in channels, threads and forums.
import { param } from '../routes.ts';
import type { Said } from '../service.ts';
import type { Asked, DiscordRoute } from './asked.ts';
import { webhookBody } from './bodies.ts';
import { checkMessage } from './check.ts';
import { invalidForm, refusal } from './errors.ts';
import { createMessage, editMessage, removeMessage } from './messages.ts';
import { type ChannelState, isForum, type MessageState, type WebhookState } from './state.ts';

const byToken =
  (answer: (webhook: WebhookState, asked: Asked) => Said): DiscordRoute =>
  (asked) => {
    const webhook = asked.state.webhooks.get(param(asked.params, 'webhook'));
    if (webhook === undefined) return refusal(10015);
    if (webhook.token !== param(asked.params, 'token')) return refusal(50027);
    return answer(webhook, asked);
  };

/** Where a webhook's message goes: its channel, one of its threads, or a new post. */
function place(webhook: WebhookState, asked: Asked): { channel: ChannelState; made: boolean } | { said: Said } {
  const { state, form, ask } = asked;
  const home = state.channels.get(webhook.channelId);
  if (home === undefined) return { said: refusal(10003) };
  const id = ask.query.get('thread_id');
  const name = typeof form.thread_name === 'string' && form.thread_name !== '' ? form.thread_name : null;
  if (isForum(home)) {
    if (id === null && name === null) return { said: refusal(220001) };
    if (id !== null && name !== null) return { said: refusal(220002) };
  } else if (name !== null) return { said: refusal(220003) };
  if (id !== null) {
    const thread = state.channels.get(id);
    return thread === undefined || thread.parentId !== home.id
      ? { said: refusal(10003) }
      : { channel: thread, made: false };
  }
  if (name === null) return { channel: home, made: false };
  const tags = Array.isArray(form.applied_tags) ? form.applied_tags.map(String) : [];
  if (tags.length === 0 && (home.flags & (1 << 4)) !== 0) return { said: refusal(40067) };
  const thread = {
    ownerId: webhook.id,
    archived: false,
    locked: false,
    autoArchiveMinutes: 1440,
    tags,
    archivedAt: state.now(),
    activeAt: state.now(),
  };
  const made: ChannelState = {
    id: state.snowflake(),
    guildId: home.guildId,
    type: 11,
    name,
    parentId: home.id,
    overwrites: [],
    tags: [],
    flags: 0,
    thread,
  };
  state.channels.set(made.id, made);
  return { channel: made, made: true };
}

const execute = byToken((webhook, asked) => {
  const { state, ask } = asked;
  const checked = checkMessage(asked.check, 'webhook', asked.form);
  if (checked.faults.length > 0) return invalidForm(checked.faults);
  const name = typeof checked.form.username === 'string' ? checked.form.username : webhook.name;
  if (/clyde|discord/i.test(name)) {
    const fault = {
      path: ['username'],
      code: 'USERNAME_INVALID_CONTAINS',
      message: 'Username cannot contain "discord"',
    };
    return invalidForm([fault]);
  }
  const placed = place(webhook, asked);
  if ('said' in placed) return placed.said;
  // A webhook that is not owned by an app may only send components on request.
  const form = ask.query.get('with_components') === 'true' ? checked.form : { ...checked.form, components: null };
  const sender = { id: webhook.id, username: name, webhookId: webhook.id };
  const on = placed.made ? { ...state, snowflake: () => placed.channel.id } : state;
  const made = createMessage(on, placed.channel, sender, { ...checked, form }, asked.uploads);
  if ('said' in made) {
    if (placed.made) state.channels.delete(placed.channel.id);
    return made.said;
  }
  return ask.query.get('wait') === 'true' ? { status: 200, body: made.message } : { status: 204 };
});

const onMessage = (answer: (message: MessageState, asked: Asked) => Said): DiscordRoute =>
  byToken((webhook, asked) => {
    const message = asked.state.messages.get(param(asked.params, 'message'));
    const there = asked.ask.query.get('thread_id') ?? webhook.channelId;
    if (!asked.state.channels.has(there)) return refusal(10003);
    const mine = message !== undefined && message.webhook_id === webhook.id && message.channel_id === there;
    return mine ? answer(message, asked) : refusal(10008);
  });

export const WEBHOOK_ROUTES: Readonly<Record<string, DiscordRoute>> = {
  'GET /webhooks/:webhook/:token': byToken((webhook) => ({ status: 200, body: webhookBody(webhook) })),
  'POST /webhooks/:webhook/:token': execute,
  'GET /webhooks/:webhook/:token/messages/:message': onMessage((message) => ({ status: 200, body: message })),
  'PATCH /webhooks/:webhook/:token/messages/:message': onMessage((message, asked) => {
    const checked = checkMessage(asked.check, 'webhookEdit', asked.form);
    return editMessage(asked.state, message, checked) ?? { status: 200, body: message };
  }),
  'DELETE /webhooks/:webhook/:token/messages/:message': onMessage((message, asked) => {
    removeMessage(asked.state, message);
    return { status: 204 };
  }),
};
