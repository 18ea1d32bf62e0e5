// landfall openness [huggingface:|github:]owner/name: the openness card, every line with its evidence.
import { table } from '../infra/text/columns.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { Fact, Openness } from '../types/story.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

function json(openness: Openness): string {
  const lines = Object.entries(openness as unknown as Readonly<Record<string, Fact<unknown>>>).map(
    ([name, { value, how, because }]) => [
      name,
      { value, how, evidence: { url: because.url, revision: because.revision ?? null, at: because.at } },
    ],
  );
  return JSON.stringify(Object.fromEntries(lines));
}

function shown(value: unknown): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const openness: RunCommand = (context) =>
  withConfig(context, async (config) => {
    const { app, out, rest, signal } = context;
    const answer = await app.openness(config, rest[0] ?? '', signal);
    switch (answer.kind) {
      case 'wrong':
        return fail(out, answer.reason, exit.wrong);
      case 'failed':
        return fail(out, inEnglish(answer.reason));
      case 'absent':
        return fail(out, `not there: ${answer.tried.join(', ')}`);
      case 'card': {
        if (out.json) {
          out.print(json(answer.openness));
          return exit.done;
        }
        out.print(`${answer.name}: ${shown(answer.openness.verdict.value)}\n${answer.url}\n`);
        const facts = Object.entries(answer.openness as unknown as Readonly<Record<string, Fact<unknown>>>);
        out.print(
          table(
            facts.map(([name, { value, how, because }]) => {
              const revision = because.revision === undefined ? '' : ` @ ${because.revision.slice(0, 12)}`;
              return [
                name,
                shown(value),
                how,
                `${because.url}${because.field === undefined ? '' : ` (${because.field})`}${revision}`,
              ];
            }),
          ),
        );
        return exit.done;
      }
    }
  });
