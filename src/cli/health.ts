// landfall health: 0 when the worker's last beat is at most three wakes old, or the last run within --max-age.

import { errorText } from '../infra/log.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { Health } from '../reports/health.ts';
import { exit, fail, type RunAlone } from './command.ts';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds; null when it is not a duration such as `2h`. */
function readAge(written: string): number | null {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(written.trim()) ?? [];
  const ms = Number(count) * (units[unit] ?? 0);
  return ms > 0 ? ms : null;
}

export const health: RunAlone = async ({ out, options, option, health: read }) => {
  const written = option('maxAge');
  const maxAgeMs = written === null ? null : readAge(written);
  if (written !== null && maxAgeMs === null)
    return fail(out, `--max-age: \`${written}\` is no time, such as 90s, 30m, 2h or 1d`, exit.wrong);
  const { ok, reason, gateway } = await read(options.data, maxAgeMs).catch(
    (error: unknown): Health => ({
      ok: false,
      reason: { code: 'health.unreadable', params: { detail: errorText(error) } },
      gateway: null,
    }),
  );
  const said = inEnglish(reason);
  const bot = gateway === null ? '' : `; ${gateway.reason}`;
  out.print(
    out.json
      ? JSON.stringify({ ok, reason: said, code: reason.code, gateway })
      : `${ok ? 'healthy' : 'not healthy'}: ${said}${bot}`,
  );
  return ok ? exit.done : exit.failed;
};
