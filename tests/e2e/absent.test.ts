// What is not there is said, through the built command.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;

beforeAll(async () => {
  place = await openPlace();
  place.world.huggingface.model('acme/one', { files: { 'model.safetensors': { size: 4e9 } } });
  place.world.huggingface.model('acme/two-GGUF', {});
  await place.configure(
    '- huggingface: acme\n- huggingface: acmee\n- huggingface: acme/coming\n- discover: huggingface\n',
  );
});
afterAll(() => place.close());

describe('what is not there', () => {
  it('is said by once and status, and is no failure', async () => {
    const once = await place.run('once');
    expect(once.code).toBe(0);
    expect(once.stderr.match(/^.*not there \(yet\).*$/gm)?.toSorted()).toEqual([
      'huggingface:acme/coming: not there (yet)',
      'huggingface:acmee: not there (yet)',
    ]);
    const status = await place.run('status');
    expect(status.stdout).toMatch(/huggingface:acmee\s+not there \(yet\)/);
    expect(status.stdout).toMatch(/huggingface:acme\s+ok/);
  });
});
