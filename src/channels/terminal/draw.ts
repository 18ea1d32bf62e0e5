// Draws an alert for people: a badge, a bar in the stage's colour, labels in a column.

import stringWidth from 'string-width';
import { padded, wrapped } from '../../infra/text/columns.ts';
import type { Drawing } from '../alert.ts';

export interface Screen {
  readonly colour: boolean;
  readonly columns: number;
}

const colours = { released: 32, pledged: 35, seen: 33, reported: 34, overdue: 31, gone: 90, plain: 36 } as const;
const labelColumnsMost = 18;

function painted(text: string, codes: readonly number[], screen: Screen): string {
  const start = String.fromCharCode(0x1b);
  return screen.colour ? `${start}[${codes.join(';')}m${text}${start}[0m` : text;
}

function rowLines(rows: Drawing['rows'], columns: number, screen: Screen): readonly string[] {
  const labels = Math.min(labelColumnsMost, Math.max(0, ...rows.map(({ label }) => stringWidth(label))));
  return rows.flatMap(({ label, value }) =>
    wrapped(value, columns - labels - 2).map((line, index) => {
      const shown = padded(index === 0 ? label : '', labels);
      return `${painted(shown, [2], screen)}  ${line}`;
    }),
  );
}

/** A block of text that ends with an empty line. Only web addresses may exceed the screen's width. */
export function drawn(drawing: Drawing, screen: Screen): string {
  const columns = Math.max(24, Math.min(100, screen.columns) - 2);
  const colour = colours[drawing.tone];
  const badge = screen.colour ? painted(` ${drawing.badge} `, [7, colour], screen) : `[${drawing.badge}]`;
  const [first = '', ...rest] = wrapped(drawing.title, Math.max(12, columns - stringWidth(drawing.badge) - 3));
  const blocks = [
    [
      ...rest.map((line) => painted(line, [1], screen)),
      ...(drawing.lead === null ? [] : wrapped(drawing.lead, columns)),
    ],
    rowLines(drawing.rows, columns, screen),
    drawing.notes === null
      ? []
      : wrapped(drawing.notes, columns).map((line) => (line === '' ? '' : painted(line, [2], screen))),
    drawing.url === null ? [] : [painted(drawing.url, [4], screen)],
  ];
  const body = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));
  const bar = painted('│', [colour], screen);
  const lines = body.map((line) => (line === '' ? bar : `${bar} ${line}`));
  return `${[`${badge} ${painted(first, [1], screen)}`, ...lines].join('\n')}\n\n`;
}
