// landfall identify TEXT|-: what the name engine reads in a repository id or headline.

import { table } from '../infra/text/columns.ts';
import { type Identified, identifyLines, readAt } from '../reports/identify.ts';
import { exit, fail, type RunCommand } from './command.ts';

/** Exactly the documented keys. */
function json({ lab, family, version, size, variant, format, official, label, dueFrom, dueTo }: Identified): string {
  return JSON.stringify({ lab, family, version, size, variant, format, official, label, dueFrom, dueTo });
}

function draw({ text, ...found }: Identified): string {
  const rows = Object.entries(found).map(([key, value]) => [`  ${key}`, value === null ? '–' : String(value)]);
  return `${text}\n${table(rows)}`;
}

/** Needs no configuration. */
export const identify: RunCommand = async ({ app, out, option, rest }) => {
  const said = option('at');
  const at = said === null ? new Date().toISOString() : readAt(said);
  if (at === null) return fail(out, `--at takes a date such as 2025-08-23, not "${said}"`, exit.wrong);
  const many = rest.length === 1 && rest[0] === '-';
  const { labs, readInput } = app.identify;
  const found = identifyLines(many ? await readInput() : rest.join(' '), labs(), at);
  for (const one of found) out.print(many || out.json ? json(one) : draw(one));
  return exit.done;
};
