// Real captured answers of GitHub, read by the source; they stay outside the project (LANDFALL_CORPUS names them).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFeed } from '../../src/sources/github/feed.ts';
import { later, on, release, self, whole } from '../support/sources/github/answers.ts';
import { createWorld, fresh, lines } from '../support/sources/github/world.ts';

const folder = process.env.LANDFALL_CORPUS ?? '';
const there = folder !== '' && existsSync(folder);
if (!there) console.log('corpus-github: skipped, LANDFALL_CORPUS names no folder with captured answers');

const hub4j = 'hub4j__github-api/src/test/resources/org/kohsuke/github';
const files = {
  brave: 'Void1-1__youpdated/tests/fixtures/brave_api_releases.json',
  feed: 'Void1-1__youpdated/tests/fixtures/github_releases.atom',
  commits: 'Void1-1__youpdated/tests/fixtures/github_commits.atom',
  releases: `${hub4j}/GHRepositoryTest/wiremock/listReleases/__files/4-r_g_h_releases.json`,
  owned: `${hub4j}/AppTest/wiremock/testOrgRepositories/__files/10-organizations_107424_repos.json`,
} as const;
const read = (file: keyof typeof files) => readFileSync(join(folder, files[file]), 'utf8');

const captured = z.array(
  z.looseObject({
    tag_name: z.string(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    published_at: z.string().nullable(),
  }),
);

describe.skipIf(!there)('captured answers', () => {
  test.each(['brave', 'releases'] as const)(
    'a list of releases (%s): each once, by its tag, newest first',
    async (file) => {
      const name = 'acme/grok';
      const parsed = JSON.parse(read(file)) as unknown;
      const bodies = captured.parse(Array.isArray(parsed) ? parsed : [parsed]);
      const world = createWorld();
      world.prepare(whole(name, { releases: bodies }));
      const first = fresh(await world.look(name));
      const seen = first.observations.filter((one) => one.kind === 'release');
      expect(seen.map((one) => [one.key, one.facts.prerelease])).toEqual(
        bodies.filter((one) => !one.draft).map((one) => [`release:${one.tag_name}`, one.prerelease]),
      );
      expect(
        seen.every((one) => one.title !== '' && one.publishedAt?.endsWith('Z') && (one.text?.length ?? 0) <= 8_000),
      ).toBe(true);
      expect(JSON.parse(first.answer?.body ?? '')).toMatchObject({ dropped: 0 });

      // The same list with other download counts is the same; one item more is one thing more.
      world.prepare(
        later(name, {
          releases: JSON.parse(JSON.stringify(bodies).replace(/"download_count":\d+/g, '"download_count":7')),
        }),
      );
      const second = await world.look(name, first);
      expect(second.kind).toBe('same');
      world.prepare(later(name, { releases: [release(name, 'fresh-one', '2026-12-01T00:00:00Z'), ...bodies] }));
      expect(lines(await world.look(name, second))).toEqual(['release:fresh-one = release fresh-one Model fresh-one']);
    },
  );

  test('a page of an organisation: all but the forks, each a target', async () => {
    const bodies = z
      .array(z.looseObject({ id: z.number(), full_name: z.string(), fork: z.boolean() }))
      .parse(JSON.parse(read('owned')));
    const world = createWorld();
    world.prepare([{ on: on.owned('orgs', 'acme'), body: bodies }]);
    const result = fresh(await world.look('acme'));
    const own = bodies.filter((one) => !one.fork);
    expect(result.observations.map((one) => [one.key, one.title])).toEqual(
      own.map((one) => [`repo:${one.id}`, one.full_name]),
    );
    expect(result.found.every((one) => one.mark !== null)).toBe(true);
    expect(JSON.parse(result.answer?.body ?? '')).toMatchObject({ dropped: 0, whole: true });
  });

  test('a repository as octokit records it', async () => {
    const scenarios = join(folder, 'octokit__fixtures/scenarios/api.github.com/get-repository');
    for (const file of readdirSync(scenarios)) {
      const [exchange] = z
        .array(z.object({ response: z.looseObject({ full_name: z.string() }) }))
        .parse(JSON.parse(readFileSync(join(scenarios, file), 'utf8')).slice(0, 1));
      if (!exchange) throw new Error('no exchange');
      const name = exchange.response.full_name;
      const world = createWorld();
      world.prepare(whole(name, { self: { ...self(name), ...exchange.response, size: 1 } }));
      expect(lines(await world.look(name)).at(-1)).toBe(`state = live enabled public ${name.toLowerCase()}`);
    }
  });

  test('feeds: the tags of releases, and none of commits', () => {
    const tags = readFeed(read('feed')) ?? [];
    expect(tags.slice(0, 2)).toEqual(['v3.12.14', 'v3.11.16']);
    expect(new Set(tags).size).toBe(tags.length);
    expect(readFeed(read('feed').slice(0, -12))).toBeNull();
    expect(readFeed(read('commits'))).toEqual([]);
  });
});
