// What every action works with: the configuration, the database, the opened sources and channels, the clock.
import type { ComposeContext } from '../compose.ts';
import type { Config } from '../config/shape.ts';
import type { CourierWorld } from '../courier.ts';
import type { Pacing, World } from '../cycle.ts';
import { noticeStatement, type Outlet } from '../deliver.ts';
import { speakingAt } from '../hours.ts';
import type { Matcher } from '../judge.ts';
import { errorText, type Log } from '../log.ts';
import type { Asking } from '../poll.ts';
import type { Source } from '../sources/define.ts';
import type { Db, Statement } from '../store/define.ts';
import type { Delivery, Iso, Openness, Outcome, Story } from '../types.ts';

export interface Worker {
  readonly config: Config;
  readonly db: Db;
  /** Names this process in leases. */
  readonly holder: string;
  readonly now: () => number;
  readonly random: () => number;
  readonly sources: ReadonlyMap<string, Source>;
  readonly outlets: readonly Outlet[];
  readonly matcher: Matcher;
  readonly card: (story: Story, now: Iso) => Openness | null;
  readonly newId: (key: string) => string;
  readonly keep: NonNullable<Asking['keep']> | null;
  readonly log: Log;
}

export function iso(ms: number): Iso {
  return new Date(ms).toISOString();
}

/** Positions in the channels' order: they grow with time, also across restarts. */
function createSeq(now: () => number): () => number {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now() * 1000);
    return last;
  };
}

export function composeContext(worker: Worker, seq: () => number = createSeq(worker.now)): (now: Iso) => ComposeContext {
  const { config } = worker;
  const channels = new Map(config.channels.map((channel) => [channel.name, channel]));
  const titles = new Map(
    config.watches.map((watch) => [watch.id, config.targets.find((target) => target.id === watch.targetId)?.address ?? watch.targetId]),
  );
  return (now) => ({
    now,
    matcher: worker.matcher,
    newId: worker.newId,
    card: (story) => worker.card(story, now),
    seq,
    open: (name) => channels.get(name)?.on === true,
    notBefore: (name) => {
      const channel = channels.get(name);
      return iso(speakingAt(Date.parse(now), channel?.quiet ?? null, channel?.timezone ?? 'UTC'));
    },
    watchTitle: (watchId) => {
      const title = titles.get(watchId) ?? watchId;
      return { title, url: title.startsWith('http') ? title : null };
    },
  });
}

/** The belt's world for one pool; `guard` keeps its lease. */
export function beltWorld(worker: Worker, guard: (nowMs: number) => readonly Statement[], pacing: Pacing): World {
  return {
    db: worker.db,
    now: worker.now,
    pacing,
    compose: composeContext(worker),
    guard,
    asking: {
      sources: worker.sources,
      ...(worker.keep === null ? {} : { keep: worker.keep }),
      onError: (error, what) => worker.log.error(`${what}: ${errorText(error)}`),
    },
  };
}

/** Notices for people who run Landfall go to the channels that are marked `operator`. */
export function notices(worker: Pick<Worker, 'config' | 'now'>, title: string, text: string): readonly Statement[] {
  const channels = worker.config.channels.filter((channel) => channel.on && channel.operator);
  return channels.map((channel) => noticeStatement(channel.name, title, text, worker.now() * 1000, iso(worker.now())));
}

export function courierWorld(worker: Worker, onOutcome: (delivery: Delivery, outcome: Outcome) => void): CourierWorld {
  return {
    db: worker.db,
    now: worker.now,
    random: worker.random,
    holder: worker.holder,
    outlets: worker.outlets,
    notice: (title, text) => notices(worker, title, text),
    onError: (error, channel) => worker.log.error(`delivering to ${channel}: ${errorText(error)}`),
    onOutcome: (delivery, outcome) => {
      const about = { channel: delivery.channel, delivery: delivery.id };
      if (outcome.kind === 'sent') worker.log.debug('sent', about);
      else worker.log.warn(outcome.kind === 'later' ? `not sent yet: ${outcome.reason}` : `given up: ${outcome.reason}`, about);
      onOutcome(delivery, outcome);
    },
  };
}
