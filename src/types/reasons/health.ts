// Whether the worker is alive, and why that is said. Seconds are whole.
import type { None, ReasonOf } from './reason.ts';

export interface HealthCodes {
  /** Neither `run` nor `once` has come to an end here. */
  'health.not-run': None;
  'health.not-woken': None;
  'health.run-ahead': { readonly seconds: number };
  'health.beat-ahead': { readonly seconds: number };
  'health.run-age': { readonly seconds: number; readonly most: number };
  'health.beat-age': { readonly seconds: number; readonly every: number };
  /** The database, or the environment that names it, cannot be read. */
  'health.unreadable': { readonly detail: string };
}

export type HealthReason = ReasonOf<HealthCodes>;
