// landfall why URL|NAME: every stage one item went through, and why it was or was not told.

import { errorText } from '../infra/log.ts';
import { why as readWhy } from '../reports/why.ts';
import { type Command, exit } from './command.ts';
import { withConfig } from './config.ts';
import { table } from './table.ts';

export const why: Command = {
  summary: 'every stage one item went through, and why it was or was not told',
  takes: 'URL|NAME',
  least: 1,
  most: 8,
  run: (context) =>
    withConfig(context, async (config) => {
      const { app, out, options, rest } = context;
      const words = rest.join(' ');
      try {
        const db = await app.openReading(config, options);
        try {
          const answers = await readWhy(
            { db, read: app.read, linkOf: app.linkOf, now: new Date().toISOString() },
            words,
          );
          if (out.json) out.print(JSON.stringify({ question: words, answers }));
          else if (answers.length === 0) out.print(`nothing was seen of "${words}", and no watch is on it`);
          else {
            for (const answer of answers) {
              out.print(`${answer.subject}${answer.url === null ? '' : `  ${answer.url}`}`);
              out.print(`${table(answer.stages.map((stage) => [`  ${stage.stage}`, stage.at ?? '', stage.text]))}\n`);
            }
          }
          return answers.length === 0 ? exit.failed : exit.done;
        } finally {
          await db.close();
        }
      } catch (error) {
        out.say(errorText(error));
        return exit.failed;
      }
    }),
};
