// landfall openness [huggingface:|github:]owner/name: the openness card, every line with its evidence.
import type { Fact, Openness } from '../types/story.ts';
import { type Command, exit } from './command.ts';
import { withConfig } from './config.ts';
import { table } from './table.ts';

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

export const openness: Command = {
  summary: 'the openness card of a repository, with evidence (no prefix: Hugging Face, then GitHub)',
  takes: '[huggingface:|github:]OWNER/NAME',
  least: 1,
  most: 1,
  run: (context) =>
    withConfig(context, async (config) => {
      const { app, out, rest, signal } = context;
      const answer = await app.openness(config, rest[0] ?? '', signal);
      switch (answer.kind) {
        case 'wrong':
          out.say(answer.reason);
          return exit.wrong;
        case 'failed':
          out.say(answer.reason);
          return exit.failed;
        case 'absent':
          out.say(`not there: ${answer.tried.join(', ')}`);
          return exit.failed;
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
    }),
};
