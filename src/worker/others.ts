// Workers on one database wake each other: what one makes owed, the one that sends learns at once.
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Worker } from './context.ts';

const topic = 'landfall_owed';
/** At most one notification in so many milliseconds. */
const quietMs = 250;

export interface Others {
  /** Something is owed: for our own dispatcher and for everybody else's. */
  readonly owed: () => void;
  /** Hears the others until the signal aborts. */
  readonly listen: (signal: AbortSignal) => Promise<void>;
}

/** Best effort: each worker also reads the outbox now and then. */
export function createOthers(
  { db, holder }: Pick<Worker, 'db' | 'holder'>,
  dispatcher: Pick<Dispatcher, 'owed'>,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Others {
  let telling = false;
  const tell = async (): Promise<void> => {
    telling = true;
    await wait(quietMs, signal);
    telling = false;
    await db.tell?.(topic, holder).catch(() => undefined);
  };
  return {
    owed: () => {
      dispatcher.owed();
      if (!telling && db.tell !== undefined) void tell();
    },
    listen: (until) =>
      db.listen?.(topic, (from) => (from === holder ? undefined : dispatcher.owed()), until) ?? Promise.resolve(),
  };
}
