// What commands share: the checked configuration, and the database beside a running worker.
import { formatProblem, problemJson } from '../config/problem.ts';
import type { Config } from '../config/shape.ts';
import { errorText } from '../infra/log.ts';
import type { Db } from '../store/define.ts';
import { type App, type CommandContext, exit, fail, type StampedReading } from './command.ts';

/** Runs `use` with the configuration; a wrong one is reported, every problem at once, and ends with 2. */
export async function withConfig(
  { app, options, out }: CommandContext,
  use: (config: Config, reading: StampedReading) => Promise<number>,
  reads: { readonly sends?: boolean } = {},
): Promise<number> {
  const reading = await app.readConfig(options.config, reads);
  if ('problems' in reading) {
    for (const problem of reading.problems) out.say(formatProblem(problem));
    if (out.json)
      out.print(
        JSON.stringify({ error: 'the configuration has problems', problems: reading.problems.map(problemJson) }),
      );
    return exit.wrong;
  }
  for (const warning of reading.warnings) out.say(formatProblem(warning));
  return use(reading.config, reading);
}

/** Runs `use` with the configuration and the database, which is only read; failures are reported and end with 1. */
export async function withReading(
  context: CommandContext,
  use: (config: Config, db: Db) => Promise<number>,
): Promise<number> {
  return withDb(context, context.app.openReading, use);
}

/** As `withReading`, with a database that also takes requests to the worker. */
export async function withWriting(
  context: CommandContext,
  use: (config: Config, db: Db) => Promise<number>,
): Promise<number> {
  return withDb(context, context.app.openAsking, use);
}

async function withDb(
  context: CommandContext,
  open: App['openReading'],
  use: (config: Config, db: Db) => Promise<number>,
): Promise<number> {
  return withConfig(context, async (config) => {
    const { options, out } = context;
    let db: Db;
    try {
      db = await open(config, options);
    } catch (error) {
      return fail(out, errorText(error));
    }
    try {
      return await use(config, db);
    } finally {
      await db.close();
    }
  });
}
