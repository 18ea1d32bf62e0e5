// landfall check: every problem of the configuration, with its place; with --online also what is absent, quiet or moved.
import { formatProblem, problemJson } from '../config/problem.ts';
import type { ConfigReading } from '../config/shape.ts';
import { withoutAddress } from '../infra/log.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { Problem } from '../types/core.ts';
import type { Surveyed } from '../worker/survey.ts';
import { type CommandContext, exit, type RunCommand } from './command.ts';

type Read = Extract<ConfigReading, { readonly config: unknown }>;

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function saidOf(found: Surveyed): string {
  switch (found.kind) {
    case 'absent':
      return found.owner === 'absent' ? 'not there, and its owner is not there either' : 'not there (yet)';
    case 'silent':
      return `silent: the newest is of ${found.since.slice(0, 10)}`;
    case 'moved':
      return `moved to ${found.to}`;
    case 'failed':
      return withoutAddress(inEnglish(found.reason), found.target.address);
  }
}

async function online({ app, out, signal }: CommandContext, { config, placeOf }: Read) {
  const all = config.targets.length;
  const found = await app.survey(config, signal, (done) => out.progress(`looked at ${done} of ${all}`));
  out.progress(null);
  const problems = found.map((one): Problem => {
    const { target } = one;
    const near = one.kind === 'absent' ? app.nearestAccount(config, target) : null;
    return {
      ...placeOf(target.id),
      message: `${target.source}:${target.address}: ${saidOf(one)}`,
      hint: near === null ? null : `did you mean \`${near}\`?`,
      severity: 'warning',
    };
  });
  problems.sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
  return { problems, failed: found.some(({ kind }) => kind === 'failed') };
}

export const check: RunCommand = async (context) => {
  const { app, out, options, rest, flag } = context;
  const file = rest[0] ?? options.config;
  const reading = await app.readConfig(file);
  const written = 'problems' in reading ? reading.problems : reading.warnings;
  const looked = 'problems' in reading || !flag('online') ? null : await online(context, reading);
  const problems = [...written, ...(looked?.problems ?? [])];
  if (out.json) out.print(JSON.stringify(problems.map(problemJson)));
  else for (const problem of problems) out.print(formatProblem(problem));
  if ('problems' in reading) return exit.wrong;
  const { watches, targets, channels } = reading.config;
  const on = channels.filter((channel) => channel.on);
  const names = on.map((channel) => channel.name).join(', ');
  if (!out.json) {
    out.print(
      `${file}: good. ${counted(watches.length, 'watch', 'watches')} on ${counted(targets.length, 'target', 'targets')}, told to ${names === '' ? 'nobody: every channel is off' : names}.`,
    );
    if (looked !== null)
      out.print(
        `Looked at each once: ${looked.problems.length === 0 ? 'nothing is missing, silent or moved' : `${looked.problems.length} to see to`}.`,
      );
  }
  return looked?.failed === true ? exit.failed : exit.done;
};
