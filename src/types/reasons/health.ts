// Whether the worker is alive, and the reason for that answer. Seconds are whole numbers.
import type { None, ReasonOf } from './reason.ts';

export interface HealthCodes {
  /** Neither `run` nor `once` has finished here yet. */
  'health.not-run': None;
  'health.not-woken': None;
  'health.run-ahead': { readonly seconds: number };
  'health.beat-ahead': { readonly seconds: number };
  'health.run-age': { readonly seconds: number; readonly most: number };
  'health.beat-age': { readonly seconds: number; readonly every: number };
  /** The database, or the environment variable that names it, cannot be read. */
  'health.unreadable': { readonly detail: string };
}

export type HealthReason = ReasonOf<HealthCodes>;
