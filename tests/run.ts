// All checks of the project: types, style, unused things, then every test; ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Ended {
  readonly code: number;
  readonly output: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const module = (path: string): string => join(root, 'node_modules', path);

const checks: readonly { readonly name: string; readonly words: readonly string[] }[] = [
  { name: 'types (tsc)', words: [module('typescript/bin/tsc'), '--noEmit', '-p', root] },
  {
    name: 'format and rooms (biome)',
    words: [module('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '--max-diagnostics=10', '--colors=off'],
  },
  { name: 'promises and more (oxlint)', words: [module('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'nothing unused (knip)', words: [module('knip/bin/knip.js'), '--no-progress'] },
];

/** Quiet: the output is kept, not shown. */
function run(words: readonly string[], quiet: boolean): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: root,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: said.join('') }));
  });
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function check({ name, words }: (typeof checks)[number]): Promise<Count> {
  const began = performance.now();
  const { code, output } = await run(words, true);
  console.log(`${code === 0 ? '✓' : '✗'} ${name}  ${seconds(began)}`);
  if (code !== 0) console.log(output.trimEnd());
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** A file that could not be run at all, or an error outside any test, is a failure like any other. */
function counted(path: string, code: number): Count {
  const read = report.parse(JSON.parse(readFileSync(path, 'utf8')));
  const files = read.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed'),
  );
  const failed = read.numFailedTests + files.length;
  return {
    passed: read.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: read.numPendingTests + read.numTodoTests,
  };
}

async function tests(filters: readonly string[]): Promise<Count> {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-report-'));
  const path = join(directory, 'report.json');
  try {
    const words = [
      module('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${path}`,
    ];
    const { code } = await run([...words, ...filters], false);
    return counted(path, code);
  } catch (error) {
    console.log(`the tests left no report: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const counts = [...(await Promise.all(checks.map(check))), await tests(process.argv.slice(2))];
const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum('skipped');
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
