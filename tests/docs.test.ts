// What the documentation says is true: its YAML is accepted, its links lead somewhere, and the first page is short.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { labWatches, ownTables } from '../src/app/names.ts';
import { channelKinds } from '../src/channels/index.ts';
import { sources } from '../src/sources/index.ts';
import { read } from './support/config/kinds.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

interface Fence {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

function fencesOf(page: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { readonly line: number; readonly language: string; readonly lines: string[] } | null = null;
  for (const [index, line] of textOf(page).split('\n').entries()) {
    const mark = /^\s*```(\w*)/.exec(line);
    if (mark === null) open?.lines.push(line);
    else if (open === null) open = { line: index + 1, language: mark[1] ?? '', lines: [] };
    else {
      fences.push({ page, line: open.line, language: open.language, text: open.lines.join('\n') });
      open = null;
    }
  }
  return fences;
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = textOf(page).matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const yaml = pages
  .filter((page) => !page.includes('decisions/'))
  .flatMap(fencesOf)
  .filter(({ language }) => language === 'yaml');

describe('YAML in the documentation', () => {
  test('is there', () => expect(yaml.length).toBeGreaterThan(5));

  test.each(yaml)('$page line $line is accepted', ({ text }) => {
    const env = {
      DISCORD_TOKEN: 'token',
      DISCORD_CHANNEL: '123456789012345678',
      HOOK_URL: 'https://hooks.example/1',
    };
    const reading = read(text, {
      sources,
      channels: channelKinds,
      env,
      labs: () => [...ownTables().byId.keys()],
      labWatches,
    });
    expect('problems' in reading ? reading.problems : []).toEqual([]);
  });
});

describe.each(pages)('%s', (page) => {
  test('has no link of its own that leads nowhere', () => {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
      ([, link, src]) => link ?? src ?? '',
    );
    const lost = links.filter((link) => {
      if (/^(?:https?|mailto):/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
    });
    expect(lost).toEqual([]);
  });
});

test('the first page can be read in one sitting', () => {
  expect(Buffer.byteLength(textOf('README.md'))).toBeLessThanOrEqual(9 * 1024);
});
