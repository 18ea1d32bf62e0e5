// Sends a marked test message to each channel: shows whether it arrives, whether it pings, and what the channel lacks.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Out } from '../cli/command.ts';
import type { Config } from '../config/shape.ts';
import { partLacks } from '../infra/lacks.ts';
import { errorText } from '../infra/log.ts';
import { messagesFor } from '../messages/index.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { OutboxTarget } from '../outbox/target.ts';
import type { Json } from '../types/core.ts';
import type { Outcome } from '../types/delivery.ts';
import type { Lack } from '../types/reasons/lacks.ts';

interface Wish {
  /** Name of the only channel to test; null = every channel. */
  readonly channel: string | null;
  /** Whether to ping everybody that alerts there may ping. */
  readonly mention: boolean;
  readonly out: Out;
  readonly signal: AbortSignal;
}

/** The longest rate limit that is waited out, in milliseconds. */
const patienceMs = 30_000;
/** How long a channel may take to report what it lacks, in milliseconds. */
const askMs = 15_000;

async function sendTo(config: Config, target: OutboxTarget, { mention, signal }: Wish): Promise<Outcome> {
  const { name, channel, style } = target;
  const found = config.channels.find((entry) => entry.name === name);
  const words = messagesFor(found?.locale ?? 'en').texts.test;
  const draft = { form: 'notice' as const, title: words.title, text: words.text };
  const rung = mention ? (found?.mention ?? []).map((rule) => `${rule.kind}:${rule.id}`) : [];
  const id = `test>${name}/${Date.now()}`;
  const [page] = channel.pages(draft, { ...style(draft), mention: rung }, { id });
  const send = () =>
    channel.send({ id: `${id}#0`, form: 'notice', page: page ?? null, to: null, doubtSince: null }, signal);
  const outcome = await send();
  const waitMs = outcome.kind === 'later' && !outcome.doubtful ? outcome.afterMs : null;
  if (waitMs === null || waitMs > patienceMs) return outcome;
  await sleep(waitMs, undefined, { signal });
  return send();
}

/** What a channel reports that it lacks, or that it could not be asked. */
export async function lacksOf(ask: OutboxTarget['missing'], signal: AbortSignal): Promise<readonly Lack[]> {
  try {
    return (await ask?.(signal)) ?? [];
  } catch (error) {
    return [{ code: 'lack.unasked', params: { detail: errorText(error) } }];
  }
}

function outcomeText(outcome: Outcome): string {
  if (outcome.kind !== 'sent') return `not sent: ${inEnglish(outcome.reason)}`;
  return outcome.note === undefined ? 'sent' : `sent, but ${inEnglish(outcome.note)}`;
}

/** Resolves to the exit code. */
export async function sendTests(config: Config, targets: readonly OutboxTarget[], wish: Wish): Promise<number> {
  const { channel: only, out, signal } = wish;
  let failed = 0;
  const results: Json[] = [];
  for (const target of targets.filter(({ name }) => only === null || name === only)) {
    const outcome = await sendTo(config, target, wish);
    const lacks = partLacks(await lacksOf(target.missing, AbortSignal.any([signal, AbortSignal.timeout(askMs)])));
    const missing = lacks.missing.map(inEnglish);
    const checking = lacks.checking.map(inEnglish);
    const reason = outcome.kind === 'sent' ? outcome.note : outcome.reason;
    if (outcome.kind !== 'sent' || (wish.mention && reason !== undefined)) failed += 1;
    results.push({
      channel: target.name,
      result: outcome.kind,
      ...(reason === undefined ? {} : { reason: inEnglish(reason), code: reason.code }),
      ...(missing.length === 0 ? {} : { missing, missingCodes: lacks.missing.map(({ code }) => code) }),
      ...(checking.length === 0 ? {} : { checking }),
    });
    if (out.json) continue;
    out.print(`${target.name}: ${outcomeText(outcome)}`);
    if (missing.length > 0) out.print(`${target.name} lacks: ${missing.join(', ')}`);
    if (checking.length > 0) out.print(`${target.name}: permissions: ${checking.join(', ')}`);
  }
  for (const { name } of config.channels.filter((channel) => !channel.on && (only === null || channel.name === only))) {
    results.push({ channel: name, result: 'off' });
    if (!out.json) out.print(`${name}: is off (its address is empty)`);
    if (only !== null) failed += 1;
  }
  if (out.json) out.print(JSON.stringify({ channels: results }));
  return failed === 0 ? 0 : 1;
}
