// What is told of GitHub repositories, through the built command, with a token (GraphQL) and without one (REST).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

const names = [
  'empty',
  'absent',
  'busy',
  'flood',
  'licensed',
  'archived',
  'renamed',
  'hidden',
  'vanishing',
  'moving',
  'tagged',
  'churning',
  'lagging',
  'draft',
  'filtered',
  'plain',
] as const;

const dayMs = 86_400_000;

async function setUp({ world, configure }: Place): Promise<void> {
  const { github } = world;
  const publishedAt = world.now() - 9 * dayMs;
  github.limits.settings.anonymous = 10_000;
  github.repo('acme/empty', { empty: true });
  for (const name of ['busy', 'licensed', 'archived', 'renamed', 'hidden', 'plain', 'draft', 'filtered'] as const) {
    github.repo(`acme/${name}`, { licence: { spdx: 'MIT' } }).release({ tag: 'v1', publishedAt });
  }
  github.repo('acme/flood').release({ tag: 'v0', publishedAt });
  github.repo('acme/churning', { churning: true }).release({ tag: 'v1', publishedAt, assets: [{ name: 'model.bin' }] });
  github.repo('acme/lagging').release({ tag: 'v1', publishedAt });
  const vanishing = github.repo('acme/vanishing');
  for (const tag of ['v1', 'v2']) vanishing.release({ tag, publishedAt });
  github.repo('acme/moving').tag('v1');
  github.repo('acme/tagged').tag('v1');
  const options: Record<string, string> = { filtered: ', include: "^v", exclude: "-nightly$"' };
  await configure(names.map((name) => `- { github: acme/${name}${options[name] ?? ''} }`).join('\n'));
}

/** Much happens at once: what one look sees. */
function muchHappens({ world }: Place): void {
  const { github } = world;
  const at = (n: number): number => world.now() - dayMs + n * 60_000;
  github.repo('acme/empty').release({ tag: 'v1', body: 'The first one.' });
  const absent = github.repo('acme/absent', { licence: { spdx: 'Apache-2.0' } });
  for (const tag of ['v0.1', 'v0.2', 'v0.3']) absent.release({ tag });
  ['v2', 'v3', 'v4'].forEach((tag, n) => void github.repo('acme/busy').release({ tag, publishedAt: at(n) }));
  github.repo('acme/busy').release({ tag: 'v5-rc1', prerelease: true });
  for (let n = 1; n <= 25; n += 1) github.repo('acme/flood').release({ tag: `v${n}`, publishedAt: at(n) });
  github.repo('acme/licensed').licence({ spdx: 'Apache-2.0', name: 'Apache License 2.0' });
  github.repo('acme/archived').archive();
  github.repo('acme/renamed').rename('found');
  github.repo('acme/hidden').makePrivate();
  github.repo('acme/vanishing').removeRelease('v2');
  const moving = github.repo('acme/moving');
  moving.tag('v1', moving.push('Another commit'));
  github.repo('acme/tagged').tag('v2');
  github.repo('acme/churning').downloads(100);
  github.repo('acme/draft').release({ tag: 'v2', draft: true });
  for (const tag of ['v2', 'v2-nightly', 'nightly']) github.repo('acme/filtered').release({ tag });
  github.api.faults.plan(/\/repos\/acme\/lagging/, { kind: 'answer', status: 502 }, { times: 9 });
}

describe.each([
  { way: 'with a token', token: true },
  { way: 'without a token', token: false },
])('GitHub $way', ({ token }) => {
  let place: Place;
  let first: Once;
  let second: Once;
  let third: Once;
  let fourth: Once;
  const of = (look: Once, name: string): readonly string[] =>
    look.said.filter((text) => new RegExp(`^acme/${name}\\b`, 'm').test(text));
  beforeAll(async () => {
    place = await openPlace();
    const env = token ? {} : { GITHUB_TOKEN: undefined };
    const { github } = place.world;
    await setUp(place);
    first = await place.once({ env });
    muchHappens(place);
    second = await place.once({ env });
    github.api.faults.clear();
    github.repo('acme/lagging').release({ tag: 'v2' });
    github.repo('acme/busy').editRelease('v5-rc1', { prerelease: false });
    github.repo('acme/draft').editRelease('v2', { draft: false });
    third = await place.once({ env });
    github.repo('acme/absent').licence(null);
    github.repo('acme/empty').removeRelease('v1');
    fourth = await place.once({ env });
  });
  afterAll(() => place.close());

  it('stores a baseline and tells nothing', () => {
    expect([first.code, first.said, first.document.told, first.document.owed]).toEqual([0, [], 0, 0]);
    expect(first.document.watches.map(({ target, result }) => `${target} ${result}`).toSorted()).toEqual(
      names.map((name) => `github:acme/${name} fresh`).toSorted(),
    );
  });

  it('tells the first release of an empty repository', () => {
    expect(of(second, 'empty').join('\n')).toContain('acme/empty v1');
    expect(of(second, 'empty').join('\n')).toContain('The first one.');
  });

  it('tells a repository that appears with a history in one message that lists its releases', () => {
    expect(of(second, 'absent').length).toBe(1);
    for (const tag of ['v0.1', 'v0.2', 'v0.3'])
      expect(of(second, 'absent')[0]).toContain(`/acme/absent/releases/tag/${tag}`);
    expect(of(second, 'absent')[0]).toContain('pache-2.0');
  });

  it('tells every release between two looks in their order, and a prerelease when it is promoted', () => {
    expect(of(second, 'busy').map((text) => text.split('\n')[0])).toEqual([
      'acme/busy v2',
      'acme/busy v3',
      'acme/busy v4',
    ]);
    expect(of(third, 'busy').map((text) => text.split('\n')[0])).toEqual(['acme/busy v5-rc1']);
  });

  it('tells more than twenty in one group that names each', () => {
    const groups = second.said.filter((text) => text.includes('acme/flood'));
    for (let n = 1; n <= 25; n += 1) expect(groups.join('\n')).toContain(`/acme/flood/releases/tag/v${n})`);
    expect(groups.length).toBeLessThan(3);
  });

  it('tells what turns in a story of the baseline by a message of its own', () => {
    expect(of(second, 'licensed').join('\n')).toMatch(/licence changed.*MIT.*Apache-2\.0/i);
    expect(of(second, 'archived').join('\n')).toMatch(/archived/);
    expect(of(second, 'renamed').join('\n')).toContain('acme/found');
    expect(of(second, 'hidden').length).toBe(1);
    expect(of(second, 'vanishing').join('\n')).toContain('acme/vanishing v2');
    const [from, to] = [
      place.world.github.repo('acme/moving').state.commits[1]?.sha,
      place.world.github.repo('acme/moving').state.commits[0]?.sha,
    ];
    expect(of(second, 'moving').join('\n')).toContain(from?.slice(0, 7));
    expect(of(second, 'moving').join('\n')).toContain(to?.slice(0, 7));
  });

  it('tells a tag only where it has no release', () => {
    expect(of(second, 'tagged').map((text) => text.split('\n')[0])).toEqual(['acme/tagged v2']);
    expect(second.said.filter((text) => text.startsWith('acme/empty v1')).length).toBe(1);
  });

  it('does not tell download counts, drafts and what a filter holds back', () => {
    expect([of(second, 'churning'), of(second, 'plain'), of(second, 'draft')]).toEqual([[], [], []]);
    expect(of(third, 'draft').map((text) => text.split('\n')[0])).toEqual(['acme/draft v2']);
    expect(of(second, 'filtered').map((text) => text.split('\n')[0])).toEqual(['acme/filtered v2']);
  });

  it('reads a failed look as nothing', () => {
    const lagging = (look: Once) =>
      look.document.watches.find(({ target }) => target === 'github:acme/lagging')?.result;
    if (!token) expect([second.code, lagging(second)]).toEqual([1, 'later']);
    expect(of(second, 'lagging')).toEqual([]);
    expect(of(third, 'lagging').map((text) => text.split('\n')[0])).toEqual(['acme/lagging v2']);
  });

  it('edits the card of what was told and posts one short reply', () => {
    const cards = place.channel.messages().filter((message) => message.embeds[0]?.title === 'acme/absent');
    expect(cards.map((card) => card.edited_timestamp !== null)).toEqual([true]);
    const replies = place.channel
      .messages()
      .filter((message) => message.message_reference?.message_id === cards[0]?.id);
    expect(replies.map((reply) => reply.content)).toEqual([expect.stringMatching(/acme\/absent.*licence changed/i)]);
    expect(replies[0]?.content).not.toContain('http');
    expect(fourth.said.filter((text) => /acme\/empty v1.*no longer there/is.test(text)).length).toBe(1);
  });

  it('asks only what this world knows, with our name', () => {
    expect(place.world.unexpected()).toEqual([]);
    const agents = place.world.github.api.log.map((entry) => String(entry.headers['user-agent']));
    expect(agents.filter((agent) => !/Landfall\/\d+\.\d+\.\d+ \(\+https?:/.test(agent))).toEqual([]);
  });
});
