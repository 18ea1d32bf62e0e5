// What a running worker logs besides errors: the first look, what was told, what broke and what recovered.
import { countRemembered } from '../store/items.ts';
import { storyById } from '../store/stories.ts';
import { countUntried } from '../store/targets.ts';
import type { Delivery, Outcome } from '../types/delivery.ts';
import { withoutPeople } from '../types/person.ts';
import type { Worker } from './context.ts';
import { createLookLog, type LookLog, spanOf } from './look-log.ts';

export interface RunLog {
  readonly looked: LookLog['looked'];
  readonly settled: (delivery: Delivery, outcome: Outcome) => void;
  /** Logs what has accumulated; true when the first look at everything was completed since the last call. */
  readonly flush: () => Promise<boolean>;
  /** To be called when the watch list has changed, so that first looks at new targets are logged as well. */
  readonly renew: () => void;
}

/** Channel failures shorter than this are not logged. */
const briefMs = 60_000;

async function titleOf(worker: Pick<Worker, 'db'>, delivery: Delivery): Promise<string> {
  if (delivery.form === 'group' || delivery.form === 'notice') return delivery.content.title;
  if (delivery.form === 'digest') return 'digest';
  return (await storyById(worker.db, delivery.subject))?.name ?? delivery.subject;
}

export function createRunLog(worker: Pick<Worker, 'db' | 'now' | 'log' | 'inEnglish' | 'config'>): RunLog {
  const { db, now, log, config } = worker;
  const looks = createLookLog({ ...worker, watched: () => config.targets.length });
  const failing = new Map<string, number>();
  /** Null = not known yet. */
  let untried: number | null = null;

  const sayTold = async (delivery: Delivery): Promise<void> => {
    const title = await titleOf(worker, delivery).catch(() => delivery.subject);
    log.info(
      `told ${withoutPeople(delivery.channel)}: ${title}${delivery.form === 'card' ? '' : ` (${delivery.form})`}`,
    );
  };

  return {
    looked: looks.looked,
    renew: () => {
      untried = null;
    },
    settled: (delivery, outcome) => {
      const { channel } = delivery;
      if (outcome.kind === 'later') failing.set(channel, failing.get(channel) ?? now());
      if (outcome.kind !== 'sent') return;
      const sinceMs = failing.get(channel);
      failing.delete(channel);
      if (sinceMs !== undefined && now() - sinceMs >= briefMs)
        log.info(`${withoutPeople(channel)} takes messages again after ${spanOf(now() - sinceMs)}`);
      // Only the first of several pages is logged; an edited card was told before.
      const edited = delivery.pinned?.some(({ card, to }) => card && to !== null) === true;
      if (delivery.sent.length === 0 && !edited) void sayTold(delivery);
    },
    flush: async () => {
      looks.flush();
      if (untried === 0) return false;
      const before = untried;
      untried = await countUntried(db);
      if (untried > 0) return false;
      if (before === null) return true;
      const { items } = await countRemembered(db);
      const absent = looks.notThere();
      log.info(
        `first look done: ${config.targets.length} ${config.targets.length === 1 ? 'place' : 'places'}, ${items} ${items === 1 ? 'item' : 'items'} remembered${absent > 0 ? `, ${absent} not there yet` : ''}; what is new from now on is told`,
      );
      return true;
    },
  };
}
