// Reading the configuration for a command: every problem at once on standard error, or the checked configuration.
import { formatProblem } from '../config/problem.ts';
import type { Config } from '../config/shape.ts';
import { type CommandContext, exit } from './command.ts';

/** Runs `use` with the configuration; wrong configuration is said and ends with 2. */
export async function withConfig(
  context: CommandContext,
  use: (config: Config) => Promise<number>,
  reads: { readonly sends?: boolean } = {},
): Promise<number> {
  const reading = await context.app.readConfig(context.options.config, reads);
  if ('problems' in reading) {
    for (const problem of reading.problems) context.out.say(formatProblem(problem));
    return exit.wrong;
  }
  for (const warning of reading.warnings) context.out.say(formatProblem(warning));
  return use(reading.config);
}
