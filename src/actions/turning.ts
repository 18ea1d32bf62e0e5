// Stories that time alone turns: a pledge falling due needs no observation.
import { composeTurned } from '../compose.ts';
import { composeContext, iso, type Worker } from './worker.ts';

/** True when something is owed because of it. A conflict is left for the next wake: the story is still due then. */
export async function turnStories(worker: Worker): Promise<boolean> {
  const now = iso(worker.now());
  const { statements, stories } = await composeTurned(worker.db, composeContext(worker)(now));
  if (stories === 0) return false;
  return (await worker.db.batch(statements)) === 'done';
}
