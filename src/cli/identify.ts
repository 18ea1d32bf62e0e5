// landfall identify TEXT|-: what the name engine reads in a repository id or headline.
import { type Identified, identifyLines, readAt } from '../reports/identify.ts';
import { type Command, exit } from './command.ts';
import { table } from './table.ts';

/** The keys that are promised, and no other. */
function json({ lab, family, version, size, variant, format, official, label, dueFrom, dueTo }: Identified): string {
  return JSON.stringify({ lab, family, version, size, variant, format, official, label, dueFrom, dueTo });
}

function draw({ text, ...found }: Identified): string {
  const rows = Object.entries(found).map(([key, value]) => [`  ${key}`, value === null ? '–' : String(value)]);
  return `${text}\n${table(rows)}`;
}

/** Needs no configuration. */
export const identify: Command = {
  summary: 'what the name engine reads in a repository id or headline (- reads one a line; --at DATE)',
  takes: 'TEXT|-',
  least: 1,
  most: 64,
  run: async ({ app, out, options, rest }) => {
    const at = options.at === null ? new Date().toISOString() : readAt(options.at);
    if (at === null) {
      out.say(`--at takes a date such as 2025-08-23, not "${options.at}"`);
      return exit.wrong;
    }
    const many = rest.length === 1 && rest[0] === '-';
    const { labs, readInput } = app.identify;
    const found = identifyLines(many ? await readInput() : rest.join(' '), labs(), at);
    for (const one of found) out.print(many || out.json ? json(one) : draw(one));
    return exit.done;
  },
};
