// ModelScope: an owner's models and single models; refusals with HTTP 200 are "later", never "nothing there".
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modelscope } from '../../../src/sources/modelscope/source.ts';
import { fresh, lookAt, noon, only, playWeb, targetOf } from '../../support/sources/web.ts';

const api = 'https://modelscope.cn';
const page = (n: number) => `${api}/openapi/v1/models?owner=Qwen&sort=last_modified&page_number=${n}&page_size=50`;
const owner = readFileSync(new URL('../fixtures/modelscope/owner.json', import.meta.url), 'utf8');
const listed = (models: readonly object[], all = models.length) =>
  JSON.stringify({ success: true, data: { models, total_count: all } });
const target = targetOf(modelscope, 'Qwen');

describe('an owner', () => {
  test('its models, what cannot be read left out; asked again, it is the same', async () => {
    const web = playWeb(modelscope, { [page(1)]: owner });
    const first = await web.poll(lookAt(target));
    const { observations, found, window } = fresh(first);
    expect(observations.map(({ key, url }) => [key, url])).toEqual([
      ['model:Qwen/Qwen3.8-27B', 'https://modelscope.cn/models/Qwen/Qwen3.8-27B'],
      ['model:Qwen/Qwen3.8-4B', 'https://modelscope.cn/models/Qwen/Qwen3.8-4B'],
    ]);
    expect([window, found.map(({ whole }) => whole)]).toEqual(['newest', [true, true]]);
    web.answer(page(1), owner.replace('"downloads": 12', '"downloads": 900'));
    expect(only(await web.poll(lookAt(target, only(first)))).kind).toBe('same');
  });

  test('the first look reads every page, a later one only as far as what is known', async () => {
    const models = (from: number, n: number) =>
      Array.from({ length: n }, (_, at) => ({
        id: `Qwen/M${from - at}`,
        last_modified: new Date(noon - 1e9 + (from - at) * 1e6).toISOString(),
      }));
    const web = playWeb(modelscope, { [page(1)]: listed(models(60, 50), 60), [page(2)]: listed(models(10, 10), 60) });
    const first = await web.poll(lookAt(target));
    expect(fresh(first).observations).toHaveLength(60);
    web.answer(page(1), listed(models(61, 50), 61));
    const second = fresh(await web.poll(lookAt(target, only(first))));
    expect(second.found.find(({ target: { id } }) => id === 'modelscope:qwen/m61')?.whole).toBe(false);
    expect(web.asked).toHaveLength(3);
  });

  test('without models it is not there (yet)', async () => {
    expect(fresh(await playWeb(modelscope, { [page(1)]: listed([]) }).poll(lookAt(target))).there).toBe(false);
  });
});

describe('a model', () => {
  const one = targetOf(modelscope, 'Qwen/Qwen3.8-27B');
  const about = `${api}/openapi/v1/models/Qwen/Qwen3.8-27B`;
  const files = `${api}/api/v1/models/Qwen/Qwen3.8-27B/repo/files?Revision=master&Recursive=True`;
  const model = JSON.stringify({ success: true, data: { id: 'Qwen/Qwen3.8-27B', license: 'Apache-2.0', tasks: [] } });
  const held = (...names: readonly string[]) =>
    JSON.stringify({ Code: 200, Data: { Files: names.map((Path) => ({ Path, Size: 5e9, Type: 'blob' })) } });

  test('whose name is another one’s by its number takes a baseline of its own; a number is learned first', async () => {
    const numbered = (Id: number, license: string) =>
      JSON.stringify({ success: true, data: { id: 'Qwen/Qwen3.8-27B', Id, license, tasks: [] } });
    const web = playWeb(modelscope, { [about]: model, [files]: held('config.json') });
    const first = await web.poll(lookAt(one));
    web.answer(about, numbered(7, 'Apache-2.0'));
    const learned = only(await web.poll(lookAt(one, only(first))));
    expect(learned).toMatchObject({ kind: 'same', cursor: { lasting: '7', successor: false } });
    web.answer(about, numbered(8, 'MIT'));
    const other = fresh(await web.poll(lookAt(one, learned)));
    expect(other.replaced).toEqual({ before: '7', after: '8' });
    expect(new Set(other.observations.map((seen) => seen.about))).toEqual(new Set(['modelscope:Qwen/Qwen3.8-27B~8']));
    web.answer(about, numbered(8, 'Apache-2.0'));
    expect(fresh(await web.poll(lookAt(one, other))).replaced).toBeUndefined();
  });

  test('its weights and licence', async () => {
    const web = playWeb(modelscope, { [about]: model, [files]: held('config.json', 'model.safetensors') });
    const first = await web.poll(lookAt(one));
    expect(fresh(first).observations.map(({ key, fingerprint, facts }) => [key, fingerprint, facts.bytes])).toEqual([
      ['model', 'there', undefined],
      ['weights', 'there', 5e9],
      ['licence', 'apache-2.0', undefined],
    ]);
    expect(only(await web.poll(lookAt(one, only(first)))).kind).toBe('same');
  });

  test('no weights yet; then gone', async () => {
    const web = playWeb(modelscope, { [about]: model, [files]: held('README.md') });
    const first = await web.poll(lookAt(one));
    expect(fresh(first).observations.map(({ key }) => key)).toEqual(['model', 'licence']);
    web.answer(about, { status: 404, body: '{"success":false,"code":"NotFound"}' });
    expect(fresh(await web.poll(lookAt(one, only(first))))).toMatchObject({ there: false, gone: ['model'] });
  });

  test('its files cannot be listed: nothing is concluded', async () => {
    const web = playWeb(modelscope, { [about]: model, [files]: '{"Code":500,"Success":false}' });
    expect(only(await web.poll(lookAt(one))).kind).toBe('later');
  });
});

test.each([
  [
    'HTTP 200 and `success: false`',
    { body: '{"success":false,"code":"QuotaLimitExceed"}' },
    'later',
    'modelscope.refused',
  ],
  ['429', { status: 429 }, 'later', 'modelscope.answered'],
  ['403', { status: 403 }, 'later', 'modelscope.answered'],
  ['503', { status: 503 }, 'later', 'modelscope.answered'],
  ['no JSON', { body: '<html>' }, 'broken', 'modelscope.no-answer'],
])('%s', async (_, written, kind, code) => {
  expect(only(await playWeb(modelscope, { [page(1)]: written }).poll(lookAt(target)))).toMatchObject({
    kind,
    reason: { code },
  });
});

test.each([
  ['Qwen', 'modelscope:qwen'],
  ['https://modelscope.cn/models/Qwen/Qwen3.8-27B', 'modelscope:qwen/qwen3.8-27b'],
  ['www.modelscope.cn/organization/Qwen', 'modelscope:qwen'],
  ['https://huggingface.co/Qwen', 'address.modelscope'],
  ['a/b/c', 'address.modelscope'],
])('%s', (written, expected) => {
  const reading = modelscope.address(written, {});
  expect('problem' in reading ? reading.problem.code : reading.target.id).toBe(expected);
});
