// What becomes of a promise: open, moved, overdue, kept, kept late, withdrawn. Pure.

import type { Iso } from '../types/core.ts';
import type { Pledge } from '../types/story.ts';
import { addDays, dayIn, startOfDay } from './days.ts';

export interface Window {
  /** Days, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
}

export function isOpen(pledge: Pledge): boolean {
  return pledge.state === 'open' || pledge.state === 'moved' || pledge.state === 'overdue';
}

/** Midnight after the last day of the window, in the pledge's zone; null when it has no window or is settled. */
export function overdueAt(pledge: Pledge): Iso | null {
  if (pledge.dueTo === null || (pledge.state !== 'open' && pledge.state !== 'moved')) return null;
  return startOfDay(addDays(pledge.dueTo, 1), pledge.zone);
}

export function turnOverdue(pledge: Pledge, now: Iso): Pledge | null {
  const at = overdueAt(pledge);
  return at !== null && at <= now ? { ...pledge, state: 'overdue' } : null;
}

/** What was promised has come at `at`. */
export function keep(pledge: Pledge, at: Iso): Pledge {
  if (!isOpen(pledge)) return pledge;
  const late = pledge.dueTo !== null && dayIn(at, pledge.zone) > pledge.dueTo;
  return { ...pledge, state: late ? 'kept late' : 'kept' };
}

/** A delay moves the window: it is not broken, and counts anew. Null when that changes nothing. */
export function move(pledge: Pledge, window: Window): Pledge | null {
  if (!isOpen(pledge) || (pledge.dueFrom === window.from && pledge.dueTo === window.to)) return null;
  return { ...pledge, dueFrom: window.from, dueTo: window.to, state: 'moved' };
}

export function withdraw(pledge: Pledge): Pledge | null {
  return isOpen(pledge) ? { ...pledge, state: 'withdrawn' } : null;
}
