// Releases by their card, of a watch and of a channel, through the built command.
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';

it('holds back what does not fit, explains it, and tells it when the card changes', async ({ onTestFinished }) => {
  const place = await placeFor({ onTestFinished });
  const { huggingface } = place.world;
  const other = place.world.discord.channel();
  const model = (id: string, licence: string, size: number) =>
    huggingface.model(id, { files: { 'model.safetensors': { size } }, licence, createdAt: place.world.now() - 1e6 });
  await place.configure(
    '- { huggingface: acme, where: { commercial: "yes", maxSize: 40 GB } }\n- { huggingface: beta, to: [small] }',
    `  small: { discord: { channel: "${other.id}" }, where: { maxSize: 10GB, verdict: [open weights, free licence] } }\n`,
  );
  await place.once();
  model('acme/fits-7b', 'apache-2.0', 14e9);
  model('acme/large-70b', 'apache-2.0', 140e9);
  const limited = model('acme/limited-7b', 'cc-by-nc-4.0', 14e9);
  model('beta/large-70b', 'apache-2.0', 140e9);
  model('beta/small-1b', 'apache-2.0', 2e9);
  const second = await place.once();
  expect([second.code, second.said.length]).toEqual([0, 1]);
  expect(second.said[0]).toContain('fits-7b');
  expect(other.messages().map(({ content }) => content)).toEqual([expect.stringContaining('small-1b')]);
  const [size, use] = await Promise.all([
    place.run('why acme/large-70b --json'),
    place.run('why acme/limited-7b --json'),
  ]);
  expect(size.stdout).toContain('held back from releases (file:huggingface:acme): the smallest copy has 140 GB');
  expect(use.stdout).toContain('commercial use is \\"no\\", and `where.commercial` wants yes');
  limited.licence('apache-2.0');
  const third = await place.once();
  expect(third.said.filter((text) => text.includes('limited-7b'))).toHaveLength(1);
  expect(third.said.filter((text) => text.includes('large-70b'))).toEqual([]);
  // One that has joined stays, and hears what happens.
  const fourth = await place.once();
  expect(fourth.said).toEqual([]);
});
