// The commands that open every channel: `status` and `send-test`.
import { channelKinds } from '../channels/index.ts';
import type { App, Out } from '../cli/command.ts';
import { openHttp } from '../infra/http/client.ts';
import { status } from '../reports/status.ts';
import { paceReasons } from '../scheduler/pool.ts';
import { poolStandings } from '../scheduler/status.ts';
import { targetStandings } from '../store/targets.ts';
import type { Lack } from '../types/reasons/lacks.ts';
import { openChannels } from './channels.ts';
import { withGuildChannels } from './guild-channels.ts';
import { channelWorld, openSources, pacingWorld, userAgent } from './open-worker.ts';
import { lacksOf, sendTests } from './send-tests.ts';

/** How long a channel may take to report what it lacks, in milliseconds. */
const checkMs = 5_000;

const silent: Out = {
  print: () => undefined,
  say: () => undefined,
  progress: () => undefined,
  redact: (text) => text,
  json: false,
  colour: false,
  columns: 80,
  interactive: false,
};

export const statusOf: App['status'] = async (file, db) => {
  const config = await withGuildChannels(file, db);
  const http = openHttp({ userAgent, allowPrivate: config.allowPrivate });
  const outboxTargets = openChannels(config, channelKinds, channelWorld(config, silent, http, { now: Date.now }));
  const missing = new Map<string, readonly Lack[]>();
  await Promise.all(
    outboxTargets.map(async ({ name, missing: ask }) => {
      missing.set(name, await lacksOf(ask, AbortSignal.timeout(checkMs)));
    }),
  );
  const opened = openSources(config, http);
  const targets = await targetStandings(db);
  const pacing = pacingWorld({ db, config, now: Date.now, random: Math.random, sources: opened });
  const paces = await paceReasons(pacing, targets);
  const pools = await poolStandings(db, opened, Date.now());
  const result = await status({
    config,
    db,
    targets,
    missing,
    pools,
    now: Date.now(),
    awaits: (source) => opened.get(source)?.awaits === true,
    pace: (row) => paces.get(row.target.id) ?? null,
  });
  await http.close();
  return result;
};

export const testChannels: App['sendTest'] = async (config, { log, ...wish }, signal) => {
  const http = openHttp({ userAgent, allowPrivate: config.allowPrivate });
  const world = channelWorld(config, { ...wish.out, json: false }, http, { now: Date.now });
  const code = await sendTests(config, openChannels(config, channelKinds, world), { ...wish, signal });
  log.debug('tested the channels');
  await http.close();
  return code;
};
