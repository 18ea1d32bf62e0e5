// Kills a worker at a random time: during its start, during its looks, or around one of its requests to a service.
import type { IncomingMessage, Server } from 'node:http';
import type { Running } from '../landfall.ts';

/**
 * Kills within a few milliseconds after the `count`th writing request; with 0, at some time during the start. Call the
 * returned function when the process has ended.
 */
export function killAfter(running: Running, server: Server, count: number): () => void {
  const timers: NodeJS.Timeout[] = [];
  const killIn = (ms: number): void => {
    timers.push(setTimeout(() => void running.kill(), ms));
  };
  let left = count;
  const onRequest = ({ method }: IncomingMessage): void => {
    if (method === 'GET') return;
    left -= 1;
    if (left === 0) killIn(Math.random() * 30);
  };
  if (count === 0) killIn(50 + Math.random() * 700);
  else server.on('request', onRequest);
  return () => {
    server.off('request', onRequest);
    for (const timer of timers) clearTimeout(timer);
  };
}

/** Starts and kills it up to `kills` times, mostly early, within `most` requests; returns how often it was killed. */
export async function killAgainAndAgain(
  start: () => Running,
  server: Server,
  kills: number,
  most: number,
): Promise<number> {
  for (let killed = 0; killed < kills; killed += 1) {
    const running = start();
    const stop = killAfter(running, server, killed % 5 === 0 ? 0 : Math.floor(most ** Math.random()));
    const ran = await running.ended;
    stop();
    if (ran.signal !== 'SIGKILL') return killed;
  }
  return kills;
}
