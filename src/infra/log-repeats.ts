// A log that repeats the same warnings and errors only at growing intervals, however often they occur.
import type { Log } from './log.ts';

interface Line {
  untilMs: number;
  stepMs: number;
  left: number;
}

const firstStepMs = 5 * 60_000;
const longestStepMs = 24 * 3_600_000;
/** The most different lines that are remembered; the oldest is forgotten first. */
const mostLines = 500;

/** Of `about` only the channel tells lines apart, because the rest may differ between repetitions. */
export function withoutRepeats(log: Log, now: () => number): Log {
  const lines = new Map<string, Line>();
  const through =
    (level: 'warn' | 'error'): Log['warn'] =>
    (text, about) => {
      const key = JSON.stringify([level, text, about?.channel]);
      const nowMs = now();
      const known = lines.get(key);
      if (known !== undefined && nowMs < known.untilMs) {
        known.left += 1;
        return;
      }
      const again = known !== undefined && nowMs - known.untilMs < longestStepMs ? known : null;
      const stepMs = again === null ? firstStepMs : Math.min(longestStepMs, again.stepMs * 3);
      lines.delete(key);
      lines.set(key, { untilMs: nowMs + stepMs, stepMs, left: 0 });
      const [oldest] = lines.keys();
      if (lines.size > mostLines && oldest !== undefined) lines.delete(oldest);
      const more = again?.left ?? 0;
      log[level](more === 0 ? text : `${text} (and ${more} ${more === 1 ? 'time' : 'times'} before)`, about);
    };
  return { debug: log.debug, info: log.info, warn: through('warn'), error: through('error') };
}
