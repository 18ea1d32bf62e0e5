// A temporary worker for replay and demo: recorded answers, its own clock, everything drawn in the terminal, nothing sent.

import { once } from 'node:events';
import { channelKinds } from '../channels/index.ts';
import type { Replayed } from '../cli/command.ts';
import type { Config } from '../config/shape.ts';
import { openHttp } from '../infra/http/client.ts';
import type { Log } from '../infra/log.ts';
import { sources } from '../sources/index.ts';
import { migrate } from '../store/migrate.ts';
import { migrations } from '../store/migrations.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { Json } from '../types/core.ts';
import { dayMs } from '../types/time.ts';
import type { Worker } from '../worker/context.ts';
import { type Recorded, readRecording } from '../worker/replay/recording.ts';
import { play, type RecordedTargets, replaying } from '../worker/replay/replay.ts';
import { openChannels } from './channels.ts';
import { assemble, channelWorld, openSources, pacingWorld, userAgent } from './open-worker.ts';
import { serveBoard } from './serve.ts';

/** Recorded answers by target id; logs those that no source can read. */
function targetsOf(recorded: readonly Recorded[], log: Log): RecordedTargets {
  const targets = new Map<string, Recorded[]>();
  for (const entry of recorded) {
    const kind = sources.find((source) => source.kind === entry.source);
    const reading = kind?.address(entry.address, entry.shape === null ? {} : { select: entry.shape });
    if (reading === undefined || 'problem' in reading) {
      log.warn(`${entry.file}: no source reads ${entry.source}:${entry.address}`);
      continue;
    }
    const list = targets.get(reading.target.id) ?? [];
    targets.set(reading.target.id, [...list, entry]);
  }
  return targets;
}

/** Replaces every channel by the terminal, keeping its style (language, time zone). */
function drawn(config: Config): Config {
  return {
    ...config,
    secrets: {},
    channels: config.channels.map((channel) => ({ ...channel, kind: 'terminal', options: true })),
  };
}

/** Serves the board until the signal aborts. The clock continues from the end of the recording. */
async function showBoard(worker: Worker, { board, out, signal }: Replayed): Promise<void> {
  if (board === null || signal.aborted) return;
  const began = Date.now();
  const end = worker.now();
  const shown = { ...worker, now: () => end + Date.now() - began };
  const served = await serveBoard(shown, pacingWorld(shown), board);
  out.say(`the board: ${served.address} (Ctrl-C ends it)`);
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await served.close();
  }
}

export async function replay(given: Config, replayed: Replayed): Promise<Json> {
  const { directory, out, log, signal } = replayed;
  const config = drawn(given);
  const { recorded, skipped } = await readRecording(directory);
  for (const file of skipped) log.warn(`${file}: not a recording (SOURCE/TARGET/TIME.json, .xml or .html)`);
  const targets = targetsOf(recorded, log);
  const http = openHttp({ userAgent, allowPrivate: [] });
  const db = await openSqlite(':memory:');
  let nowMs = 0;
  const clock = {
    now: () => nowMs,
    set: (ms: number) => {
      nowMs = ms;
    },
  };
  try {
    await migrate(db, migrations);
    const real = openSources(config, http);
    const worker = assemble(config, db, {
      sources: new Map([...real].map(([kind, source]) => [kind, replaying(source, targets)])),
      outboxTargets: openChannels(config, channelKinds, channelWorld(config, out, http, { now: clock.now })),
      now: clock.now,
      log,
      keep: null,
    });
    const last = recorded.at(-1)?.at ?? new Date(0).toISOString();
    const told = await play(
      worker,
      { targets, clock, until: new Date(Date.parse(last) + 30 * dayMs).toISOString() },
      signal,
    );
    await showBoard(worker, replayed);
    return {
      told,
      answers: recorded.length,
      targets: targets.size,
      from: recorded[0]?.at ?? null,
      to: recorded.at(-1)?.at ?? null,
    };
  } finally {
    await db.close();
    await http.close();
  }
}
