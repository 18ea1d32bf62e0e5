// The soak's workers, which are killed, terminated, paused and restarted, and their use of memory and handles.
import { readdirSync, readFileSync } from 'node:fs';
import { type Ran, type Running, startLandfall } from '../landfall.ts';
import { type ChildClock, createChildClock } from './clock.ts';
import type { Scene } from './scene.ts';

export interface Sample {
  readonly atMs: number;
  readonly mebibytes: number;
  readonly handles: number;
}

export interface SoakWorker {
  readonly clock: ChildClock;
  /** Starts it if it is not running. */
  readonly ensure: () => void;
  readonly kill: () => Promise<void>;
  /** Sends SIGTERM; true if it exits within ten seconds with code 0. */
  readonly end: () => Promise<boolean>;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Null while it is not running. */
  readonly sample: (atMs: number) => Sample | null;
  /** Unexpected exits, with the last output. */
  readonly deaths: readonly string[];
}

const endsWithinMs = 10_000;

export async function createWorker(
  scene: Scene,
  index: number,
  options: { readonly lookupFailures: number; readonly nodeFlags?: readonly string[] },
): Promise<SoakWorker> {
  const file = await scene.write(`clock-${index}`, '0');
  const clock = createChildClock(file, options.lookupFailures);
  const deaths: string[] = [];
  let running: Running | null = null;
  let asked = false;

  const watch = async (started: Running): Promise<void> => {
    const ran: Ran = await started.ended;
    if (running === started) running = null;
    if (!asked)
      deaths.push(`exit ${ran.code ?? ran.signal}: ${ran.stderr.trim().split('\n').slice(-3).join(' | ').slice(-400)}`);
  };
  return {
    clock,
    deaths,
    ensure: () => {
      if (running !== null) return;
      asked = false;
      running = startLandfall(['run', ...scene.args], {
        env: { ...scene.env, LOG_LEVEL: 'error' },
        nodeFlags: [...clock.flags, ...(options.nodeFlags ?? [])],
      });
      void watch(running);
    },
    kill: async () => {
      asked = true;
      await running?.kill();
      running = null;
    },
    end: async () => {
      if (running === null) return true;
      asked = true;
      const ending = running;
      const late = setTimeout(() => void ending.kill(), endsWithinMs);
      const { code } = await ending.stop('SIGTERM');
      clearTimeout(late);
      running = null;
      return code === 0;
    },
    pause: () => {
      if (running !== null) process.kill(running.pid, 'SIGSTOP');
    },
    resume: () => {
      if (running !== null) process.kill(running.pid, 'SIGCONT');
    },
    sample: (atMs) => {
      if (running === null) return null;
      try {
        const status = readFileSync(`/proc/${running.pid}/status`, 'utf8');
        const kib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
        return { atMs, mebibytes: kib / 1024, handles: readdirSync(`/proc/${running.pid}/fd`).length };
      } catch {
        return null;
      }
    },
  };
}
