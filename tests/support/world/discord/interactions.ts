// People using the bot: slash commands, autocompletion, buttons and menus, and the bot's answers.
import { param } from '../routes.ts';
import type { Said } from '../service.ts';
import type { Asked, DiscordRoute } from './asked.ts';
import { type Checked, checkMessage } from './check.ts';
import { invalidForm, refusal } from './errors.ts';
import { type Form, record } from './form.ts';
import type { Gateway } from './gateway.ts';
import { commandData, envelope, type Person } from './invocation.ts';
import { createMessage, editMessage, removeMessage } from './messages.ts';
import type { DiscordState, MessageState } from './state.ts';

/** The bot's answer. Times are in milliseconds. */
export interface Reaction {
  /** 4 message, 5 deferred message, 6 deferred update, 7 update, 8 choices, 9 modal. */
  readonly type: number;
  readonly data: Form;
  readonly tookMs: number;
  /** The message that people see; of a deferred answer, once it is filled in. Null for choices. */
  readonly message: () => Promise<MessageState | null>;
  readonly followups: readonly MessageState[];
}

interface Open {
  readonly id: string;
  readonly token: string;
  readonly at: number;
  readonly person: Person;
  /** The message that has the pressed button. */
  readonly source: MessageState | null;
  answered: boolean;
  original: MessageState | null;
  ephemeral: boolean;
  readonly followups: MessageState[];
  settle: (type: number, data: Form) => void;
  filled: (message: MessageState) => void;
}

export interface Interactions {
  /** `command` is the full name: `watch add`. */
  readonly slash: (
    command: string,
    options: Readonly<Record<string, string | number | boolean>>,
    person: Person,
  ) => Promise<Reaction>;
  /** The suggestions while typing into `focused`. */
  readonly autocomplete: (
    command: string,
    options: Readonly<Record<string, string>>,
    focused: string,
    person: Person,
  ) => Promise<Reaction>;
  readonly press: (
    message: MessageState,
    customId: string,
    person: Person,
    values?: readonly string[],
  ) => Promise<Reaction>;
  readonly routes: Readonly<Record<string, DiscordRoute>>;
}

const FIRST_ANSWER_MS = 3000;
const TOKEN_MS = 900_000;
const EPHEMERAL = 1 << 6;

export function createInteractions(state: DiscordState, gateway: Gateway): Interactions {
  const open = new Map<string, Open>();

  const begin = (type: number, data: object, person: Person, source: MessageState | null): Promise<Reaction> => {
    const id = state.snowflake();
    const began = performance.now();
    const token = `aW50ZXJhY3Rpb246${id}`;
    const payload = envelope(state, { id, token, type, data, person, source });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${FIRST_ANSWER_MS} ms`)), FIRST_ANSWER_MS);
      let filled: (message: MessageState) => void = () => {};
      const whole = new Promise<MessageState>((fill) => {
        filled = fill;
      });
      const entry: Open = {
        id,
        token,
        at: state.now(),
        person,
        source,
        answered: false,
        original: null,
        ephemeral: false,
        followups: [],
        filled: (message) => filled(message),
        settle: (answer, given) => {
          clearTimeout(timer);
          const message = async (): Promise<MessageState | null> => (answer === 8 || answer === 9 ? null : whole);
          resolve({
            type: answer,
            data: given,
            tookMs: performance.now() - began,
            message,
            followups: entry.followups,
          });
        },
      };
      open.set(id, entry);
      open.set(token, entry);
      const guild = state.channels.get(person.channelId)?.guildId;
      gateway.dispatch('INTERACTION_CREATE', payload, guild === '' ? undefined : guild);
    });
  };

  /** Ephemeral answers are visible to one person only, so they are not stored in the channel. */
  const say = (asked: Asked, entry: Open, checked: Checked): { message: MessageState } | { said: Said } => {
    const channel = state.channels.get(entry.person.channelId);
    if (channel === undefined) return { said: refusal(10003) };
    const hidden = entry.ephemeral || (Number(checked.form.flags ?? 0) & EPHEMERAL) !== 0;
    const on: DiscordState = hidden ? { ...state, messages: new Map(), history: [] } : state;
    return createMessage(
      on,
      channel,
      { id: state.app.userId, username: state.app.name, webhookId: state.app.id },
      checked,
      asked.uploads,
    );
  };

  const callback: DiscordRoute = (asked) => {
    const entry = open.get(param(asked.params, 'interaction'));
    if (entry === undefined || entry.token !== param(asked.params, 'token')) return refusal(10062);
    if (entry.answered) return refusal(40060);
    if (state.now() - entry.at > FIRST_ANSWER_MS) return refusal(10062);
    const type = Number(asked.form.type);
    const speaks = type === 4 || type === 7;
    const checked = speaks
      ? checkMessage(asked.check, 'callback', asked.form, ['data'])
      : { faults: asked.check('callback', asked.form), form: {} };
    if (checked.faults.length > 0) return invalidForm(checked.faults);
    const data = record(asked.form.data);
    if (type === 4) {
      const made = say(asked, entry, checked);
      if ('said' in made) return made.said;
      entry.original = made.message;
      entry.filled(made.message);
    }
    if (type === 5) entry.ephemeral = (Number(data.flags ?? 0) & EPHEMERAL) !== 0;
    if (type === 6 || type === 7) entry.original = entry.source;
    if (type === 7 && entry.source !== null) {
      const refused = editMessage(state, entry.source, checked);
      if (refused !== null) return refused;
      entry.filled(entry.source);
    }
    entry.answered = true;
    entry.settle(type, data);
    if (asked.ask.query.get('with_response') !== 'true') return { status: 204 };
    const interaction = { id: entry.id, type: 2, response_message_id: entry.original?.id ?? null };
    const message = entry.original === null ? {} : { message: entry.original };
    return { status: 200, body: { interaction, resource: { type, ...message } } };
  };

  const byToken =
    (answer: (entry: Open, asked: Asked) => Said): DiscordRoute =>
    (asked) => {
      const entry = open.get(param(asked.params, 'token'));
      if (entry === undefined) return refusal(10015);
      if (state.now() - entry.at > TOKEN_MS) return refusal(50027);
      return answer(entry, asked);
    };

  const editOriginal = byToken((entry, asked) => {
    if (!entry.answered) return refusal(10015);
    const checked = checkMessage(asked.check, 'webhookEdit', asked.form);
    if (entry.original === null) {
      const made = say(asked, entry, checked);
      if ('said' in made) return made.said;
      entry.original = made.message;
    } else {
      const refused = editMessage(state, entry.original, checked);
      if (refused !== null) return refused;
    }
    entry.filled(entry.original);
    return { status: 200, body: entry.original };
  });

  const followUp = byToken((entry, asked) => {
    const made = say(asked, entry, checkMessage(asked.check, 'webhook', asked.form));
    if ('said' in made) return made.said;
    entry.followups.push(made.message);
    return { status: 200, body: made.message };
  });

  const mine = `/webhooks/${state.app.id}/:token`;
  const removeOriginal = byToken((entry) => {
    if (entry.original !== null) removeMessage(state, entry.original);
    return { status: 204 };
  });
  return {
    slash: (command, options, person) => begin(2, commandData(state, command, options, null, person), person, null),
    autocomplete: (command, options, focused, person) =>
      begin(4, commandData(state, command, options, focused, person), person, null),
    press: (message, customId, person, values) =>
      begin(
        3,
        {
          custom_id: customId,
          component_type: values === undefined ? 2 : 3,
          ...(values === undefined ? {} : { values }),
        },
        person,
        message,
      ),
    routes: {
      'POST /interactions/:interaction/:token/callback': callback,
      [`POST ${mine}`]: followUp,
      [`GET ${mine}/messages/@original`]: byToken((entry) =>
        entry.original === null ? refusal(10008) : { status: 200, body: entry.original },
      ),
      [`PATCH ${mine}/messages/@original`]: editOriginal,
      [`DELETE ${mine}/messages/@original`]: removeOriginal,
    },
  };
}
