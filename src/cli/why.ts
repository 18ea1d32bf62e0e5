// landfall why URL|NAME: every stage one item went through, and why it was or was not told.

import { table, wrapped } from '../infra/text/columns.ts';
import { minuteOf, why as readWhy } from '../reports/why.ts';
import { exit, type RunCommand } from './command.ts';
import { withReading } from './config.ts';

export const why: RunCommand = (context) =>
  withReading(context, async (_config, db) => {
    const { app, out, rest } = context;
    const words = rest.join(' ');
    const answers = await readWhy({ db, read: app.read, linkOf: app.linkOf, now: new Date().toISOString() }, words);
    if (out.json) out.print(JSON.stringify({ question: words, answers }));
    else if (answers.length === 0) out.print(`nothing was seen of "${words}", and no watch is on it`);
    else {
      for (const answer of answers) {
        out.print(wrapped(answer.subject, out.columns).join('\n'));
        if (answer.url !== null) out.print(answer.url);
        const rows = answer.stages.map((stage) => [
          `  ${stage.stage}`,
          stage.at === null ? '' : minuteOf(stage.at),
          stage.text,
        ]);
        out.print(`${table(rows, out.columns)}\n`);
      }
    }
    return answers.length === 0 ? exit.failed : exit.done;
  });
