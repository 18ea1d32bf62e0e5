// Vitest as the mutation runs use it: the tests of one room in one process, on the embedded database alone.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: (process.env.LANDFALL_MUTATION_TESTS ?? '').split(',').filter((glob) => glob !== ''),
    isolate: false,
    testTimeout: 240_000,
  },
});
