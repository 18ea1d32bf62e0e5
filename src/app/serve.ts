// Opens the board, /healthz, /metrics and the hooks beside a worker; the libraries are only loaded if `server.listen` is set.

import type { Served } from '../cli/command.ts';
import type { Config } from '../config/shape.ts';
import { type PacingWorld, paceReasons } from '../scheduler/pool.ts';
import { poolStandings } from '../scheduler/status.ts';
import type { Listening } from '../server/server.ts';
import type { BoardWorld } from '../server/world.ts';
import { huggingface } from '../sources/huggingface/source.ts';
import { isPerson } from '../types/person.ts';
import type { Worker } from '../worker/context.ts';
import { createPushes } from '../worker/pushes.ts';
import { ownText, ownVersion } from './files.ts';

export function boardWorld(
  worker: Pick<Worker, 'config' | 'db' | 'now' | 'sources' | 'log'>,
  pacing: PacingWorld,
): BoardWorld {
  const { config, db, now, sources, log } = worker;
  return {
    db,
    now,
    config,
    standings: {
      awaits: (source) => sources.get(source)?.awaits === true,
      paces: (rows) => paceReasons(pacing, rows),
      pools: () => poolStandings(db, sources, now()),
    },
    assets: {
      css: ownText('board/board.css'),
      js: ownText('board/board.js'),
      icon: ownText('board/icon.svg'),
    },
    version: ownVersion(),
    log,
  };
}

/** The board alone, for a worker that does not watch. If the port is taken, a free one is used. */
export async function serveBoard(
  worker: Worker,
  pacing: PacingWorld,
  place: NonNullable<Config['listen']>,
): Promise<Pick<Listening, 'address' | 'close'>> {
  const [{ createMetrics }, { createApp, listen }] = await Promise.all([
    import('../server/metrics.ts'),
    import('../server/server.ts'),
  ]);
  const { db, now, sources, log } = worker;
  const app = createApp({
    now,
    metrics: createMetrics({ db, now, sources, channels: [] }),
    hook: { db, address: huggingface.address, pushes: createPushes() },
    secret: null,
    log: { ...log, info: log.debug },
    board: boardWorld(worker, pacing),
  });
  return listen(app, place).catch(() => listen(app, { ...place, port: 0 }));
}

/** Null = the configuration does not ask for a server. Rejects when the address cannot be used. */
export async function serve(worker: Worker, pacing: PacingWorld): Promise<Served | null> {
  const { config, db, now, sources, log } = worker;
  if (config.listen === null) return null;
  const [{ createMetrics }, { createApp, listen }] = await Promise.all([
    import('../server/metrics.ts'),
    import('../server/server.ts'),
  ]);
  const channels = worker.outboxTargets.map(({ name }) => name).filter((name) => !isPerson(name));
  const metrics = createMetrics({ db, now, sources, channels });
  const pushes = createPushes();
  const hook = { db, address: huggingface.address, pushes };
  const app = createApp({
    now,
    metrics,
    hook,
    secret: config.secrets.HF_WEBHOOK_SECRET ?? null,
    log,
    board: boardWorld(worker, pacing),
  });
  const { address, close } = await listen(app, config.listen);
  log.info(`listening on ${address}`);
  return { pushes, meter: metrics.meter, close };
}
