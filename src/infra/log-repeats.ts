// A log whose warnings and errors are said again at growing intervals only, however often they come.
import type { Log } from './log.ts';

interface Line {
  untilMs: number;
  stepMs: number;
  left: number;
}

const firstStepMs = 5 * 60_000;
const longestStepMs = 24 * 3_600_000;
/** More different lines than this at once: the oldest is forgotten. */
const mostLines = 500;

/** `about` tells lines apart by channel; what else it names may differ from one repetition to the next. */
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
