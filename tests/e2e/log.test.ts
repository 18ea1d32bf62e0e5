// What a running worker says at the default level of its log.
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';

interface Line {
  readonly level: number;
  readonly msg: string;
}

it('a worker says how it began, what it told, and a cause of many failures once', async (test) => {
  const place = await placeFor(test);
  const repository = place.world.github.repo('acme/widget');
  repository.release({ tag: 'v1' });
  const feeds = Array.from({ length: 6 }, (_, index) => `- feed: http://127.0.0.1:1/${index}.xml`).join('\n');
  await place.configure(`- github: acme/widget\n- github: acme/coming\n${feeds}`, 'schedule: "* * * * * *"\n');

  const first = await place.run('once');
  expect(first.stdout).toBe(
    '8 looked at, 6 failed; nothing new. 2 for the first time: what is there is remembered, not told; what comes from now on is told.\n',
  );
  expect(first.stderr).toMatch(
    /^6 of 8 places could not be looked at, first: feed:http:\/\/127\.0\.0\.1:1\/\d\.xml: the host refuses connections$/m,
  );

  place.later(3_600_000);
  repository.release({ tag: 'v2' });
  const running = place.start('run');
  await running.says(/told releases: /);
  await running.says('refuses connections');
  const { stderr } = await running.stop();
  const said = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const lines = said.map(({ msg }) => msg.replace(/^landfall .*/, 'started'));
  const failure = /^(?:\d of 8 places could not be looked at, first: )?feed:.* the host refuses connections$/;
  expect(lines.map((line) => (failure.test(line) ? 'failing' : line)).toSorted()).toEqual([
    'failing',
    'started',
    'stopped',
    'told releases: acme/widget v2',
  ]);
});

it('a first look is counted', async (test) => {
  const place = await placeFor(test);
  place.world.github.repo('acme/widget').release({ tag: 'v1' });
  await place.configure('- github: acme/widget\n- github: acme/coming', 'schedule: "* * * * * *"\n');
  const running = place.start('run');
  await running.says(
    /first look done: 2 places, \d+ items? remembered, 1 not there yet; what is new from now on is told/,
  );
  await running.stop();
});
