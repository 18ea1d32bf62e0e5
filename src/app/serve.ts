// Opens /healthz, /metrics and the hooks beside a worker; their libraries are loaded only where `server.listen` is set.

import type { Served } from '../cli/command.ts';
import { huggingface } from '../sources/huggingface/source.ts';
import type { Worker } from '../worker/context.ts';
import { createPushes } from '../worker/pushes.ts';

/** Null: nothing listens. Rejects when the address cannot be had. */
export async function serve(worker: Worker): Promise<Served | null> {
  const { config, db, now, sources, log } = worker;
  if (config.listen === null) return null;
  const [{ createMetrics }, { createApp, listen }] = await Promise.all([
    import('../server/metrics.ts'),
    import('../server/server.ts'),
  ]);
  const channels = worker.outboxTargets.map((outboxTarget) => outboxTarget.name);
  const metrics = createMetrics({ db, now, sources, channels });
  const pushes = createPushes();
  const hook = { db, address: huggingface.address, pushes };
  const app = createApp({ now, metrics, hook, secret: config.secrets.HF_WEBHOOK_SECRET ?? null, log });
  const { address, close } = await listen(app, config.listen);
  log.info(`listening on ${address}`);
  return { pushes, meter: metrics.meter, close };
}
