// The states of a promise: open, moved, overdue, kept, kept late, withdrawn. Pure.

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

/** Records who said it; a host that repeats the same days counts once. */
export function withWord(pledge: Pledge, word: PledgeWord | null): Pledge {
  if (word === null) return pledge;
  const said = pledge.said ?? [];
  const same = (one: PledgeWord): boolean =>
    one.host === word.host && one.dueFrom === word.dueFrom && one.dueTo === word.dueTo && one.own === word.own;
  return said.some(same) ? pledge : { ...pledge, said: [...said, word].slice(-wordsKept) };
}

const wordsKept = 20;

/** Whether these words name days that overlap the promise's window. */
function agrees({ dueFrom, dueTo }: PledgeWord, pledge: Pledge): boolean {
  if (pledge.dueFrom === null || pledge.dueTo === null || dueFrom === null || dueTo === null) return false;
  return dueFrom <= pledge.dueTo && dueTo >= pledge.dueFrom;
}

/**
 * Whether the promise can become overdue: people or the file have confirmed it, the lab itself made it, or two independent
 * hosts reported it.
 */
export function isAttested(pledge: Pledge): boolean {
  if (pledge.confirmed) return true;
  const said = (pledge.said ?? []).filter((word) => agrees(word, pledge));
  return said.some(({ own }) => own) || new Set(said.map(({ host }) => host)).size >= 2;
}

/** Midnight after the last day of the window, in the pledge's zone; null when there is no window or nobody is waiting. */
export function dayOver(pledge: Pledge): Iso | null {
  if (pledge.dueTo === null || pledge.ended === true) return null;
  if (pledge.state !== 'open' && pledge.state !== 'moved') return null;
  return startOfDay(addDays(pledge.dueTo, 1), pledge.zone);
}

/** When time changes its state: to overdue or, if it is too weakly attested, to passed; null = it will not. */
export function overdueAt(pledge: Pledge): Iso | null {
  return pledge.passed === true && !isAttested(pledge) ? null : dayOver(pledge);
}

export function turnOverdue(pledge: Pledge, now: Iso): Pledge | null {
  const at = overdueAt(pledge);
  return at !== null && at <= now && isAttested(pledge) ? { ...pledge, state: 'overdue' } : null;
}

/** The last day of a promise that is too weakly attested to be overdue is over. */
export function passDay(pledge: Pledge, now: Iso): Pledge | null {
  const at = overdueAt(pledge);
  return at !== null && at <= now && !isAttested(pledge) ? { ...pledge, passed: true } : null;
}

/** News says that the model is out, so the wait ends; a confirmed promise is settled only by the model itself. */
export function end(pledge: Pledge): Pledge {
  return pledge.confirmed || !isOpen(pledge) ? pledge : { ...pledge, ended: true };
}

/** What was promised has come at `at`. */
export function keep(pledge: Pledge, at: Iso): Pledge {
  if (!isOpen(pledge)) return pledge;
  const late = pledge.dueTo !== null && dayIn(at, pledge.zone) > pledge.dueTo;
  return { ...pledge, state: late ? 'kept late' : 'kept' };
}

/** A delay moves the window: the promise is not broken, and waits for the new days. Null when that changes nothing. */
export function move(pledge: Pledge, window: Window): Pledge | null {
  if (!isOpen(pledge) || (pledge.dueFrom === window.from && pledge.dueTo === window.to)) return null;
  const { passed: _passed, ended: _ended, ...rest } = pledge;
  return { ...rest, dueFrom: window.from, dueTo: window.to, state: 'moved' };
}

export function withdraw(pledge: Pledge): Pledge | null {
  return isOpen(pledge) ? { ...pledge, state: 'withdrawn' } : null;
}
