// Makes config/spdx-texts.json.gz: the SPDX licence texts that config/licences.yaml refers to, from spdx-license-list.
// Run `node tests/support/spdx-texts.ts` after changing `spdx:` there, or the version of the package.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);
const wanted = z.object({ licences: z.array(z.object({ spdx: z.string().optional() })) });
const listed = z.record(z.string(), z.object({ licenseText: z.string() }));

/** What the file must contain; throws for an identifier that is not on the SPDX list. */
export function spdxTexts(): { readonly from: string; readonly texts: Readonly<Record<string, string>> } {
  const { licences } = wanted.parse(parse(readFileSync(new URL('config/licences.yaml', root), 'utf8')));
  const require = createRequire(import.meta.url);
  const list = listed.parse(require('spdx-license-list/full'));
  const { version } = z.object({ version: z.string() }).parse(require('spdx-license-list/package.json'));
  const texts = licences.flatMap(({ spdx }): readonly (readonly [string, string])[] => {
    if (spdx === undefined) return [];
    const found = list[spdx];
    if (found === undefined) throw new Error(`the SPDX list has no ${spdx}`);
    return [[spdx, found.licenseText]];
  });
  return { from: `spdx-license-list ${version}`, texts: Object.fromEntries(texts) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('config/spdx-texts.json.gz', root), gzipSync(JSON.stringify(spdxTexts()), { level: 9 }));
}
