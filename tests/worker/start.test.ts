// The start of a worker whose database server is away for a moment.
import { expect, it } from 'vitest';
import { pacingWorld } from '../../src/app/open-worker.ts';
import type { Db } from '../../src/store/define.ts';
import type { Worker } from '../../src/worker/context.ts';
import { keepWatching } from '../../src/worker/loop.ts';
import { stage } from '../support/worker.ts';

/** How the worker ended, and the waits it made, with a database whose first batches fail. */
async function started(failures: number, secrets: Worker['config']['secrets']) {
  const staged = await stage();
  let left = failures;
  const batch: Db['batch'] = async (statements) => {
    left -= 1;
    if (left >= 0) throw new Error('PostgreSQL at db.example: the connection was cut');
    return staged.worker.db.batch(statements);
  };
  const config = { ...staged.worker.config, secrets };
  const worker: Worker = { ...staged.worker, config, db: { ...staged.worker.db, batch } };
  const waits: number[] = [];
  const stop = new AbortController();
  const watching = keepWatching(
    {
      worker,
      everyMs: () => 30_000,
      pacing: pacingWorld(worker),
      clock: async () => stop.abort(),
      wait: async (ms) => {
        if (!stop.signal.aborted) waits.push(ms);
        await new Promise((resolve) => setImmediate(resolve));
      },
    },
    stop.signal,
  );
  return { ended: await watching.then(() => 'stopped', String), first: waits[0] };
}

it('goes on when a server is back, and gives up on a file', async () => {
  expect(await started(1, { DATABASE_URL: 'postgres://db.example/landfall' })).toEqual({
    ended: 'stopped',
    first: 5_000,
  });
  expect((await started(1, {})).ended).toContain('the connection was cut');
});
