// landfall check: every problem of the configuration, with its place.
import { formatProblem, problemJson } from '../config/problem.ts';
import { exit, type RunCommand } from './command.ts';

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const check: RunCommand = async ({ app, out, options, rest }) => {
  const file = rest[0] ?? options.config;
  const reading = await app.readConfig(file);
  const problems = 'problems' in reading ? reading.problems : reading.warnings;
  if (out.json) out.print(JSON.stringify(problems.map(problemJson)));
  else for (const problem of problems) out.print(formatProblem(problem));
  if ('problems' in reading) return exit.wrong;
  const { watches, targets, channels } = reading.config;
  const on = channels.filter((channel) => channel.on);
  const names = on.map((channel) => channel.name).join(', ');
  if (!out.json)
    out.print(
      `${file}: good. ${counted(watches.length, 'watch', 'watches')} on ${counted(targets.length, 'target', 'targets')}, told to ${names === '' ? 'nobody: every channel is off' : names}.`,
    );
  return exit.done;
};
