// Installs and builds what is needed, then runs: `node src/ready.mjs build|demo|start|test [arguments]`.
// Plain JavaScript for Node 18 and later, without dependencies: it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const dist = join(root, 'dist');
const lowest = [22, 19];
const parent = process.ppid;

const programs = {
  demo: [join(dist, 'main.js'), 'demo'],
  // As compose reads it; what is set already wins.
  start: [`--env-file-if-exists=${join(root, '.env')}`, join(dist, 'main.js'), 'run'],
  test: [join(root, 'tests', 'run.ts')],
};

function say(line) {
  process.stderr.write(`landfall: ${line}\n`);
}

function stop(line) {
  say(line);
  process.exit(1);
}

function digest(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function stampOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** `npm ci` by hand leaves no stamp of ours, but a copy of the lock that is as new as the lock. */
function installedByHand(lock) {
  const copy = join(modules, '.package-lock.json');
  return existsSync(copy) && statSync(copy).mtimeMs >= statSync(lock).mtimeMs;
}

function install() {
  const lock = join(root, 'package-lock.json');
  const stamp = join(modules, '.landfall-ready');
  const wanted = digest(lock);
  if (stampOf(stamp) === wanted) return;
  if (stampOf(stamp) !== '' || !installedByHand(lock)) {
    say('installing what package-lock.json names (npm ci), a minute at most …');
    const npm = process.env.npm_execpath;
    const words = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const [program, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
    const done = spawnSync(program, [...first, ...words], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32' && program === 'npm',
    });
    if (done.error) stop(`npm could not be started (${done.error.message}): install npm, then try again`);
    if (done.status !== 0) stop('npm ci failed: see above; is the package registry to be reached?');
  }
  writeFileSync(stamp, wanted);
}

function isEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > lowest[0] || (major === lowest[0] && minor >= lowest[1]);
}

/** The Node.js of the project where it runs on this machine, else the one that runs this file. */
function findNode() {
  const own = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(join(modules, '.bin', 'node')) && existsSync(own)) {
    const { status, stdout } = spawnSync(own, ['--version'], { encoding: 'utf8' });
    if (status === 0 && isEnough(stdout.trim())) return own;
  }
  if (isEnough(process.version)) return process.execPath;
  return stop(
    `this needs Node.js ${lowest.join('.')} or later; here is ${process.version}, and the project's own does not run on this machine`,
  );
}

function sources() {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return [
    ...files.sort(),
    ...readdirSync(join(root, 'config'))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(root, 'config', name)),
    join(root, 'tsconfig.json'),
    join(root, 'tsconfig.build.json'),
    join(root, 'package-lock.json'),
    join(root, 'deploy', 'bundle.mjs'),
    join(root, 'deploy', 'tables.mjs'),
  ];
}

/** What ships is one bundle made of what tsc built; where that cannot be made, what tsc built runs as well. */
function bundle(node, built) {
  const shipped = `${built}-bundle`;
  const done = spawnSync(node, [join(root, 'deploy', 'bundle.mjs'), built, shipped], { cwd: root, encoding: 'utf8' });
  if (done.status === 0) return shipped;
  say(`the bundle could not be made, the program runs without it:\n${done.stderr}`);
  rmSync(shipped, { recursive: true, force: true });
  return built;
}

/** Into a folder beside, then renamed: a program that runs from `dist` never sees it half written. */
function build(node, tolerant) {
  const stamp = join(dist, '.landfall-ready');
  const wanted = digest(...sources());
  if (stampOf(stamp) === wanted) return;
  say('building dist …');
  const fresh = join(modules, `.landfall-build-${process.pid}`);
  const tsc = join(modules, 'typescript', 'bin', 'tsc');
  const done = spawnSync(node, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', fresh], { encoding: 'utf8' });
  if (done.status !== 0 && !tolerant) {
    rmSync(fresh, { recursive: true, force: true });
    stop(`the build failed:\n${done.stdout}${done.stderr}`);
  }
  mkdirSync(fresh, { recursive: true });
  const shipped = bundle(node, fresh);
  // Without a stamp after errors: the next call builds again.
  if (done.status === 0) writeFileSync(join(shipped, '.landfall-ready'), wanted);
  const main = join(shipped, 'main.js');
  if (existsSync(main)) chmodSync(main, 0o755);
  const old = `${fresh}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(shipped, dist);
  for (const folder of [old, fresh]) rmSync(folder, { recursive: true, force: true });
}

/** npm passes SIGTERM on to the shell between it and us, and most shells die of it without a word. */
function watchParent(orphaned) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    orphaned();
  }, 200);
}

function run(node, words) {
  const path = [join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, words, { stdio: 'inherit', env: { ...process.env, PATH: path } });
  // At a terminal Ctrl-C reaches the child by itself; a second one would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) watchParent(() => child.kill('SIGTERM'));
  child.on('error', (error) => stop(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [command = '', ...rest] = process.argv.slice(2);
if (command !== 'build' && !(command in programs)) {
  say('usage: node src/ready.mjs build|demo|start|test [arguments]');
  process.exit(2);
}
install();
const node = findNode();
build(node, command === 'test');
if (command !== 'build') run(node, [...programs[command], ...rest]);
