// A short hour of the soak: a fifth of all requests goes wrong on both sides, workers are killed, ended and stopped. Its long form
// is `npm run soak:faults`.
import { expect, inject, it } from 'vitest';
import { freshSchema } from '../support/postgres.ts';
import { embedded } from '../support/soak/databases.ts';
import { type SoakDatabase, soak } from '../support/soak/soak.ts';

const short = { hours: 1, targets: 18, kills: 4, seed: 3, faults: 0.2, roundMs: 500, say: () => undefined };

async function nothingBroken(database: SoakDatabase): Promise<void> {
  const result = await soak(database, short);
  expect(result.owed).toBeGreaterThan(10);
  expect(Object.keys(result.faults).length).toBeGreaterThan(3);
  const { lost, doubledByBot, outOfOrder, overdrawn, badEnds, deaths, unexpected } = result;
  expect({ lost, doubledByBot, outOfOrder, overdrawn, badEnds, deaths, unexpected }).toEqual({
    lost: [],
    doubledByBot: [],
    outOfOrder: [],
    overdrawn: 0,
    badEnds: 0,
    deaths: [],
    unexpected: [],
  });
}

it('on SQLite nothing is lost, doubled or out of order', () => nothingBroken(embedded()));

it('on PostgreSQL with two workers neither', async ({ onTestFinished }) => {
  const schema = await freshSchema(inject('postgresUrl'));
  onTestFinished(schema.drop);
  const restart = (): Promise<void> => Promise.resolve();
  await nothingBroken({ name: 'PostgreSQL', env: { DATABASE_URL: schema.url }, workers: 2, restart });
});
