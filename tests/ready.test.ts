// What runs before there is anything: installs and builds only when something changed, in a project of three files.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ready = fileURLToPath(new URL('../src/ready.mjs', import.meta.url));

/** Stands in for the compiler: fails while a source says so, else "builds" a program that tells its words and ends with 3. */
const compiler = `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const out = process.argv[process.argv.indexOf('--outDir') + 1];
appendFileSync('asked', 'tsc\\n');
if (readFileSync('src/main.ts', 'utf8').includes('wrong')) { console.log('src/main.ts(1,1): error'); process.exit(1); }
mkdirSync(out, { recursive: true });
writeFileSync(out + '/main.js', 'console.log(process.argv.slice(2).join(" ")); process.exit(3);');
`;
/** Stands in for the bundler: what it makes is what it was given. */
const bundler = `
import { cpSync } from 'node:fs';
const [from, to] = process.argv.slice(2);
cpSync(from, to, { recursive: true });`;
const installer = `require('node:fs').appendFileSync('asked', 'npm ' + process.argv[2] + '\\n');`;

let root: string;
const at = (name: string): string => join(root, name);

function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

function run(...words: readonly string[]) {
  const env = { PATH: process.env.PATH, npm_execpath: at('npm.js') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('src/ready.mjs'), ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  const asked = existsSync(at('asked')) ? readFileSync(at('asked'), 'utf8').trim().split('\n') : [];
  rmSync(at('asked'), { force: true });
  return { status, stdout, stderr, asked };
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'landfall-ready-'));
  write('package-lock.json', '{}');
  for (const name of ['tsconfig.json', 'tsconfig.build.json']) write(name, '{}');
  write('src/main.ts', 'one');
  write('tests/run.ts', 'console.log("tested", ...process.argv.slice(2));');
  write('npm.js', installer);
  write('deploy/bundle.mjs', bundler);
  write('deploy/tables.mjs', '');
  write('config/labs.yaml', 'labs: []');
  write('node_modules/typescript/bin/tsc', compiler);
  copyFileSync(ready, at('src/ready.mjs'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

// One story: each step begins with what the one before left.
test('installs and builds what is needed, once', () => {
  expect(run('build')).toMatchObject({ status: 0, asked: ['npm ci', 'tsc'] });
  expect(run('build')).toEqual({ status: 0, stdout: '', stderr: '', asked: [] });

  write('deploy/bundle.mjs', `${bundler}\n`);
  expect(run('build')).toMatchObject({ status: 0, asked: ['tsc'] });
  write('src/deep/more.ts', 'two');
  expect(run('build')).toMatchObject({ status: 0, asked: ['tsc'] });
  write('package-lock.json', '{ "another": 1 }');
  expect(run('build')).toMatchObject({ status: 0, asked: ['npm ci', 'tsc'] });

  // By hand: no stamp of ours, but npm's own copy of the lock, as new as the lock.
  rmSync(at('node_modules/.landfall-ready'));
  write('node_modules/.package-lock.json', '{}');
  expect(run('build')).toMatchObject({ status: 0, asked: [] });
});

test('runs a command with its words, and ends as it ends', () => {
  expect(run('start', '--json')).toMatchObject({ status: 3, stdout: 'run --json\n' });
  expect(run('deploy')).toMatchObject({ status: 2, stderr: expect.stringContaining('usage:'), asked: [] });
});

test('a build that fails leaves the program that was there, and only the tests go on', () => {
  const before = readFileSync(at('dist/main.js'), 'utf8');
  write('src/main.ts', 'wrong');
  const failed = run('start');
  expect(failed).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('src/main.ts(1,1): error') });
  expect(readFileSync(at('dist/main.js'), 'utf8')).toBe(before);
  expect(run('test', '--quick')).toMatchObject({ status: 0, stdout: 'tested --quick\n', asked: ['tsc'] });
});

test('without a bundle the program runs as the compiler made it', () => {
  write('src/main.ts', 'three');
  write('deploy/bundle.mjs', 'process.stderr.write("no binary for this machine"); process.exit(1);');
  const { status, stdout, stderr } = run('start');
  expect([status, stdout]).toEqual([3, 'run\n']);
  expect(stderr).toContain('no binary for this machine');
});
