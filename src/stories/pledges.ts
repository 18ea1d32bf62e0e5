// What becomes of a promise: open, moved, overdue, kept, kept late, withdrawn. Pure.

import type { Iso } from '../types/core.ts';
import type { Pledge, PledgeWord } from '../types/story.ts';
import { addDays, dayIn, startOfDay } from './days.ts';

export interface Window {
  /** Days, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
}

export function isOpen(pledge: Pledge): boolean {
  return pledge.state === 'open' || pledge.state === 'moved' || pledge.state === 'overdue';
}

/** One voice for a host: the lab's own, else the first. */
export function heardFrom(pledge: Pledge, word: PledgeWord | null): Pledge {
  if (word === null) return pledge;
  const said = pledge.said ?? [];
  const same = (one: PledgeWord): boolean =>
    one.host === word.host && one.dueFrom === word.dueFrom && one.dueTo === word.dueTo && one.own === word.own;
  return said.some(same) ? pledge : { ...pledge, said: [...said, word].slice(-wordsKept) };
}

const wordsKept = 20;

/** Whether a voice names days that are among those of the promise as it stands. */
function agrees({ dueFrom, dueTo }: PledgeWord, pledge: Pledge): boolean {
  if (pledge.dueFrom === null || pledge.dueTo === null || dueFrom === null || dueTo === null) return false;
  return dueFrom <= pledge.dueTo && dueTo >= pledge.dueFrom;
}

/**
 * Whether somebody may be held to it: people or the file have confirmed it, the lab itself said so, or two hosts that are
 * independent of each other did.
 */
export function stands(pledge: Pledge): boolean {
  if (pledge.confirmed) return true;
  const said = (pledge.said ?? []).filter((word) => agrees(word, pledge));
  return said.some(({ own }) => own) || new Set(said.map(({ host }) => host)).size >= 2;
}

/** Midnight after the last day of the window, in the pledge's zone; null when it has no window or nobody waits for that. */
export function dayOver(pledge: Pledge): Iso | null {
  if (pledge.dueTo === null || pledge.ended === true) return null;
  if (pledge.state !== 'open' && pledge.state !== 'moved') return null;
  return startOfDay(addDays(pledge.dueTo, 1), pledge.zone);
}

/** When time turns it: overdue, or passed where it is not said by enough; null = it does not. */
export function overdueAt(pledge: Pledge): Iso | null {
  return pledge.passed === true && !stands(pledge) ? null : dayOver(pledge);
}

export function turnOverdue(pledge: Pledge, now: Iso): Pledge | null {
  const at = overdueAt(pledge);
  return at !== null && at <= now && stands(pledge) ? { ...pledge, state: 'overdue' } : null;
}

/** The day is over, and it is only said that it was promised. */
export function pass(pledge: Pledge, now: Iso): Pledge | null {
  const at = overdueAt(pledge);
  return at !== null && at <= now && !stands(pledge) ? { ...pledge, passed: true } : null;
}

/** News says that it is out; what people or the file confirmed is kept by the model alone. */
export function end(pledge: Pledge): Pledge {
  return pledge.confirmed || !isOpen(pledge) ? pledge : { ...pledge, ended: true };
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
  const { passed: _passed, ended: _ended, ...rest } = pledge;
  return { ...rest, dueFrom: window.from, dueTo: window.to, state: 'moved' };
}

export function withdraw(pledge: Pledge): Pledge | null {
  return isOpen(pledge) ? { ...pledge, state: 'withdrawn' } : null;
}
