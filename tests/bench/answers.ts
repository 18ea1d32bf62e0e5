// First answers to people in Discord while the built `landfall run` looks at N repositories: at their first look, and
// when each of them has a release; with `--readers N`, while N readers ask the board for one page after another.
// `node tests/bench/answers.ts [--repos N] [--answer MS] [--readers N] [--json]`.
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { askOn } from '../support/e2e/asking.ts';
import { makeHome, type Running, startLandfall } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';
import { type DiscordWorld, openDiscord } from '../support/world/discord/open.ts';
import type { GithubOrder, GithubWord } from './answers-github.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string', default: '1000' },
    answer: { type: 'string', default: '60' },
    readers: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const repos = Number(values.repos);
const readers = Number(values.readers);

interface Github {
  readonly env: Readonly<Record<string, string>>;
  readonly asked: () => number;
  readonly release: (tag: string) => Promise<void>;
  readonly close: () => void;
}

async function openElsewhere(): Promise<Github> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./answers-github.ts', import.meta.url)), {
    env: { ...process.env, REPOS: String(repos), ANSWER_MS: values.answer },
  });
  let asked = 0;
  const released = new Map<string, () => void>();
  const ready = new Promise<Readonly<Record<string, string>>>((resolve) => {
    child.on('message', (word: GithubWord) => {
      asked = word.asked ?? asked;
      released.get(word.released ?? '')?.();
      if (word.env !== undefined) resolve(word.env);
    });
  });
  return {
    env: await ready,
    asked: () => asked,
    release: (tag) =>
      new Promise((resolve) => {
        released.set(tag, resolve);
        child.send({ release: tag } satisfies GithubOrder);
      }),
    close: () => child.kill(),
  };
}

interface Phase {
  readonly name: string;
  readonly answers: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly slowest: string;
  readonly seconds: number;
  /** Pages of the board that were read meanwhile. */
  readonly pages: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const pages = ['/', '/openness', '/promises', '/status', '/feed.atom', '/api/v1/watches'];

/** Asks for one page after the other until it is over; gives how many were answered. */
async function readBoard(reader: number, isOver: () => boolean): Promise<number> {
  let read = 0;
  while (!isOver()) {
    const page = pages[read % pages.length] ?? '/';
    // Each from an address of its own, as many people are: one alone is limited.
    const from = `203.0.${(reader * 50 + (read >> 8)) % 256}.${read % 256}`;
    const answer = await fetch(`${board}${page}`, { headers: { 'x-forwarded-for': from } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${page}: ${answer.status}`);
    read += 1;
  }
  return read;
}

async function asking(name: string, discord: DiscordWorld, person: Person, isOver: () => boolean): Promise<Phase> {
  const began = performance.now();
  let over = false;
  const reading = Array.from({ length: readers }, (_, reader) => readBoard(reader, () => over));
  const answers = await askOn(discord, person, isOver);
  over = true;
  const read = (await Promise.all(reading)).reduce((sum, one) => sum + one, 0);
  const sorted = answers.toSorted((one, other) => one.ms - other.ms);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)]?.ms ?? 0);
  return {
    name,
    answers: answers.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
    slowest: sorted.at(-1)?.what ?? '',
    seconds: Math.round((performance.now() - began) / 100) / 10,
    pages: read,
  };
}

/** Until nobody asked GitHub anything for `quietMs`. */
function settled(github: Github, least: number, quietMs = 2_500): () => boolean {
  let known = github.asked();
  let since = performance.now();
  const start = known;
  return () => {
    const now = github.asked();
    if (now !== known) {
      known = now;
      since = performance.now();
    }
    return known - start >= least && performance.now() - since > quietMs;
  };
}

const port = await freePort();
const board = `http://127.0.0.1:${port}`;
const github = await openElsewhere();
const discord = await openDiscord(Date.now);
const channel = discord.channel();
const { limits } = discord;
// How long Discord makes an alert wait is another bench's question.
for (const name of Object.keys(limits.buckets)) limits.buckets[name] = { limit: 1_000, windowMs: 1_000 };
const person: Person = { channelId: channel.id, permissions: ['ManageGuild'] };
const list = Array.from({ length: repos }, (_, index) => `  - github: org${index % 50}/repo${index}\n`).join('');
const home = await makeHome(
  `schedule: "* * * * * *"\n${readers === 0 ? '' : `server: { listen: "127.0.0.1:${port}", trustProxy: ["127.0.0.1"] }\n`}bot: { commands: true }\nchannels:\n  releases: { discord: { channel: "${channel.id}" } }\nwatch:\n${list}`,
);
const flags = (aheadMs: number): readonly string[] => {
  const script = `const ahead = ${aheadMs}; const Real = Date;
globalThis.Date = class extends Real { constructor(...given) { if (given.length === 0) super(Real.now() + ahead); else super(...given); } static now() { return Real.now() + ahead; } };`;
  return aheadMs === 0 ? [] : ['--import', `data:text/javascript,${encodeURIComponent(script)}`];
};
async function start(aheadMs: number): Promise<Running> {
  const env = { ...github.env, DISCORD_API_URL: discord.url, DISCORD_TOKEN: discord.token };
  const running = startLandfall(['run', ...home.args], { env, nodeFlags: flags(aheadMs) });
  await running.says(aheadMs === 0 ? 'registered 13 commands' : 'the bot is at', 30_000);
  return running;
}

const phases: Phase[] = [];
try {
  const first = await start(0);
  phases.push(await asking('first looks', discord, person, settled(github, 10)));
  await first.stop();
  await github.release('v2.0');
  const second = await start(3_600_000);
  phases.push(await asking('a release in each', discord, person, settled(github, 10)));
  await second.stop();
  const third = await start(7_200_000);
  phases.push(await asking('nothing new', discord, person, settled(github, 10)));
  await third.stop();
} finally {
  github.close();
  await home.remove();
  await discord.close();
}
console.log(`first answers while ${repos} repositories are looked at, ${values.answer} ms per answer of GitHub`);
for (const { name, answers, p50Ms, p95Ms, maxMs, slowest, seconds, pages: read } of phases)
  console.log(
    `  ${name.padEnd(18)} ${String(answers).padStart(5)} answers in ${seconds} s: median ${p50Ms} ms, p95 ${p95Ms} ms, longest ${maxMs} ms (${slowest})${readers === 0 ? '' : `, ${read} pages read`}`,
  );
if (values.json) console.log(JSON.stringify({ repos, readers, phases }));
process.exitCode = phases.every(({ maxMs }) => maxMs <= 300) ? 0 : 1;
