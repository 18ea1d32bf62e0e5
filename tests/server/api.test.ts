// The API: every answer is held to the shapes that its description is made of, and pages turn over everything.
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/server/api/describe.ts';
import { problemShape } from '../../src/server/api/shapes.ts';
import { fillSpread } from '../support/board/open.ts';
import { sampleStories } from '../support/board/sample.ts';
import { board } from '../support/board/stage.ts';
import { manyStories } from '../support/board/stories.ts';

const key = 'model:ursa/ursa/3';

describe('every answer', () => {
  it.each([
    ['models', '/api/v1/models'],
    ['model', `/api/v1/models/${key}`],
    ['model', `/api/v1/models/${encodeURIComponent(key)}`],
    ['promises', '/api/v1/promises'],
    ['watches', '/api/v1/watches'],
    ['spread', `/api/v1/spread/${key}`],
  ] as const)('of %s (%s) has its shape', async (name, path) => {
    const { staged, get } = await board(sampleStories, {}, { targets: ['feed:https://news.example/a'] });
    await fillSpread(staged.worker.db, 'story-ursa-ursa-3', '2026-02-20');
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    const body: unknown = await answer.json();
    expect(endpoints[name].answer.parse(body)).toEqual(body);
  });

  it('of a question that is not understood is a problem that says what is wrong', async () => {
    const { get } = await board(sampleStories);
    for (const [path, detail] of [
      ['/api/v1/models?limit=0', 'limit'],
      ['/api/v1/models?limit=101', 'limit'],
      ['/api/v1/models?cursor=bm9wZQ', 'cursor'],
      ['/api/v1/models?since=yesterday', 'since'],
      ['/api/v1/models?colour=red', 'colour'],
      ['/api/v1/promises?state=broken', 'state'],
    ] as const) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 400]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(problemShape.parse(await answer.json()).detail).toContain(detail);
    }
    for (const path of ['/api/v1/models/none', '/api/v1/nothing', '/api/v2/models'])
      expect(problemShape.parse(await (await get(path)).json()).status).toBe(404);
  });
});

describe('/api/v1/models', () => {
  it('turns its pages over everything, each model once', async () => {
    const { json } = await board(manyStories(64));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = endpoints.models.answer.parse(await json(`/api/v1/models?limit=10${query}`));
      seen.push(...page.items.map((item) => item.key));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(64);
    expect(seen).toHaveLength(64);
  });

  it.each([
    ['lab=lyra&stage=released', ['Lyra 7B', 'Lyra Vision 3B']],
    ['stage=pledged', ['Ursa 4', 'Aquila 70B', 'Corvus Code', 'Lyra 70B']],
    ['verdict=research%20only', ['Lyra Vision 3B']],
    ['since=2026-02-24&stage=released&kind=model', ['Lyra 7B', 'Corvus Large 2']],
    ['q=ursa', ['Ursa 4', 'Ursa 3', 'Ursa 2']],
  ])('answers %s', async (query, names) => {
    const { json } = await board(sampleStories);
    const page = endpoints.models.answer.parse(await json(`/api/v1/models?${query}`));
    expect(page.items.map(({ name }) => name)).toEqual(names);
  });
});

describe('/api/v1/promises', () => {
  it('gives what falls due first, page by page', async () => {
    const { json } = await board(sampleStories);
    const first = endpoints.promises.answer.parse(await json('/api/v1/promises?limit=4'));
    const rest = endpoints.promises.answer.parse(await json(`/api/v1/promises?limit=4&cursor=${first.next}`));
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual([
      'Ursa 2',
      'Lyra 70B',
      'Ursa 3',
      'Corvus Code',
      'Ursa 4',
      'Aquila 70B',
    ]);
    expect(rest.next).toBeNull();
    const overdue = endpoints.promises.answer.parse(await json('/api/v1/promises?state=overdue'));
    expect(overdue.items.map(({ name }) => name)).toEqual(['Corvus Code']);
  });
});

it('describes itself as OpenAPI 3.1, every endpoint and shape', async () => {
  const { json } = await board(sampleStories);
  const document = (await json('/api/v1/openapi.json')) as {
    openapi: string;
    paths: Record<string, unknown>;
    components: { schemas: Record<string, unknown> };
  };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).toSorted()).toEqual(
    Object.values(endpoints)
      .map(({ path }) => path)
      .toSorted(),
  );
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(['Model', 'Fact', 'Promise', 'Watch', 'Spread', 'Problem']),
  );
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name ?? '',
  );
  for (const name of references) expect(document.components.schemas).toHaveProperty(name);
});
