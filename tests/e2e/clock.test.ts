// A clock that leaps a month ahead and comes back, then goes back an hour: the worker goes on at once and says little.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';
import { until } from '../support/landfall.ts';

const hourMs = 3_600_000;

/** Runs inside the child, before the command: its clock is as far ahead as the file says when the signal comes; timers go on as ever. */
const settable = `import { readFileSync } from 'node:fs';
const { now } = Date;
const read = () => Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));
let ahead = read();
process.on('SIGUSR2', () => { ahead = read(); });
Date.now = () => now() + ahead;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [target.now()] : given, made),
});`;

it('goes on at the next real second, puts nothing off to another month, and is unhealthy while its beat is from the future', async (test) => {
  const place = await placeFor(test);
  const { discord, github } = place.world;
  const file = join(place.home.dir, 'clock');
  const options = {
    env: { CLOCK_FILE: file },
    nodeFlags: ['--import', `data:text/javascript,${encodeURIComponent(settable)}`],
  };
  await writeFile(file, '0');
  const repo = github.repo('acme/widget');
  repo.release({ tag: 'v1' });
  await place.configure('- github: acme/widget', 'schedule: "* * * * * *"\n');
  const worker = place.start('run', options);
  await worker.says('first look done');
  const set = async (ms: number): Promise<void> => {
    await writeFile(file, String(ms));
    process.kill(worker.pid, 'SIGUSR2');
  };
  const health = () => place.run('health', options);
  const tries = (): number => discord.service.log.filter(({ method }) => method === 'POST').length;

  // What is owed is refused for a moment, by a clock that is a month ahead.
  repo.release({ tag: 'v2' });
  const refusing = discord.service.faults.plan(/^POST /, { kind: 'answer', status: 500, body: {} }, { times: 1_000 });
  await set(30 * 24 * hourMs);
  await until(() => tries() > 0, 'the message is tried', 20_000);
  await worker.says('ahead of what has passed');
  await writeFile(file, '0');
  const early = await health();
  expect([early.code, early.stdout + early.stderr]).toEqual([1, expect.stringContaining('in the future')]);

  refusing.clear();
  await set(0);
  await worker.says('the clock was set back by 30 d');
  await until(() => place.channel.messages().length === 1, 'the message is told');
  expect((await health()).code).toBe(0);

  await set(-hourMs);
  await worker.says('the clock was set back by 60 min');
  expect((await health()).code).toBe(0);
  repo.release({ tag: 'v3' });
  const ended = await worker.stop('SIGTERM');
  expect(ended.code).toBe(0);
  expect(ended.stderr.trim().split('\n').length).toBeLessThan(20);
  expect(place.channel.messages()).toHaveLength(1);
}, 90_000);
