// Edits that Discord limits: what is news goes out beside them, and a turn's reply waits for its card only a moment.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OutgoingPage } from '../../src/channels/define.ts';
import { deliverAll } from '../../src/outbox/dispatcher.ts';
import type { OutboxTarget } from '../../src/outbox/target.ts';
import { insertDelivery } from '../../src/store/deliveries.ts';
import { saveMessage } from '../../src/store/messages.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Delivery, Outcome } from '../../src/types/delivery.ts';
import { grok } from '../support/channels/stories.ts';
import { type Outbox, openOutbox } from '../support/outbox.ts';
import { refusal } from '../support/reasons.ts';

const start = Date.parse('2026-03-02T10:00:00.000Z');
const now = () => new Date(Date.now()).toISOString();
let outbox: Outbox;
let sent: string[];
let limitMs: number | null;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  outbox = await openOutbox({ now: Date.now }, () => []);
  sent = [];
  limitMs = null;
});
afterEach(async () => {
  await outbox.close();
  vi.useRealTimers();
});

const target: OutboxTarget = {
  name: 'releases',
  address: 'releases',
  style: () => ({ locale: 'en', timezone: 'UTC', silent: false, mention: [] }),
  channel: {
    kind: 'test',
    edits: true,
    pages: (draft) => [{ form: draft.form }],
    send: async ({ to, form }: OutgoingPage): Promise<Outcome> => {
      const edits = to !== null && 'edit' in to;
      if (edits && limitMs !== null)
        return { kind: 'later', reason: refusal('edited too often'), afterMs: limitMs, doubtful: false };
      sent.push(edits ? 'edit' : form);
      return { kind: 'sent', messageId: String(sent.length) };
    },
  },
};

type Said =
  | Pick<Extract<Delivery, { form: 'card' }>, 'form' | 'content'>
  | Pick<Extract<Delivery, { form: 'reply' }>, 'form' | 'content'>
  | Pick<Extract<Delivery, { form: 'notice' }>, 'form' | 'content'>;

function owed(subject: string, seq: number, said: Said) {
  const id = `${subject}@${seq}>releases/${said.form}`;
  const none = { attempts: 0, pinned: null, sent: [], doubtSince: null };
  return insertDelivery(
    { id, subject, revision: grok.revision, channel: 'releases', seq, notBefore: now(), ...none, ...said },
    now(),
  );
}

const edit = { form: 'card', content: null } as const;
const reply = { form: 'reply', content: { turns: grok.marks.slice(-1) } } as const;
const notice = { form: 'notice', content: { title: 't', text: 't' } } as const;
const deliver = () => deliverAll({ ...outbox.dispatcher(), outboxTargets: [target] }, new AbortController().signal);

async function told(): Promise<void> {
  await outbox.write([saveStory(grok, 0), saveMessage(grok.id, 'releases', '100', grok.revision - 1)].flat());
}

it('an edit that is limited for long lets news pass, and its own reply', async () => {
  await told();
  limitMs = 1_800_000;
  await outbox.write([owed(grok.id, 1, edit), owed(grok.id, 2, reply), owed('n', 3, notice)]);
  expect(await deliver()).toBe(start + 1_800_000);
  expect(sent).toEqual(['reply', 'notice']);
  await outbox.write([owed('m', 4, notice)]);
  await deliver();
  expect(sent).toEqual(['reply', 'notice', 'notice']);
  limitMs = null;
  vi.setSystemTime(start + 1_800_000);
  expect(await deliver()).toBeNull();
  expect(sent.at(-1)).toBe('edit');
});

it('an edit that is limited for a moment keeps its place before its reply, and before nothing else', async () => {
  await told();
  limitMs = 20_000;
  await outbox.write([owed(grok.id, 1, edit), owed(grok.id, 2, reply), owed('n', 3, notice)]);
  expect(await deliver()).toBe(start + 20_000);
  expect(sent).toEqual(['notice']);
  limitMs = null;
  vi.setSystemTime(start + 20_000);
  await deliver();
  expect(sent).toEqual(['notice', 'edit', 'reply']);
});
