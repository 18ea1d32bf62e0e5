// Openness cards beside known answers: `node tests/bench/cards.ts DIR` reads one JSON file per model (the shape is in
// cards-read.ts), asks for each card as `landfall openness` does, and ends with fields, overclaims and cells as JSON.
import { parseArgs } from 'node:util';
import { openCardScene } from './cards-ask.ts';
import { readKnownCards } from './cards-read.ts';
import { addScores, byField, type CardScore, scoreCard } from './cards-score.ts';

const { positionals } = parseArgs({ allowPositionals: true, options: {} });
const [folder] = positionals;
if (folder === undefined) throw new Error('name the folder of the known cards: npm run bench:cards -- DIR');

const scene = await openCardScene();
const scores: CardScore[] = [];
try {
  for (const card of readKnownCards(folder)) scores.push(scoreCard(card, await scene.ask(card)));
} finally {
  await scene.close();
}
const { cells, overclaims, silent } = addScores(scores);
const fields = byField(cells);
const wrong = cells.filter((cell) => !cell.ok);
for (const { model, field, right, said } of wrong)
  console.log(`${model}  ${field}: must be ${JSON.stringify(right)}, is ${JSON.stringify(said)}`);
for (const line of silent) console.log(`no card: ${line}`);
for (const line of overclaims) console.log(`overclaim: ${line}`);
console.log('');
for (const [field, { right, of }] of Object.entries(fields))
  console.log(`${field.padEnd(12)} ${right}/${of}  ${(right / of).toFixed(3)}`);
const whole = scores.filter((score) => score.cells.every((cell) => cell.ok)).length;
console.log(
  JSON.stringify({
    models: scores.length,
    whole,
    cells: { right: cells.length - wrong.length, of: cells.length },
    fields,
    overclaims,
    wrong,
  }),
);
