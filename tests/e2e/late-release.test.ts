// A release that becomes public late, behind a page of newer ones, where GitHub is asked over REST: through the built command.
import { expect, it } from 'vitest';
import { openPlace } from '../support/e2e/place.ts';

it.each([
  ['without a token', undefined],
  ['with a token, on a server without GraphQL', 'as it is'],
])('%s, a draft and a release of an old tag are told, by their repository and by its owner', async (_, token) => {
  const place = await openPlace();
  try {
    const { github } = place.world;
    const env = token === undefined ? { GITHUB_TOKEN: undefined } : {};
    const refused = { kind: 'answer' as const, status: 501, headers: {}, body: '{}' };
    github.api.faults.plan(/graphql/, refused, { times: 100 });
    const began = place.world.now() - 400 * 86_400_000;
    const day = (n: number) => ({ createdAt: began + n * 86_400_000, publishedAt: began + n * 86_400_000 });
    const repos = ['acme/big', 'club/wide'].map((name) => {
      const repo = github.repo(name, {});
      repo.tag('v0.1', undefined, { at: began });
      repo.release({ tag: 'v0.2', draft: true, ...day(1) });
      for (let n = 0; n < 45; n += 1) repo.release({ tag: `v1.${n}`, ...day(10 + n) });
      return repo;
    });
    await place.configure('- github: acme/big\n  on: [release]\n- github: club');
    expect(await place.once({ env })).toMatchObject({ code: 0, said: [] });
    for (const repo of repos) repo.editRelease('v0.2', { draft: false });
    for (const repo of repos) repo.release({ tag: 'v0.1', createdAt: began });
    const heads = (said: readonly string[]) => said.map((text) => text.split('\n', 1)[0] ?? '').toSorted();
    const told = await place.once({ env });
    expect([told.code, heads(told.said)]).toEqual([
      0,
      ['acme/big v0.1', 'acme/big v0.2', 'club/wide v0.1', 'club/wide v0.2'],
    ]);
    // Nothing once more; what is new on top is told as ever.
    repos[0]?.release({ tag: 'v2' });
    expect(heads((await place.once({ env })).said)).toEqual(['acme/big v2']);
    expect(place.world.unexpected()).toEqual([]);
  } finally {
    await place.close();
  }
});
