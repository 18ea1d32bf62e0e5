// landfall model NAME: the story of one model, and how open it is.

import { storiesNamed } from '../guilds/models.ts';
import { table } from '../infra/text/columns.ts';
import { cardOf } from '../messages/card.ts';
import { messagesFor } from '../messages/index.ts';
import { oneLine } from '../messages/outside.ts';
import { spreadText } from '../messages/spread.ts';
import { modelAnswer } from '../reports/answers.ts';
import { figuresAt, spreadSeries } from '../reports/spread.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withReading } from './config.ts';

const evidenceAtMost = 12;
/** The counts are taken for this many days after the release. */
const spreadDays = 90;

export const model: RunCommand = (context) =>
  withReading(context, async (config, db) => {
    const { out, rest } = context;
    const name = rest.join(' ');
    const [story] = await storiesNamed(db, null, name, 1);
    if (story === undefined) return fail(out, `no story is called "${name}"`);
    if (out.json) {
      out.print(JSON.stringify(modelAnswer(story)));
      return exit.done;
    }
    const language = messagesFor(config.locale);
    const card = cardOf(story, language);
    const figures = figuresAt(await spreadSeries(db, story), spreadDays);
    const spread = figures === null ? null : spreadText(figures, language);
    const lines = [
      [card.stage, card.what],
      ...(card.verdict === null ? [] : [['', card.verdict]]),
      ...(card.pledge === null ? [] : [['', card.pledge]]),
      ...card.lines.map(({ label, value }) => [label, oneLine(value)]),
      ...(card.notKnown === null ? [] : [[card.notKnown.label, card.notKnown.value]]),
      ...(spread === null ? [] : [['', spread]]),
      ...(card.timeline?.entries ?? []).map(({ at, text }) => [language.moment(at, config.timezone), oneLine(text)]),
      ...card.evidence.list.slice(-evidenceAtMost).map(({ title, url }) => [oneLine(title), url]),
    ];
    out.print(`${oneLine(card.name)}\n${card.url}\n`);
    out.print(table(lines, out.columns));
    return exit.done;
  });
