// News that leads to a lab's own repository, through the built command: it is looked at at once, also where nobody watches it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;
let first: Once;
let second: Once;
let third: Once;
const asked = (service: { readonly log: readonly { readonly path: string }[] }, name: string): number =>
  service.log.filter(({ path }) => path.includes(name)).length;
const of = (look: Once, name: string): readonly string[] => look.said.filter((text) => text.includes(name));

beforeAll(async () => {
  place = await openPlace();
  const { github, huggingface, modelscope, web, now } = place.world;
  const weights = { 'model.safetensors': { size: 4e9 } };
  huggingface.model('zai-org/GLM-9', { files: weights, licence: 'mit' });
  huggingface.model('zai-org/GLM-4.5', { files: weights, licence: 'mit' });
  huggingface.model('somebody/GLM-9-heretic', { files: weights, licence: 'mit' });
  modelscope.model('Qwen/Qwen9-70B', { files: { 'model.safetensors': 4e9 }, licence: 'apache-2.0' });
  github.repo('deepseek-ai/DeepSeek-V9');
  const feed = web.feed('/news.xml', { entries: [{ title: 'Old news', link: 'https://press.example/old' }] });
  await place.configure(`- feed: ${feed.url}\n  only: models`);
  first = await place.once();
  feed.set({
    entries: [
      { title: 'zai-org/GLM-9 · Hugging Face', link: 'https://www.reddit.example/r/1', published: now() },
      {
        title: 'Qwen 9 70B is out, open weights under Apache 2.0',
        link: 'https://press.example/qwen9',
        summary:
          'Get it at https://modelscope.cn/models/Qwen/Qwen9-70B, built like https://huggingface.co/zai-org/GLM-4.5.',
        published: now(),
      },
      {
        title: 'DeepSeek open-sources DeepSeek V9',
        link: 'https://github.com/deepseek-ai/DeepSeek-V9',
        published: now(),
      },
      {
        title: 'A heretic GLM 9 for everybody',
        link: 'https://huggingface.co/somebody/GLM-9-heretic',
        published: now(),
      },
      { title: 'A recipe for soup', link: 'https://huggingface.co/zai-org/GLM-5', published: now() },
    ],
  });
  second = await place.once();
  third = await place.once();
});
afterAll(() => place.close());

test('what the news leads to is looked at, and proves it', () => {
  expect(first.said).toEqual([]);
  expect(asked(place.world.huggingface.service, 'zai-org/GLM-9')).toBeGreaterThan(0);
  expect(of(second, 'GLM 9').join('\n')).toMatch(/in the news|reported/i);
  expect(of(second, 'GLM 9').join('\n')).toMatch(/released/i);
  expect(of(second, 'Qwen 9').join('\n')).toMatch(/released/i);
});

test('a repository without weights makes it seen and no more', () => {
  const said = of(second, 'DeepSeek V9').join('\n');
  expect(said).not.toMatch(/released/i);
  expect(place.world.github.api.log.length).toBeGreaterThan(0);
});

test('an older model that is only linked to is told to nobody, and nobody else is asked for', () => {
  expect(second.said.join('\n')).not.toMatch(/GLM 4\.5|GLM-4\.5|heretic|soup/i);
  expect(asked(place.world.huggingface.service, 'heretic')).toBe(0);
  expect(asked(place.world.huggingface.service, 'GLM-5')).toBe(0);
});

test('one look each: nothing is asked again, and nothing is told twice', () => {
  expect([third.code, third.said]).toEqual([0, []]);
  expect(third.document.watches.map(({ target }) => target).filter((target) => !target.startsWith('feed:'))).toEqual(
    [],
  );
});
