#!/usr/bin/env node
// Makes the program that ships out of what tsc built: `node deploy/bundle.mjs FROM TO`. One file per part that is loaded on
// demand, packages and all, so that it runs without node_modules; what only some installations have stays outside.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeTables } from './tables.mjs';

const [from = 'dist', to = 'dist'] = process.argv.slice(2);

/** Native, or wanted by a package only where somebody has installed them. */
const external = [
  '@resvg/resvg-js',
  'bufferutil',
  'pg-cloudflare',
  'pg-native',
  'utf-8-validate',
  'zlib-sync',
];

/** What packages bring along and nobody here uses; each costs every start time and memory. */
const unused = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    // Nothing here speaks HTTP/2: loading it takes 20 ms and 6 MiB.
    onResolve({ filter: /^(?:node:)?http2$/ }, ({ importer }) =>
      /[\\/]undici[\\/]/.test(importer) ? { path: 'http2', namespace: 'unused' } : null,
    );
    // Of undici's two parsers the experimental one, which only an environment variable turns on.
    onLoad({ filter: /[\\/]undici[\\/]lib[\\/]milo[\\/]/ }, () => ({ contents: 'module.exports = {};' }));
    onLoad({ filter: /^http2$/, namespace: 'unused' }, () => ({ contents: 'module.exports = { constants: {} };' }));
    // What zod says of a value in fifty languages: we say it ourselves.
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

const { metafile } = await build({
  entryPoints: [join(from, 'main.js')],
  outdir: to,
  bundle: true,
  splitting: true,
  // Parts find config/ two folders up, as the files that they are made of do.
  chunkNames: 'parts/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node22',
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  plugins: [unused],
  external,
  logLevel: 'error',
  // CommonJS packages ask for Node's own modules by `require`.
  banner: { js: "import{createRequire as bundledRequire}from'node:module';const require=bundledRequire(import.meta.url);" },
});

/** The folder of the package that a bundled file belongs to. */
function packageOf(file) {
  for (let folder = dirname(resolve(file)); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (name !== undefined && version !== undefined) return { folder, name, version, license: license ?? 'see below' };
  }
  return null;
}

const packages = new Map();
for (const file of Object.keys(metafile.inputs)) {
  const found = file.includes('node_modules') ? packageOf(file) : null;
  if (found !== null && found.name !== 'landfall') packages.set(`${found.name}@${found.version}`, found);
}
const licences = [...packages.values()]
  .sort((one, other) => (one.name < other.name ? -1 : 1))
  .map(({ folder, name, version, license }) => {
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'LICENSE-MIT', 'LICENSE-MIT.txt']
      .map((each) => join(folder, each))
      .find((each) => existsSync(each));
    const text = file === undefined ? `Licence: ${license}` : readFileSync(file, 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
writeFileSync(join(to, 'LICENCES.txt'), `Landfall contains these packages.\n\n${licences.join(`\n${'-'.repeat(78)}\n\n`)}`);

writeTables(fileURLToPath(new URL('../config', import.meta.url)), join(to, 'tables'));
