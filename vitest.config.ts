// Two projects: pure and contract tests share one process; what starts servers or child processes is isolated.
import { defineConfig } from 'vitest/config';

const isolated = ['tests/e2e/**/*.test.ts', 'tests/walk/**/*.test.ts', 'tests/store/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: isolated, isolate: false } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: isolated,
          // After the others; the command under test mostly waits for the world, so three at a time suit two cores.
          sequence: { groupOrder: 1 },
          maxWorkers: 3,
          globalSetup: ['tests/support/postgres.ts'],
        },
      },
    ],
  },
});
