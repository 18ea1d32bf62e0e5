// Refusals in Discord's words.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
import type { Said } from '../service.ts';

const CODES = {
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10087: [404, 'Unknown Tag'],
  40033: [400, 'This message has already been crossposted.'],
  40058: [403, 'Cannot message this thread until after the post author has sent an initial message'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  40333: [403, 'internal network error'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50007: [403, 'Cannot send messages to this user'],
  50006: [400, 'Cannot send an empty message'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50083: [400, 'Thread is archived'],
  160002: [403, 'Cannot reply without permission to read message history'],
  160009: [403, 'Cannot reply to this message'],
  160006: [400, 'Maximum number of active threads reached'],
  160004: [400, 'A thread has already been created for this message'],
  220001: [400, 'Webhooks posted to forum channels must have a thread_name or thread_id'],
  220002: [400, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id'],
  220003: [400, 'Webhooks can only create threads in forum channels'],
} as const;

export type DiscordCode = keyof typeof CODES;

export function refusal(code: DiscordCode): Said {
  const [status, message] = CODES[code];
  return { status, body: { message, code } };
}

/** A fault in a form: its place (`embeds.0.title`), Discord's code, and a message. */
export interface FormFault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** A 400 with the tree of faults. */
export function invalidForm(faults: readonly FormFault[]): Said {
  const tree: Record<string, unknown> = {};
  for (const fault of faults) {
    let node = tree;
    for (const key of fault.path) {
      const next = (node[key] ?? {}) as Record<string, unknown>;
      node[key] = next;
      node = next;
    }
    node._errors = [...((node._errors as unknown[] | undefined) ?? []), { code: fault.code, message: fault.message }];
  }
  return { status: 400, body: { message: 'Invalid Form Body', code: 50035, errors: tree } };
}
