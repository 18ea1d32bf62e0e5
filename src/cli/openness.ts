// landfall openness [huggingface:|github:]owner/name: the openness card, every line with its evidence.
import { table, wrapped } from '../infra/text/columns.ts';
import { cardOf } from '../messages/card.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import { oneLine } from '../messages/outside.ts';
import { inEnglish, problemInEnglish } from '../messages/reasons/en.ts';
import type { Fact, Openness } from '../types/story.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

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

/** Where the answers come from: each place once, with the lines it supports. */
function evidenceLines(openness: Openness, { texts }: Language, columns: number): readonly string[] {
  const facts: Facts = { ...openness };
  const labels: ReadonlyMap<string, unknown> = new Map(Object.entries(texts.labels));
  const places = new Map<string, Set<string>>();
  for (const [name, { value, because }] of Object.entries(facts)) {
    const label = labels.get(name);
    if (value === 'unknown' || value === null || typeof label !== 'string') continue;
    const revision = because.revision === undefined ? '' : ` @ ${because.revision.slice(0, 12)}`;
    const place = `${because.url}${revision}`;
    places.set(place, (places.get(place) ?? new Set()).add(label));
  }
  return [...places].flatMap(([place, names]) => [
    `  ${place}`,
    ...wrapped([...names].join(', '), columns - 4).map((line) => `    ${line}`),
  ]);
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
        const language = messagesFor(config.locale);
        const card = cardOf(answer.story, language);
        const verdict = card.verdict === null ? '' : `: ${card.verdict}`;
        out.print(`${answer.name}${verdict}\n${answer.url}\n`);
        const lines = [
          ...card.lines.map(({ label, value }) => [label, oneLine(value)]),
          ...(card.notKnown === null ? [] : [[card.notKnown.label, card.notKnown.value]]),
        ];
        out.print(table(lines, out.columns));
        out.print(['', card.evidence.label, ...evidenceLines(answer.openness, language, out.columns)].join('\n'));
        return exit.done;
      }
    }
  });
