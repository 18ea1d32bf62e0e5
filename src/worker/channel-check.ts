// Logs what channels lack when the worker starts; `status` shows the same at any time.

import { partLacks } from '../infra/lacks.ts';
import { errorText } from '../infra/log.ts';
import { pacesOf, type SharedPaces } from '../outbox/paces.ts';
import type { OutboxTarget } from '../outbox/target.ts';
import type { Lack } from '../types/reasons/lacks.ts';
import type { Worker } from './context.ts';

/** How long a channel may take to answer, in milliseconds. */
const askMs = 15_000;
/** How long to wait before asking again when messages leave no capacity, in milliseconds. */
const roomMs = 1_000;
const atOnce = 4;

function isForRoom(lack: Lack): boolean {
  if (lack.code !== 'lack.being-checked') return false;
  const { cause } = lack.params;
  return cause.code === 'discord.limited' && cause.params.scope === 'idle';
}

/** Waits as long as messages leave no capacity for the requests. */
async function lacksOf(
  paces: SharedPaces,
  { missing, channel }: OutboxTarget,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<readonly Lack[]> {
  while (!signal.aborted) {
    const turn = await paces.take(channel.pace);
    if (turn !== null) {
      const until = AbortSignal.any([signal, turn.signal, AbortSignal.timeout(askMs)]);
      const said = (await missing?.(until, 'idle').finally(turn.done)) ?? [];
      if (!said.some(isForRoom)) return said;
    }
    await wait(roomMs, signal);
  }
  return [];
}

export async function sayMissing(
  worker: Pick<Worker, 'outboxTargets' | 'log' | 'inEnglish' | 'holds'>,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  // A few at a time: with ten thousand channels this takes many requests, and alerts have priority.
  const left = worker.outboxTargets.values();
  const paces = pacesOf(worker.holds);
  const checkNext = async (): Promise<void> => {
    for (const target of left) {
      if (signal.aborted) return;
      const { name } = target;
      try {
        const lacks = partLacks(await lacksOf(paces, target, wait, signal));
        if (signal.aborted) return;
        if (lacks.missing.length > 0)
          worker.log.warn(`${name} lacks: ${lacks.missing.map(worker.inEnglish).join(', ')}`);
        if (lacks.checking.length > 0)
          worker.log.warn(`${name}: permissions: ${lacks.checking.map(worker.inEnglish).join(', ')}`);
      } catch (error) {
        if (!signal.aborted) worker.log.warn(`${name} could not be asked what it lacks: ${errorText(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, checkNext));
}
