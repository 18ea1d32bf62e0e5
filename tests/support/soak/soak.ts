// A day in which everything fails at times: faults on both sides, kills, pauses, clock steps, a database that restarts.
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { landfall } from '../landfall.ts';
import { createChance } from './chance.ts';
import { mixFaults } from './chaos.ts';
import { openScene, type Tally } from './scene.ts';
import { createWorker, type Sample, type SoakWorker } from './workers.ts';

export interface SoakDatabase {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly workers: number;
  /** Makes the database unavailable for a moment. */
  readonly restart: () => Promise<void>;
}

export interface SoakOptions {
  readonly hours: number;
  readonly targets: number;
  readonly kills: number;
  readonly seed: number;
  /** The share of requests that go wrong. */
  readonly faults: number;
  /** The approximate real duration of a round, in milliseconds. */
  readonly roundMs: number;
  /** About the longest that all rounds together may take, in milliseconds; left out = as long as they need. */
  readonly withinMs?: number;
  readonly say: (text: string) => void;
}

export interface SoakResult extends Tally {
  readonly rounds: number;
  readonly hours: number;
  readonly kills: number;
  readonly terms: number;
  readonly stops: number;
  readonly clockSteps: number;
  readonly restarts: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Shutdowns by SIGTERM that took too long or had another exit code; and unexpected exits. */
  readonly badEnds: number;
  readonly deaths: readonly string[];
  /** Refusals by GitHub and Hugging Face for an exhausted budget, and the most requests to GitHub within an hour. */
  readonly overdrawn: number;
  readonly githubPerHour: number;
  readonly discordRefusals: number;
  /** Over the time without kills: start and end of the linear fit in MiB, and how far samples deviate from it. */
  readonly memory: { readonly from: number; readonly to: number; readonly stray: number; readonly samples: number };
  readonly handles: { readonly from: number; readonly to: number };
  readonly unexpected: readonly string[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** There are no kills in the last third, so that memory and handles can be measured. */
const killing = 2 / 3;

function fitOf(samples: readonly Sample[]): SoakResult['memory'] {
  const count = samples.length;
  if (count < 2) return { from: 0, to: 0, stray: 0, samples: count };
  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const at = mean(samples.map(({ atMs }) => atMs));
  const mib = mean(samples.map(({ mebibytes }) => mebibytes));
  const spread = samples.reduce((sum, { atMs }) => sum + (atMs - at) ** 2, 0);
  const slope = samples.reduce((sum, one) => sum + (one.atMs - at) * (one.mebibytes - mib), 0) / (spread || 1);
  const lineAt = (atMs: number): number => mib + slope * (atMs - at);
  const stray = Math.sqrt(mean(samples.map(({ atMs, mebibytes }) => (mebibytes - lineAt(atMs)) ** 2)));
  return { from: lineAt(samples[0]?.atMs ?? 0), to: lineAt(samples.at(-1)?.atMs ?? 0), stray, samples: count };
}

function median(list: readonly number[]): number {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0;
}

export async function soak(database: SoakDatabase, options: SoakOptions): Promise<SoakResult> {
  const { hours, kills, roundMs, say } = options;
  const chance = createChance(options.seed);
  const scene = await openScene(options.targets, chance, database.env);
  const { world, receiver } = scene;
  const workers: SoakWorker[] = [];
  try {
    for (let index = 0; index < database.workers; index += 1)
      workers.push(await createWorker(scene, index, { lookupFailures: 0.05 }));
    const rounds = Math.max(6, Math.round(kills / killing));
    const stepMs = (hours * hourMs) / rounds;
    let passedMs = 0;
    const stepped = new Map<SoakWorker, number>();
    const advance = (ms: number): void => {
      passedMs += Math.round(ms);
      world.advance(Math.round(ms));
      for (const worker of workers) worker.clock.set(passedMs + (stepped.get(worker) ?? 0));
    };
    const once = async (): Promise<{
      readonly owed: number;
      readonly watches: readonly { readonly result: string }[];
    }> => {
      const [worker] = workers;
      const ran = await landfall(['once', '--json', ...scene.args], {
        env: { ...scene.env, LOG_LEVEL: 'error' },
        nodeFlags: worker?.clock.flags ?? [],
        timeoutMs: 600_000,
      });
      return ran.json() as Awaited<ReturnType<typeof once>>;
    };
    // First the baseline of every target, while only the resolver fails: what is older than a target's baseline is not told.
    for (let turn = 0; turn < 8; turn += 1) {
      const { watches } = await once();
      if (watches.every(({ result }) => result === 'fresh' || result === 'same')) break;
      advance(10 * 60_000);
    }
    const sources = [
      world.github.api,
      world.github.web,
      world.huggingface.service,
      world.modelscope.service,
      world.web.service,
    ];
    const chaos = mixFaults({ sources, sinks: [world.discord.service, receiver] }, options.faults, chance, world.now);
    const done = { kills: 0, terms: 0, stops: 0, clockSteps: 0, restarts: 0, badEnds: 0 };
    const samples = new Map<SoakWorker, Sample[]>();
    const perHour = new Map<number, number>();
    const counted = new Map<Server, number>();

    const services = [...sources, world.discord.service, receiver];
    const requests = (): number => services.reduce((sum, { server }) => sum + (counted.get(server) ?? 0), 0);
    for (const { server } of services)
      server.on('request', () => void counted.set(server, (counted.get(server) ?? 0) + 1));
    const busy = async (before: number, count: number, atMostMs: number): Promise<void> => {
      const end = performance.now() + atMostMs;
      while (requests() < before + count && performance.now() < end) await sleep(10);
    };

    const disturb = async (worker: SoakWorker, round: number): Promise<void> => {
      const mayEnd = done.kills + done.terms + done.stops < kills;
      const what = chance.random();
      if (mayEnd && what < 0.5) {
        done.kills += 1;
        await worker.kill();
      } else if (mayEnd && what < 0.75) {
        done.terms += 1;
        if (!(await worker.end())) done.badEnds += 1;
      } else if (mayEnd || round % 5 === 0) {
        done.stops += 1;
        worker.pause();
        advance(chance.between(5, 10) * 60_000);
        await sleep(chance.between(0.2, 0.6) * roundMs);
        worker.resume();
      }
    };

    const endsBy = performance.now() + (options.withinMs ?? Number.POSITIVE_INFINITY);
    for (let round = 0; round < rounds; round += 1) {
      const share = (endsBy - performance.now()) / (rounds - round);
      for (const worker of workers) worker.ensure();
      scene.publish(Math.ceil(chance.between(0, 8)));
      const asked = requests();
      const [first] = workers;
      if (first === undefined) throw new Error('no worker');
      const one = workers[Math.floor(chance.random() * workers.length)] ?? first;
      if (round % 25 === 10) {
        stepped.set(one, chance.happens(0.5) ? -hourMs : 30 * dayMs);
        done.clockSteps += 1;
      }
      if (round % 25 === 12) stepped.clear();
      for (let part = 0; part < 3; part += 1) {
        advance(stepMs / 3);
        await sleep(chance.between(0.1, 0.3) * roundMs);
      }
      // Ensures that, however slow the machine is, the worker that is killed was looking or sending.
      await busy(asked, Math.floor(60 ** chance.random()), Math.min(8 * roundMs, share));
      await disturb(one, round);
      if (round % 40 === 20) {
        done.restarts += 1;
        await database.restart();
      }
      for (const entry of world.github.api.log.splice(0)) {
        const hour = Math.floor(entry.at / hourMs);
        perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
      }
      if (round < rounds * killing) continue;
      for (const worker of workers) {
        const sample = worker.sample(passedMs);
        if (sample !== null) samples.set(worker, [...(samples.get(worker) ?? []), sample]);
      }
      if (round % 20 === 0) say(`${database.name}: round ${round} of ${rounds}, ${chaos.counts.size} sorts of faults`);
    }
    for (const worker of workers) if (!(await worker.end())) done.badEnds += 1;
    chaos.end();
    stepped.clear();
    // Long enough to wait out a rest of a day that was asked for.
    for (let turn = 0; turn < 6; turn += 1) {
      advance(turn < 3 ? 10 * 60_000 : 12 * hourMs);
      const { owed } = await once();
      if (owed === 0 && scene.tally().lost.length === 0) break;
    }
    // The first quarter of a worker's samples is left out, as it had just been started after a kill.
    const settled = [...samples.values()].map((list) => list.slice(Math.floor(list.length / 4)));
    const fits = settled.map(fitOf);
    const worst = fits.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0] ?? fitOf([]);
    const handles = settled.map((list) => ({
      from: median(list.slice(0, Math.ceil(list.length / 3)).map((one) => one.handles)),
      to: median(list.slice(-Math.ceil(list.length / 3)).map((one) => one.handles)),
    }));
    return {
      ...scene.tally(),
      ...done,
      rounds,
      hours: passedMs / hourMs,
      faults: Object.fromEntries(chaos.counts),
      deaths: workers.flatMap((worker) => worker.deaths),
      overdrawn:
        world.github.limits.refusals.primary +
        world.github.limits.refusals.secondary +
        world.huggingface.limits.refusals,
      githubPerHour: Math.max(0, ...perHour.values()),
      discordRefusals: world.discord.limits.refusals,
      memory: worst,
      handles: handles.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0] ?? { from: 0, to: 0 },
      unexpected: world.unexpected(),
    };
  } finally {
    for (const worker of workers) await worker.kill();
    await scene.close();
  }
}
