// The composition root: builds everything that depends on a configuration.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelWorld } from '../channels/define.ts';
import type { OpenedWorker, OpenOptions, Options, Out } from '../cli/command.ts';
import { takeable } from '../config/changes.ts';
import type { Config } from '../config/shape.ts';
import { openHttp } from '../infra/http/client.ts';
import { withSecrets } from '../infra/http/concealed.ts';
import { errorText } from '../infra/log.ts';
import { createExpressions } from '../infra/regex.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import { storyId } from '../pipeline/story-id.ts';
import { createExpected } from '../scheduler/expected.ts';
import { createGuildShare } from '../scheduler/guild-share.ts';
import type { PacingWorld } from '../scheduler/pool.ts';
import { createPreviews, type Previews } from '../scheduler/previews.ts';
import type { Source } from '../sources/define.ts';
import { sources } from '../sources/index.ts';
import type { Db } from '../store/define.ts';
import { aloneHolds, type Holds, openHolds } from '../store/holds.ts';
import { fillListing } from '../store/listing.ts';
import { lockDataDir } from '../store/lock.ts';
import { migrate } from '../store/migrate.ts';
import { migrations } from '../store/migrations.ts';
import { openDb, prepareDataDir, watchFile } from '../store/open.ts';
import { redacting } from '../store/redacting.ts';
import type { LabAdditions } from '../types/labs.ts';
import { notices, type Worker } from '../worker/context.ts';
import { createOwnerQuestions } from '../worker/owner-questions.ts';
import { writeRecorded } from '../worker/replay/recording.ts';
import { createSpread } from '../worker/spread.ts';
import { createWakeup } from '../worker/wakeup.ts';
import { cardOf } from './card.ts';
import { createTime } from './clock.ts';
import { isBuiltIn, ownVersion } from './files.ts';
import { openPlaces } from './guild-channels.ts';
import { createReader, labNames, nearestAccount } from './names.ts';
import { noticeWords, refusedNotice } from './notices.ts';
import { createPictures } from './pictures.ts';
import { serve } from './serve.ts';
import { type Vouched, withVouches } from './vouched.ts';

export const userAgent = `Landfall/${ownVersion()} (+https://github.com/landfall-dev/landfall)`;

interface ChannelMeans {
  readonly now: () => number;
  readonly picture?: ChannelWorld['picture'];
}

export function channelWorld(
  config: Config,
  out: Out,
  { fetch, publicFetch }: Pick<ReturnType<typeof openHttp>, 'fetch' | 'publicFetch'>,
  { now, picture }: ChannelMeans,
): ChannelWorld {
  return {
    fetch,
    publicFetch,
    userAgent,
    now,
    addresses: config.addresses,
    secrets: config.secrets,
    labName: labNames(config.labs).nameOf,
    pressable: config.bot.commands && config.secrets.DISCORD_TOKEN !== undefined,
    ...(picture === undefined ? {} : { picture }),
    write: (text) => out.print(text.replace(/\n$/, '')),
    colour: out.colour,
    columns: out.columns,
    json: out.json,
  };
}

/** `named`: the lab additions that attribute accounts; not the configuration's where people have vouched for more. */
export function openSources(
  config: Config,
  http: ReturnType<typeof openHttp>,
  named: { readonly labs: LabAdditions } = config,
): ReadonlyMap<string, Source> {
  const addresses = config.targets.map(({ address }) => address);
  const world = {
    http: withSecrets(http, config.hidden, addresses),
    addresses: config.addresses,
    secrets: config.secrets,
    shares: config.shares,
    senseOf: createReader(named).senseOf,
    supportedIn: createReader(named).supportedIn,
    isConverter: createReader(named).isConverter,
  };
  return new Map(sources.map((kind) => [kind.kind, kind.open(world)]));
}

export function sharedHolds(db: Db, holder: string): Holds {
  const wait = (ms: number, signal: AbortSignal): Promise<void> =>
    sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  return openHolds(db, holder, { steadyMs: () => performance.now(), wallMs: Date.now, wait });
}

export function assemble(
  config: Config,
  db: Db,
  parts: Pick<Worker, 'sources' | 'outboxTargets' | 'now' | 'log' | 'keep'> & Partial<Pick<Worker, 'holder' | 'holds'>>,
  vouched: Vouched = withVouches(config),
): Worker {
  const holder = randomUUID();
  return {
    config,
    db,
    holder,
    holds: sharedHolds(db, holder),
    random: Math.random,
    ...createExpressions(),
    card: cardOf(),
    ...createReader(vouched),
    vouch: vouched.vouch,
    newId: storyId,
    words: noticeWords,
    inEnglish,
    ...parts,
  };
}

export function pacingWorld(
  parts: Pick<Worker, 'db' | 'now' | 'random' | 'sources' | 'config'>,
  previews: Previews | null = null,
  named: { readonly labs: LabAdditions } = parts.config,
): PacingWorld {
  const { db, now, random, config } = parts;
  return {
    db,
    now,
    random,
    sources: parts.sources,
    previewed: (pool) => previews?.collect(pool) ?? [],
    expected: createExpected(db, now),
    guests: createGuildShare(db, () => config.bot.looksPerHourPerGuild, now),
    kinds: new Map(sources.map((kind) => [kind.kind, kind])),
    labOf: createReader(named).labOf,
  };
}

/** The HTTP client, replaced when `http.allowPrivate` changes; requests in progress finish on the old one. */
function openWays(first: Config, onStart: () => void) {
  const open = ({ allowPrivate }: Config) => ({
    allowed: JSON.stringify(allowPrivate),
    http: openHttp({ userAgent, allowPrivate, onStart }),
  });
  let last = open(first);
  const all = [last];
  return {
    http: () => last.http,
    take: (next: Config): void => {
      if (JSON.stringify(next.allowPrivate) === last.allowed) return;
      last = open(next);
      all.push(last);
    },
    close: async (): Promise<void> => {
      await Promise.all(all.map(({ http }) => http.close()));
    },
  };
}

/** Reads what people in Discord may have changed since the last wake; a failure is only logged. */
async function renewed(places: Awaited<ReturnType<typeof openPlaces>>, log: OpenOptions['log']): Promise<void> {
  try {
    await places.refresh();
  } catch (error) {
    log.error(`reading the channels of guilds: ${errorText(error)}`);
  }
}

/** Makes a notice owed to operators about a configuration that was rejected. */
async function tellRefused(
  worker: Worker,
  problems: Parameters<OpenedWorker['tell']>[0],
  wakeup: OpenedWorker['wakeup'],
): Promise<void> {
  const statements = notices(worker, refusedNotice(problems));
  if (statements.length > 0) await worker.db.batch(statements);
  wakeup.ring();
}

function questionsOf(worker: Worker, { kinds }: PacingWorld): OpenedWorker['questions'] {
  return createOwnerQuestions({ worker, kinds, nearest: (target) => nearestAccount(worker.config, target) });
}

/** Opens everything for a worker that looks and sends; returns a message for people when another one has the data directory. */
export async function openWorker(
  config: Config,
  options: Options,
  out: Out,
  open: OpenOptions,
): Promise<OpenedWorker | { readonly refused: string }> {
  const databaseUrl = config.secrets.DATABASE_URL ?? null;
  if (databaseUrl === null) prepareDataDir(options.data);
  const lock = databaseUrl === null ? lockDataDir(options.data) : null;
  if (lock?.kind === 'taken') return { refused: lock.message };
  const db = redacting(await openDb({ databaseUrl, dataDir: options.data, readOnly: false }), out.redact);
  await migrate(db, migrations);
  while (await fillListing(db));
  const holder = randomUUID();
  const holds = lock === null ? sharedHolds(db, holder) : aloneHolds();
  const ways = openWays(config, holds.expire);
  const pictures = createPictures(Date.now, open.log);
  const { record } = open;
  const places = await openPlaces(
    config,
    db,
    channelWorld(config, out, ways.http(), { now: Date.now, picture: pictures.week }),
  );
  const vouched = withVouches(places.config);
  const opened = new Map(openSources(config, ways.http(), vouched));
  const worker = assemble(
    places.config,
    db,
    {
      sources: opened,
      outboxTargets: places.outboxTargets,
      now: Date.now,
      log: open.log,
      holder,
      holds,
      keep: record === null ? null : (row, answer, at) => writeRecorded(record, row.target, at, answer),
    },
    vouched,
  );
  const wakeup = createWakeup();
  const previews = createPreviews();
  const pacing = pacingWorld(worker, previews, vouched);
  const time = createTime(places.config);
  return {
    worker,
    everyMs: time.everyMs,
    clock: (wake, signal) => time.keep(() => renewed(places, open.log).then(wake), signal),
    take: async (written) => {
      const next = takeable(worker.config, written);
      ways.take(next);
      await places.take(next, channelWorld(next, out, ways.http(), { now: Date.now, picture: pictures.week }));
      for (const [kind, source] of openSources(next, ways.http(), vouched)) opened.set(kind, source);
      time.take();
    },
    tell: (problems) => tellRefused(worker, problems, wakeup),
    wakeup,
    builtIn: isBuiltIn(config.file),
    bot: async (signal) => {
      if (worker.config.bot.commands)
        await (await import('./bot.ts')).runBot({ worker, places, wakeup, previews, pictures, userAgent }, signal);
    },
    pacing,
    spread: createSpread(worker, previews),
    questions: questionsOf(worker, pacing),
    lost: databaseUrl === null ? watchFile(options.data) : () => null,
    serve: () => serve(worker, pacing),
    close: async () => {
      await ways.close();
      await db.close();
      lock?.release();
    },
  };
}
