// `/test`: one sample of each form, in this channel's style; nothing is stored.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sampled } from '../bot/define.ts';
import type { Draft } from '../channels/define.ts';
import { messagesFor } from '../messages/index.ts';
import type { OutboxTarget } from '../outbox/target.ts';
import type { Outcome } from '../types/delivery.ts';
import type { Story } from '../types/story.ts';
import { dayMs, iso } from '../types/time.ts';

/** The longest rate limit that is waited out, in milliseconds. */
const patienceMs = 10_000;
const url = 'https://github.com/landfall-dev/landfall';

function sampleStory(locale: string, nowMs: number): Story {
  const now = iso(nowMs);
  const { name, text } = messagesFor(locale).texts.bot.setup.test;
  return {
    id: 'sample',
    key: 'sample',
    scope: 'file',
    sort: 'model',
    name,
    lab: null,
    family: null,
    subject: null,
    stage: 'released',
    releasedAt: now,
    revision: 2,
    openedAt: now,
    updatedAt: now,
    nextAt: null,
    url,
    publishedAt: now,
    lang: null,
    text,
    items: [],
    spread: { count: 0, latest: [] },
    audience: [],
    marks: [
      { revision: 1, at: now, turn: 'seen', detail: null, url: null },
      { revision: 2, at: now, turn: 'released', detail: null, url: null },
    ],
    mergedInto: null,
    openness: null,
    pledge: null,
    evidence: [{ url, at: now, title: name, kind: 'repo', lang: null }],
    known: {},
  };
}

function draftsOf(locale: string, nowMs: number): readonly Draft[] {
  const story = sampleStory(locale, nowMs);
  const { texts } = messagesFor(locale);
  const { name, text } = texts.bot.setup.test;
  const item = { key: 'sample', title: name, url, at: null };
  return [
    { form: 'card', story },
    { form: 'reply', story, turns: story.marks.slice(-1) },
    { form: 'group', title: name, url: null, items: [item, { ...item, key: 'sample-2' }] },
    { form: 'digest', from: iso(nowMs - dayMs), to: iso(nowMs), stories: [story] },
    { form: 'notice', title: texts.test.title, text },
  ];
}

type Send = (to: { readonly reply: string } | null) => Promise<Outcome>;

async function waitingOutLimits(send: () => Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await send();
    const waitMs = outcome.kind === 'later' && !outcome.doubtful ? outcome.afterMs : null;
    if (waitMs === null || waitMs > patienceMs || tries === 5 || signal.aborted) return outcome;
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Without notification or pings. `name`: the channel's name in this program. */
export async function sendSamples(
  { name, channel, style }: OutboxTarget,
  locale: string,
  nowMs: number,
  signal: AbortSignal,
): Promise<Sampled> {
  let sent = 0;
  let card: string | null = null;
  for (const draft of draftsOf(locale, nowMs)) {
    const id = `sample>${name}/${nowMs}/${draft.form}`;
    const look = { ...style(draft), mention: [], silent: true, sample: true as const };
    const [page = null] = channel.pages(draft, look, { id });
    const send: Send = (to) => channel.send({ id: `${id}#0`, form: draft.form, page, to, doubtSince: null }, signal);
    const to = draft.form === 'reply' && card !== null ? { reply: card } : null;
    const outcome = await waitingOutLimits(() => send(to), signal);
    if (outcome.kind !== 'sent') return { sent, failed: outcome.reason };
    if (draft.form === 'card') card = outcome.messageId;
    sent += 1;
  }
  return { sent, failed: null };
}
