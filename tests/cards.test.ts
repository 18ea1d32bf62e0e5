// Openness cards beside known answers: the traps that we wrote down, and real models when LANDFALL_CORPUS names them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openCardScene } from './bench/cards-ask.ts';
import { readKnownCards } from './bench/cards-read.ts';
import { addScores, type CardScore, scoreCard } from './bench/cards-score.ts';

const traps = fileURLToPath(new URL('bench/fixtures/cards', import.meta.url));
const folder = join(process.env.LANDFALL_CORPUS ?? '', 'cards');
const there = process.env.LANDFALL_CORPUS !== undefined && existsSync(folder);
if (!there) console.log('cards: skipped, LANDFALL_CORPUS names no folder with known cards');

async function scoreFolder(path: string): Promise<CardScore> {
  const scene = await openCardScene();
  try {
    const scores: CardScore[] = [];
    for (const card of readKnownCards(path)) scores.push(scoreCard(card, await scene.ask(card)));
    return addScores(scores);
  } finally {
    await scene.close();
  }
}

describe('the traps', () => {
  test('every card says what it must, and claims nothing more', async () => {
    const { cells, overclaims, silent } = await scoreFolder(traps);
    expect(cells.length).toBeGreaterThan(150);
    expect(overclaims).toEqual([]);
    expect(silent).toEqual([]);
    expect(cells.filter((cell) => !cell.ok)).toEqual([]);
  });
});

describe.skipIf(!there)('real models', () => {
  test('cards are right where we could know it', async () => {
    const { cells, overclaims, silent } = await scoreFolder(folder);
    expect(silent).toEqual([]);
    expect(overclaims).toEqual([]);
    const wrong = cells.filter((cell) => !cell.ok);
    expect(wrong.length / cells.length, JSON.stringify(wrong, null, 1)).toBeLessThan(0.01);
    for (const field of ['licence', 'cls', 'commercial', 'territory', 'verdict'])
      expect(wrong.filter((cell) => cell.field === field)).toEqual([]);
  });
});
