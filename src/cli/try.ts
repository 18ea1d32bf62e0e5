// landfall try KIND:ADDRESS: one look that stores nothing, what would be told, and the YAML to paste.
import { withoutAddress } from '../infra/log.ts';
import { table } from '../infra/text/columns.ts';
import { oneLine } from '../messages/outside.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import { outcomeOf } from '../types/reasons/verdicts.ts';
import type { Trial, TrialItem } from '../worker/trial.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';
import { entryLines, readEntry } from './entry.ts';

/** Beyond this many, items are only counted. */
const shownAtMost = 20;

function counted(n: number, word: string): string {
  const many = word.endsWith('s') ? word : word === 'entry' ? 'entries' : `${word}s`;
  return `${n} ${n === 1 ? word : many}`;
}

function countsOf(items: readonly TrialItem[]): readonly string[] {
  return [...Map.groupBy(items, ({ kind }) => kind)].map(([kind, list]) => counted(list.length, kind));
}

function standing({ target, result, reason, items, found }: Trial): string {
  switch (result) {
    case 'absent':
      return `${target}: not there (yet); when it appears, it is told`;
    case 'there': {
      const more = found === 0 ? [] : [`${found} to look at one by one`];
      const list = [...countsOf(items), ...more].join(', ');
      return `${target}: there${list === '' ? ', and nothing in it yet' : `: ${list}`}`;
    }
    case 'later':
    case 'broken': {
      const said = reason === null ? '' : inEnglish(reason);
      return `${target}: ${result}: ${withoutAddress(said, target.slice(target.indexOf(':') + 1))}`;
    }
  }
}

function drawn(trial: Trial, most: number, columns: number): string {
  const rows = trial.items
    .slice(0, most)
    .map((item) => [
      `  ${item.kind}`,
      oneLine(item.title).slice(0, 80),
      item.at?.slice(0, 10) ?? '–',
      inEnglish(outcomeOf(item, false)),
      item.url,
    ]);
  const rest = trial.items.length - rows.length;
  return [
    standing(trial),
    ...(rows.length === 0 ? [] : ['  what is there is remembered, not told; one like it that comes later:']),
    ...(rows.length === 0 ? [] : [table(rows, columns)]),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...(trial.changes.length === 0 ? [] : [`  a change is told of: ${trial.changes.join(', ')}`]),
    ...(trial.pace === null ? [] : [`  looked at ${inEnglish(trial.pace)}`]),
  ].join('\n');
}

export const tryWatch: RunCommand = (context) =>
  withConfig(
    context,
    async (config) => {
      const { app, out, rest, signal } = context;
      const written = rest.join(' ');
      const entry = readEntry(written, context);
      if (entry === null)
        return fail(
          out,
          `"${written}" is no KIND:ADDRESS, such as huggingface:xai-org, feed:https://x.ai/rss.xml or lab:xai`,
          exit.wrong,
        );
      const answer = await app.tryEntry(config, entry, signal);
      if (answer.kind === 'wrong') {
        const said = answer.problems.map(({ message, hint }) => (hint === null ? message : `${message} (${hint})`));
        return fail(out, said.join('\n'), exit.wrong);
      }
      const { trials } = answer;
      const yaml = `${entryLines(entry).join('\n')}\n`;
      const failed = trials.some(({ result }) => result === 'later' || result === 'broken');
      if (out.json) {
        const watches = trials.map(({ reason, pace, items, ...trial }) => ({
          ...trial,
          items: items.map(({ reason: why, ...item }) => ({ ...item, reason: inEnglish(why), code: why.code })),
          pace: pace === null ? null : inEnglish(pace),
          ...(reason === null ? {} : { reason: inEnglish(reason), code: reason.code }),
        }));
        out.print(JSON.stringify({ watches, yaml }));
      } else {
        const most = trials.length > 1 ? 3 : shownAtMost;
        for (const trial of trials) out.print(`${drawn(trial, most, out.columns)}\n`);
        out.print(`Nothing was stored. To watch it, under \`watch:\`\n${yaml.trimEnd()}`);
      }
      return failed ? exit.failed : exit.done;
    },
    { sends: false },
  );
