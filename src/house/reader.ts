// Reads names, headlines and dates in words with the lab table that belongs to the program.
import type { Worker } from '../actions/worker.ts';
import { unread } from '../stories/reading.ts';

export type Reader = Pick<Worker, 'read' | 'readModel' | 'windowOf'>;

export function createReader(): Reader {
  return { read: () => unread, readModel: () => unread, windowOf: () => null };
}
