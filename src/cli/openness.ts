// landfall openness [huggingface:|github:]owner/name: the openness card, every line with its evidence.
import { table } from '../infra/text/columns.ts';
import { fill } from '../messages/fill.ts';
import { messagesFor } from '../messages/index.ts';
import { inEnglish, problemInEnglish } from '../messages/reasons/en.ts';
import type { Fact, Openness } from '../types/story.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

const english = messagesFor('en');

type Facts = Readonly<Record<string, Fact<unknown>>>;

function json(openness: Openness): string {
  const facts: Facts = { ...openness };
  const lines = Object.entries(facts).map(([name, { value, how, because, note }]) => [
    name,
    {
      value,
      how,
      ...(note === undefined ? {} : { note }),
      evidence: { url: because.url, revision: because.revision ?? null, at: because.at },
    },
  ]);
  return JSON.stringify(Object.fromEntries(lines));
}

const sizes: ReadonlySet<string> = new Set(['bytes', 'smallestDownload', 'memory']);

function shown(name: string, { value, note }: Fact<unknown>): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'number') return sizes.has(name) ? english.bytes(value) : english.number(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return note === undefined ? text : `${text} (${english.texts.dataNotes[note]})`;
}

/** `trainingCode` as people read it. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function copiesShown({ copies }: Openness): string {
  if (copies.value === 'unknown') return copies.value;
  const { main, others } = copies.value;
  const kind = [main.precision, main.format].filter((word) => word !== null).join(' ');
  const also = others.map(({ format, count }) => (count === 1 ? format : `${format} (${english.number(count)})`));
  return also.length === 0 ? kind : `${kind}; ${fill(english.texts.also, { list: also.join(', ') })}`;
}

export const openness: RunCommand = (context) =>
  withConfig(context, async (config) => {
    const { app, out, rest, signal } = context;
    const answer = await app.openness(config, rest[0] ?? '', signal);
    switch (answer.kind) {
      case 'wrong':
        return fail(out, problemInEnglish(answer), exit.wrong, answer.problem.code);
      case 'failed':
        return fail(out, inEnglish(answer.reason), exit.failed, answer.reason.code);
      case 'absent':
        return fail(out, `not there: ${answer.tried.join(', ')}`);
      case 'card': {
        if (out.json) {
          out.print(json(answer.openness));
          return exit.done;
        }
        out.print(`${answer.name}: ${shown('verdict', answer.openness.verdict)}\n${answer.url}\n`);
        const facts: Facts = { ...answer.openness };
        out.print(
          table(
            Object.entries(facts).map(([name, fact]) => {
              const { how, because } = fact;
              const revision = because.revision === undefined ? '' : ` @ ${because.revision.slice(0, 12)}`;
              return [
                words(name),
                name === 'copies' ? copiesShown(answer.openness) : shown(name, fact),
                how,
                `${because.url}${because.field === undefined ? '' : ` (${because.field})`}${revision}`,
              ];
            }),
            out.columns,
          ),
        );
        return exit.done;
      }
    }
  });
