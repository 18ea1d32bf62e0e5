// landfall compare A B: two models side by side, one line per question.
import { storiesNamed } from '../guilds/models.ts';
import { table, wrapped } from '../infra/text/columns.ts';
import { cardOf } from '../messages/card.ts';
import { messagesFor } from '../messages/index.ts';
import { oneLine } from '../messages/outside.ts';
import { modelAnswer } from '../reports/answers.ts';
import type { Story } from '../types/story.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withReading } from './config.ts';

/** Wraps the cells of a row at this many columns, which makes several rows of it. */
function broken([label = '', ...cells]: readonly string[], columns: number): readonly (readonly string[])[] {
  const parts = cells.map((cell) => wrapped(cell, columns));
  const height = Math.max(...parts.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => [
    line === 0 ? label : '',
    ...parts.map((lines) => lines[line] ?? ''),
  ]);
}

export const compare: RunCommand = (context) =>
  withReading(context, async (config, db) => {
    const { out, rest } = context;
    const found: Story[] = [];
    for (const name of rest) {
      const [story] = await storiesNamed(db, null, name, 1);
      if (story === undefined) return fail(out, `no story is called "${name}"`);
      found.push(story);
    }
    if (out.json) {
      out.print(JSON.stringify({ models: found.map(modelAnswer) }));
      return exit.done;
    }
    const language = messagesFor(config.locale);
    const cards = found.map((story) => cardOf(story, language));
    const lines = cards.map(
      (card) =>
        new Map([
          ...(card.verdict === null ? [] : [['', card.verdict] as const]),
          ...card.lines.map(({ label, value }) => [label, oneLine(value)] as const),
        ]),
    );
    const labels = [...new Set(lines.flatMap((of) => [...of.keys()]))];
    const rows = [
      ['', ...cards.map((card) => oneLine(card.name))],
      ['', ...cards.map((card) => card.stage)],
      ...labels.map((label) => [label, ...lines.map((of) => of.get(label) ?? '–')]),
    ];
    const first = Math.max(...labels.map((label) => label.length));
    const each = Math.max(20, Math.floor((out.columns - first) / cards.length) - 2);
    out.print(table(rows.flatMap((row) => broken(row, each))));
    return exit.done;
  });
