// Changes one operator of a room at a time and asks whether a test notices: npm run mutate -- ROOM [--lines N] [--seed N].
import { existsSync, globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { rooms } from './rooms.ts';

const root = join(import.meta.dirname, '../..');

const USAGE = `usage: npm run mutate -- ROOM [--lines N] [--seed N] [--files GLOB] [--whole] [--at-once N]

  ROOM        ${Object.keys(rooms).join(', ')}
  --lines N   only what stands on N of the room's lines, drawn by --seed (default 1)
  --files     of the room only these files
  --at-once N so many changes are tried at once (default 2)
  --whole     nothing of an earlier run is taken over (reports/mutation/ROOM.json remembers it)

Each change that no test notices is printed; exits with 1 when fewer than 85 % are noticed.`;

type Options = ConstructorParameters<typeof Stryker>[0];
type Results = Awaited<ReturnType<Stryker['runMutationTest']>>;

const leastNoticed = 85;

/** The same draw for the same seed (a linear congruential generator is random enough for a sample). */
function drawn<T>(list: readonly T[], count: number, seed: number): readonly T[] {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return list
    .map((one) => ({ one, at: next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ one }) => one);
}

/** Lines that may do something, each as a range of its own. */
function linesOf(files: readonly string[]): readonly string[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /^\s*(?:import|export (?:type|interface)|readonly|\/\/|\/?\*|[\]})]|$)/.test(line)
          ? []
          : [`${file}:${index + 1}-${index + 1}`],
      ),
  );
}

function say(results: Results): number {
  const counted = results.filter(({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status));
  const noticed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  for (const { status, fileName, location, replacement } of counted) {
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    const unasked = status === 'NoCoverage' ? ' (no test comes here)' : '';
    console.log(`${fileName}:${location.start.line}:${location.start.column}  ${replacement ?? ''}${unasked}`);
  }
  for (const [file, list] of Map.groupBy(counted, ({ fileName }) => fileName)) {
    const count = list.filter((one) => noticed.includes(one)).length;
    console.log(`${file.padEnd(44)} ${String(count).padStart(4)} of ${list.length}`);
  }
  const share = counted.length === 0 ? 0 : (100 * noticed.length) / counted.length;
  console.log(`${noticed.length} of ${counted.length} changes noticed: ${share.toFixed(1)} %`);
  return share;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lines: { type: 'string' },
      seed: { type: 'string', default: '1' },
      files: { type: 'string' },
      whole: { type: 'boolean', default: false },
      'at-once': { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  });
  const [name = ''] = positionals;
  const room = rooms[name];
  if (values.help || room === undefined) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const all = globSync(values.files ?? room.source, { cwd: root }).toSorted();
  const mutate = values.lines === undefined ? all : drawn(linesOf(all), Number(values.lines), Number(values.seed));
  process.chdir(root);
  process.env.LANDFALL_MUTATION_TESTS = room.tests.join(',');
  process.env.LANDFALL_TEST_DATABASE = 'SQLite';
  const incremental = `reports/mutation/${name}.json`;
  const options: Options = {
    mutate: [...mutate],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    // What a person reads in an error or a log is no behaviour to hold a test against.
    mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral'] },
    ignoreStatic: true,
    ignorePatterns: ['/dist', '/data', '/reports', '/docs', '/.github', '/coverage', '/pictures'],
    // TypeScript 7 has no API that would rewrite it, and nothing in the sandbox compiles.
    tsconfigFile: 'none',
    tempDirName: join(tmpdir(), 'landfall-mutation'),
    incremental: true,
    incrementalFile: incremental,
    force: values.whole || !existsSync(incremental),
    reporters: ['progress-append-only'],
    concurrency: Number(values['at-once']),
    timeoutMS: 10_000,
    allowConsoleColors: false,
    checkers: [],
  };
  return say(await new Stryker(options).runMutationTest()) < leastNoticed ? 1 : 0;
}

process.exitCode = await main();
