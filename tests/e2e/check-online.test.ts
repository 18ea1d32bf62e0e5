// A look at everything in the list, once, through the built command.
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';

it('names what is not there, silent or moved, each at its line, and stores nothing', async ({ onTestFinished }) => {
  const place = await placeFor({ onTestFinished });
  const { github, huggingface, now } = place.world;
  huggingface.model('xai-org/grok-2', { createdAt: now() - 400 * 86_400_000 });
  huggingface.model('acme/rocket', { createdAt: now() });
  github.repo('acme/engine').rename('acme/motor');
  await place.configure(
    [
      '- huggingface: xai-org',
      '- huggingface: acme',
      '- github: acme/engine',
      '- huggingface: acme/later',
      '- huggingface: mistralia/x',
      `- feed: ${place.world.github.web.url}/nothing.xml`,
    ].join('\n'),
  );
  const [plain, json] = await Promise.all([place.run('check --online'), place.run('check --online --json')]);
  expect([plain.code, json.code]).toEqual([1, 1]);
  const found = json.json() as readonly {
    readonly line: number;
    readonly message: string;
    readonly hint: string | null;
  }[];
  const online = found.slice(1);
  const first = online[0]?.line ?? 0;
  expect(
    online.map(({ line, message, hint }) => [line - first, message.replace(/^warning: | of \d{4}-.*/g, ''), hint]),
  ).toEqual([
    [0, 'huggingface:xai-org: silent: the newest is', null],
    [2, 'github:acme/engine: moved to acme/motor', null],
    [3, 'huggingface:acme/later: not there (yet)', null],
    [4, 'huggingface:mistralia/x: not there, and its owner is not there either', 'did you mean `mistralai`?'],
    [5, expect.stringMatching(/^feed:.*problem of its own/), null],
  ]);
  expect(plain.stdout).toContain(`${place.home.config}:`);
  expect(plain.stdout).toContain('5 to see to');
});
