// landfall promises: overdue, open, kept, withdrawn; and confirming or dismissing one that nobody has confirmed.
import { table } from '../infra/text/columns.ts';
import { oneLine } from '../messages/outside.ts';
import { promiseAnswer } from '../reports/answers.ts';
import { askPromise } from '../reports/ask-promise.ts';
import { type PromisedStory, promiseReport } from '../reports/promises.ts';
import { type CommandContext, exit, fail, type RunCommand } from './command.ts';
import { withReading, withWriting } from './config.ts';

function row({ story, pledge, keptAt }: PromisedStory): readonly string[] {
  const last = pledge.dueTo ?? pledge.dueFrom;
  const window = last === null ? 'no date' : pledge.dueFrom === last ? last : `${pledge.dueFrom ?? last}..${last}`;
  return [
    pledge.confirmed ? pledge.state : `${pledge.state}, unconfirmed`,
    oneLine(story.name),
    oneLine(pledge.by),
    window,
    keptAt === null ? '–' : keptAt.slice(0, 10),
    story.id,
  ];
}

async function answer(context: CommandContext, id: string, said: 'confirmed' | 'dismissed'): Promise<number> {
  return withWriting(context, async (_config, db) => {
    const { out } = context;
    const asked = await askPromise(db, await promiseReport(db), { wanted: id, answer: said, nowMs: Date.now() });
    switch (asked.kind) {
      case 'unknown':
        return fail(out, `no promise has the id "${id}": \`landfall promises\` lists them`);
      case 'settled':
        return fail(
          out,
          `the promise of ${asked.promised.story.name} needs no answer: it is ${row(asked.promised)[0]}`,
        );
      case 'asked':
        if (out.json)
          out.print(JSON.stringify({ id: asked.promised.story.id, answer: said, taken: 'at the next wake' }));
        else out.print(`${asked.promised.story.name}: ${said}, from the worker's next wake on`);
        return exit.done;
    }
  });
}

export const promises: RunCommand = async (context) => {
  const { out, option } = context;
  const confirmed = option('confirm');
  const dismissed = option('dismiss');
  if (confirmed !== null && dismissed !== null) return fail(out, 'either --confirm or --dismiss, not both', exit.wrong);
  if (confirmed !== null) return answer(context, confirmed, 'confirmed');
  if (dismissed !== null) return answer(context, dismissed, 'dismissed');
  return withReading(context, async (_config, db) => {
    const { overdue, open, kept, late, withdrawn, records } = await promiseReport(db);
    const all = [...overdue, ...open, ...kept, ...late, ...withdrawn];
    if (out.json) {
      out.print(JSON.stringify({ items: all.map((one) => ({ id: one.story.id, ...promiseAnswer(one) })), records }));
    } else if (all.length === 0) out.print('no promise is known yet');
    else out.print(table([['state', 'model', 'by', 'for', 'kept', 'id'], ...all.map(row)], out.columns));
    return exit.done;
  });
};
