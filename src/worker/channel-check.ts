// Logs what channels lack when the worker starts; `status` shows the same at any time.

import { partLacks } from '../infra/lacks.ts';
import { errorText } from '../infra/log.ts';
import type { Worker } from './context.ts';

/** How long a channel may take to answer, in milliseconds. */
const askMs = 15_000;
const atOnce = 4;

export async function sayMissing(
  worker: Pick<Worker, 'outboxTargets' | 'log' | 'inEnglish'>,
  signal: AbortSignal,
): Promise<void> {
  // A few at a time: with ten thousand channels this takes many requests, and alerts have priority.
  const left = worker.outboxTargets.values();
  const checkNext = async (): Promise<void> => {
    for (const { name, missing } of left) {
      if (signal.aborted) return;
      try {
        const said = (await missing?.(AbortSignal.any([signal, AbortSignal.timeout(askMs)]))) ?? [];
        const lacks = partLacks(said);
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
