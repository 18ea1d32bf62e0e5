// A database that is deleted under a running worker: it says so and stops, instead of writing what nobody will ever read.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';

it('a worker whose database file is gone says so at its next wake and ends with 1', async (test) => {
  const place = await placeFor(test);
  place.world.github.repo('acme/widget').release({ tag: 'v1' });
  await place.configure('- github: acme/widget', '  quiet: { terminal: true }\nschedule: "* * * * * *"\n');
  const running = place.start('run');
  await running.says('told to');
  const file = join(place.home.data, 'landfall.db');
  await rename(file, `${file}.away`);
  const ended = await running.ended;
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/landfall\.db was deleted or replaced under the running worker/);
  await rename(`${file}.away`, file);
  expect((await place.once()).code).toBe(0);
});
