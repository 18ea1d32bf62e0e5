// A rate limit while permissions are being checked: it is said to be one, and never a permission that is missing.
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';

it('status, send-test and run say that permissions are being checked', async (test) => {
  const place = await placeFor(test);
  place.world.github.repo('acme/widget');
  await place.configure('- github: acme/widget');
  await place.once();
  const body = { message: 'You are being rate limited.', retry_after: 40, global: false };
  const limited = { kind: 'answer', status: 429, headers: { 'retry-after': '40' }, body } as const;
  const { faults } = place.world.discord.service;
  // Its channel can be asked, who the bot is there cannot.
  faults.plan(/^GET .*\/(?:members|guilds)\//, limited, { times: 100 });

  const text = (await place.run('status')).stdout;
  expect(text).toContain('is being checked');
  expect(text).not.toContain('missing: ');
  const [channel] = ((await place.run('status --json')).json() as { channels: object[] }).channels;
  expect(channel).toMatchObject({
    missing: [],
    missingCodes: [],
    checking: [expect.stringContaining('being checked')],
  });

  const tested = await place.run('send-test');
  expect(tested.code).toBe(0);
  expect(tested.stdout).toContain('is being checked');
  expect(tested.stdout).not.toContain('lacks');

  const running = place.start('run');
  await running.says('is being checked');
  expect((await running.stop()).stderr).not.toContain('lacks');
}, 60_000);
