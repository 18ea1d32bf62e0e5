// What every action works with: the configuration, the database, the opened sources and channels, the clock.

import type { Config } from '../config/shape.ts';
import { isGuildChannel } from '../guilds/context.ts';
import { errorText, type Log } from '../infra/log.ts';
import type { DispatcherWorld } from '../outbox/dispatcher.ts';
import { digestPeriod, sendableAt } from '../outbox/hours.ts';
import { noticeStatement } from '../outbox/notice.ts';
import type { Notice, NoticeWords, OutboxTarget } from '../outbox/target.ts';
import type { ComposeContext } from '../pipeline/compose.ts';
import type { Fanning } from '../pipeline/finish-fanouts.ts';
import type { PollWorld } from '../pipeline/poll.ts';
import type { SizeOf } from '../pipeline/regex-budget.ts';
import type { Pacing, World } from '../pipeline/run.ts';
import type { Source } from '../sources/define.ts';
import type { Db, Statement } from '../store/define.ts';
import { askedByGuildsOnly } from '../store/guilds.ts';
import type { Holds } from '../store/holds.ts';
import { kindsNamed } from '../store/watches.ts';
import type { Newest } from '../stories/newest.ts';
import { whenNamed } from '../stories/news.ts';
import type { Window } from '../stories/pledges.ts';
import type { Reading, ReadObservation } from '../stories/reading.ts';
import type { Matcher } from '../types/change.ts';
import type { Iso } from '../types/core.ts';
import type { Delivery, Outcome } from '../types/delivery.ts';
import type { Vouch } from '../types/labs.ts';
import { withoutPeople } from '../types/person.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Openness, Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import { report } from './source-health.ts';

export interface Worker {
  readonly config: Config;
  readonly db: Db;
  /** Name of this process in what it stores. */
  readonly holder: string;
  /** Its leases. */
  readonly holds: Holds;
  readonly now: () => number;
  readonly random: () => number;
  readonly sources: ReadonlyMap<string, Source>;
  readonly outboxTargets: readonly OutboxTarget[];
  readonly matcher: Matcher;
  readonly sizeOf: SizeOf;
  readonly card: (story: Story, newest: Newest, now: Iso) => Openness | null;
  readonly read: ReadObservation;
  /** Reads a model's name; `lab` applies when the name does not show whose model it is. */
  readonly readModel: (name: string, lab: string | null) => Reading;
  /** The days that words refer to, relative to the day they were said on; null when they name none. */
  readonly windowOf: (words: string, said: string) => Window | null;
  /** Sets the accounts that count as their labs' own, in addition to the configuration's. */
  readonly vouch: (vouches: readonly Vouch[]) => void;
  readonly newId: (key: string) => string;
  /** The text of a notice in a language. */
  readonly words: (locale: string, notice: Notice) => NoticeWords;
  /** A reason in English, for the log. */
  readonly inEnglish: (reason: AnyReason) => string;
  readonly keep: NonNullable<PollWorld['keep']> | null;
  readonly log: Log;
}

/** Positions in the channels' order: they increase with time, across restarts as well. */
function createSeq(now: () => number): () => number {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now() * 1000);
    return last;
  };
}

export function composeContext(
  worker: Worker,
  seq: () => number = createSeq(worker.now),
): (now: Iso) => ComposeContext {
  const { config } = worker;
  const channels = new Map(config.channels.map((channel) => [channel.name, channel]));
  return (now) => ({
    now,
    matcher: worker.matcher,
    sizeOf: worker.sizeOf,
    newId: worker.newId,
    card: (story, newest) => worker.card(story, newest, now),
    read: worker.read,
    seq,
    open: (name) => channels.get(name)?.on === true,
    whereIn: (name) => channels.get(name)?.where ?? null,
    digest: (name) => {
      const channel = channels.get(name);
      if (channel === undefined || channel.digest === 'off') return null;
      const { from, to } = digestPeriod(
        Date.parse(now),
        { every: channel.digest, minute: channel.digestAt },
        channel.timezone,
      );
      return { from: iso(from), to: iso(to), notBefore: iso(sendableAt(to, channel.quiet, channel.timezone)) };
    },
    notBefore: (name) => {
      const channel = channels.get(name);
      return iso(sendableAt(Date.parse(now), channel?.quiet ?? null, channel?.timezone ?? 'UTC'));
    },
  });
}

function logged({ log }: Pick<Worker, 'log'>): (error: unknown, what: string) => void {
  return (error, what) => log.error(`${what}: ${errorText(error)}`);
}

/** What a pass over one pool works with; `guard` checks its lease, `owed` is called when something becomes owed during it. */
export function pipelineWorld(
  worker: Worker,
  guard: () => readonly Statement[],
  pacing: Pacing,
  owed: () => void = () => undefined,
): World {
  return {
    owed,
    db: worker.db,
    now: worker.now,
    pacing,
    report: (effects, nowMs) =>
      report({ db: worker.db, sources: worker.sources, notices: (notice) => notices(worker, notice) }, effects, nowMs),
    compose: composeContext(worker),
    guard,
    asking: {
      sources: worker.sources,
      strict: (ids) => askedByGuildsOnly(worker.db, ids),
      wanted: (ids) => kindsNamed(worker.db, ids, whenNamed),
      ...(worker.keep === null ? {} : { keep: worker.keep }),
      onError: logged(worker),
    },
    onError: logged(worker),
  };
}

/** What finishing fan-outs works with. */
export function fanning(worker: Worker, guard: Fanning['guard'], owed: () => void): Fanning {
  return { db: worker.db, now: worker.now, compose: composeContext(worker), guard, owed, onError: logged(worker) };
}

/** About a channel added in Discord; people see it in `/status`. */
function isTheirs({ kind, what }: Notice): boolean {
  const aboutChannel = kind === 'channelHeld' || kind === 'channelGone' || kind === 'messageRefused';
  return aboutChannel && isGuildChannel(what[0] ?? '');
}

/** Notices for the people who run Landfall: sent to channels marked `operator`, in each one's language. */
export function notices(worker: Pick<Worker, 'config' | 'now' | 'words'>, notice: Notice): readonly Statement[] {
  if (isTheirs(notice)) return [];
  const channels = worker.config.channels.filter((channel) => channel.on && channel.operator);
  const about = `${notice.kind}:${notice.what[0] ?? ''}`;
  const nowMs = worker.now();
  return channels.map(({ name, locale }) =>
    noticeStatement(name, { about, said: worker.words(locale, notice), seq: nowMs * 1000 }, iso(nowMs)),
  );
}

/** Usually a rate limit, which passes by itself. */
function isBrief(outcome: Outcome): boolean {
  return outcome.kind === 'later' && outcome.hold !== true && outcome.afterMs !== null && outcome.afterMs <= 60_000;
}

export function dispatcherWorld(
  worker: Worker,
  onOutcome: (delivery: Delivery, outcome: Outcome) => void,
): DispatcherWorld {
  return {
    db: worker.db,
    now: worker.now,
    random: worker.random,
    holder: worker.holder,
    holds: worker.holds,
    outboxTargets: worker.outboxTargets,
    notice: (notice) => notices(worker, notice),
    onError: (error, channel) => worker.log.error(`delivering to ${withoutPeople(channel)}: ${errorText(error)}`),
    onOutcome: (delivery, outcome) => {
      const about = { channel: withoutPeople(delivery.channel), delivery: withoutPeople(delivery.id) };
      if (outcome.kind === 'sent')
        worker.log.debug(outcome.note === undefined ? 'sent' : `sent, but ${worker.inEnglish(outcome.note)}`, about);
      else if (isBrief(outcome)) worker.log.debug(`not sent yet: ${worker.inEnglish(outcome.reason)}`, about);
      else
        worker.log.warn(
          `${outcome.kind === 'later' ? 'not sent yet' : 'given up'}: ${worker.inEnglish(outcome.reason)}`,
          about,
        );
      onOutcome(delivery, outcome);
    },
  };
}
