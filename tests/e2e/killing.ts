// Kills a worker at a random moment: at its start, during its looks, or around one of its requests to a service.
import type { Server } from 'node:http';
import type { Running } from '../support/landfall.ts';

/** Kills within a few milliseconds of the `count`th request; with 0 at any time of the start. Call the answer when it has ended. */
export function killAfter(running: Running, server: Server, count: number): () => void {
  const timers: NodeJS.Timeout[] = [];
  const killIn = (ms: number): void => {
    timers.push(setTimeout(() => void running.kill(), ms));
  };
  let left = count;
  const onRequest = (): void => {
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

/** Starts and kills up to `kills` times; how often it was killed before it ended by itself. */
export async function killAgainAndAgain(start: () => Running, server: Server, kills: number): Promise<number> {
  for (let killed = 0; killed < kills; killed += 1) {
    const running = start();
    const stop = killAfter(running, server, killed % 5 === 0 ? 0 : 1 + Math.floor(Math.random() * 4));
    const ran = await running.ended;
    stop();
    if (ran.signal !== 'SIGKILL') return killed;
  }
  return kills;
}
