// Places of every kind that Discord has: what can be written to is, and what cannot says what to mend.
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';

interface StatusDocument {
  readonly channels: readonly {
    readonly channel: string;
    readonly reason: string | null;
    readonly refused: { readonly reason: string } | null;
  }[];
}

const refusal = (status: number, code: number, message: string) =>
  ({ kind: 'answer', status, body: { message, code } }) as const;

it('kinds of channels, locked threads, limits and strange refusals', async (test) => {
  const place = await placeFor(test);
  const { discord, github } = place.world;
  const repo = github.repo('acme/widget');
  repo.release({ tag: 'v1' });
  const rooms = {
    voice: discord.channel({ type: 'voice' }),
    stage: discord.channel({ type: 'stage' }),
    media: discord.channel({ type: 'media' }),
    category: discord.channel({ type: 'category' }),
    shared: discord.channel(),
    locked: discord.channel(),
    strange: discord.channel(),
    automod: discord.channel(),
  };
  const options = Object.entries(rooms).map(
    ([name, { id }]) => `  ${name}: { discord: { channel: "${id}" }${name === 'strange' ? ', locale: ko' : ''} }`,
  );
  await place.configure('- github: acme/widget', `${options.join('\n')}\n`);
  await place.once();
  const { plan } = discord.service.faults;
  const to = (name: keyof typeof rooms) => `POST */channels/${rooms[name].id}/messages`;
  plan(to('shared'), refusal(429, 40_062, 'Service resource is being rate limited'), { times: 9 });
  plan(to('locked'), refusal(403, 160_005, 'Thread is locked'), { times: 9 });
  plan(to('strange'), refusal(404, 0, '404: Not Found'), { times: 9 });
  plan(to('automod'), refusal(400, 200_000, 'Message was blocked by automatic moderation'), { times: 9 });
  repo.release({ tag: 'v2' });
  await place.once();
  for (const name of ['voice', 'stage'] as const) expect(rooms[name].messages()).toHaveLength(1);
  expect(rooms.media.threads()).toHaveLength(1);
  const { channels } = JSON.parse((await place.run('status --json')).stdout) as StatusDocument;
  const said = Object.fromEntries(channels.map(({ channel, reason, refused }) => [channel, reason ?? refused?.reason]));
  expect(said).toMatchObject({
    voice: undefined,
    stage: undefined,
    media: undefined,
    category: expect.stringContaining('takes no messages'),
    shared: expect.stringContaining('limit'),
    locked: expect.stringContaining('locked'),
    strange: expect.stringContaining('404'),
    automod: expect.stringContaining('automatic moderation'),
  });
  const shown = (await place.run('status')).stdout.replaceAll(/\s+/g, ' ');
  expect(shown).toMatch(/a message was refused \d+ s ago: a filter of the server \(AutoMod\)/);
});

it('the quietest post of ours makes room when a server has as many open as it may', async (test) => {
  const place = await placeFor(test);
  const { discord, github } = place.world;
  const forum = discord.channel({ type: 'forum' });
  const names = ['acme/one', 'acme/two', 'acme/three'];
  const repos = names.map((name) => github.repo(name));
  for (const repo of repos) repo.release({ tag: 'v1' });
  const watches = names.map((name) => `- github: ${name}`).join('\n');
  await place.configure(watches, `  forum: { discord: { channel: "${forum.id}" } }\n`);
  await place.once();
  for (const repo of repos.slice(0, 2)) {
    repo.release({ tag: 'v2' });
    await place.once();
    place.later(60_000);
  }
  const [oldest, newest] = forum.threads();
  discord.state.threadsMost = 2;
  repos[2]?.release({ tag: 'v2' });
  await place.once();
  expect(forum.threads().map(({ name, thread }) => [name, thread?.archived])).toEqual([
    [oldest?.name, true],
    [newest?.name, false],
    ['acme/three v2', false],
  ]);
});
