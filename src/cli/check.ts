// landfall check: every problem of the configuration, with its place.
import { formatProblem, problemJson } from '../config/problem.ts';
import { type Command, exit } from './command.ts';

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const check: Command = {
  summary: 'validate the configuration: every problem as FILE:LINE:COL: message, with a hint',
  takes: '',
  least: 0,
  most: 0,
  run: async ({ app, out, options }) => {
    const reading = await app.readConfig(options.config);
    const problems = 'problems' in reading ? reading.problems : reading.warnings;
    if (out.json) out.print(JSON.stringify(problems.map(problemJson)));
    else for (const problem of problems) out.print(formatProblem(problem));
    if ('problems' in reading) return exit.wrong;
    const { watches, targets, channels } = reading.config;
    const on = channels.filter((channel) => channel.on);
    const names = on.map((channel) => channel.name).join(', ');
    if (!out.json)
      out.print(
        `${options.config}: good. ${counted(watches.length, 'watch', 'watches')} on ${counted(targets.length, 'target', 'targets')}, told to ${names === '' ? 'nobody: every channel is off' : names}.`,
      );
    return exit.done;
  },
};
