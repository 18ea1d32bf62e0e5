// Release traces: read from CSV, merged, and scored.

import { hourMs } from '../../src/types/time.ts';
/** One repository: times in milliseconds since the epoch, ascending. */
export interface Trace {
  readonly name: string;
  readonly times: readonly number[];
}

export interface Window {
  readonly from: number;
  readonly scoredFrom: number;
  readonly to: number;
}

/** Minutes. */
export interface Delay {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

const MERGE_MS = 10 * 60_000;

/** Columns `repo,kind,name,time_utc`. Rows of kind `tag-*` count; a repository without any stays, silent. */
export function readTraces(csv: string): readonly Trace[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  const missing = ['repo', 'kind', 'time_utc'].filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new Error(`the traces lack the columns ${missing.join(', ')}`);
  const all = new Map<string, number[]>();
  for (const line of lines) {
    const cells = line.split(',');
    // A tag's name may hold a comma: what stands after it is counted from the end.
    const cell = (name: string): string =>
      cells.at(columns.indexOf(name) - (name === 'time_utc' ? columns.length : 0)) ?? '';
    const times = all.get(cell('repo')) ?? [];
    all.set(cell('repo'), times);
    if (cell('kind').startsWith('tag-')) times.push(Date.parse(cell('time_utc')));
  }
  return [...all].map(([name, times]) => ({ name, times: merged(times) }));
}

function merged(times: readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (const at of times.filter((t) => Number.isFinite(t)).sort((a, b) => a - b)) {
    if (at - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) >= MERGE_MS) kept.push(at);
  }
  return kept;
}

/** The two years before the last event: the first teaches, the second is scored. */
export function windowOf(traces: readonly Trace[]): Window {
  const to = Math.max(...traces.map((trace) => trace.times.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(to)) throw new Error('the traces hold no releases (rows of kind tag-*)');
  const back = (years: number): number => {
    const date = new Date(to);
    return date.setUTCFullYear(date.getUTCFullYear() - years);
  };
  return { from: back(2), scoredFrom: back(1), to };
}

export function between(trace: Trace, from: number, to: number): readonly number[] {
  return trace.times.filter((at) => at >= from && at <= to);
}

export function delayOf(delaysMs: readonly number[]): Delay {
  const sorted = Float64Array.from(delaysMs).sort();
  const at = (part: number): number =>
    (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) / 60_000;
  const mean = sorted.reduce((sum, x) => sum + x, 0) / Math.max(1, sorted.length) / 60_000;
  return { mean, median: at(0.5), p95: at(0.95) };
}

/** Everybody looked at every `intervalMs`, evenly staggered; the mean of all starts of the round, minute by minute. */
export function uniformDelays(traces: readonly Trace[], window: Window, intervalMs: number): readonly number[] {
  const starts = Array.from({ length: 60 }, (_, k) => (k * intervalMs) / 60);
  return traces.flatMap((trace, i) => {
    const phase = window.scoredFrom + (intervalMs * i) / traces.length;
    return between(trace, window.scoredFrom, window.to).flatMap((at) =>
      starts.map((start) => {
        const since = (((at - phase - start) % intervalMs) + intervalMs) % intervalMs;
        return since === 0 ? 0 : intervalMs - since;
      }),
    );
  });
}

/** The least mean delay, in minutes, of any fixed interval per repository that knew the scored year beforehand. */
export function fixedRateBound(traces: readonly Trace[], window: Window, looksPerHour: number): number {
  const hours = (window.to - window.scoredFrom) / hourMs;
  const rates = traces.map((trace) => between(trace, window.scoredFrom, window.to).length / hours);
  const roots = rates.reduce((sum, x) => sum + Math.sqrt(x), 0);
  const total = rates.reduce((sum, x) => sum + x, 0);
  return ((roots * roots) / (2 * looksPerHour * total)) * 60;
}
