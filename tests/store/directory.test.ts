// Directories that cannot be made: an error, and at once.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory } from '../../src/store/directory.ts';

test('makes every level, again without complaint', async ({ onTestFinished }) => {
  const dir = await mkdtemp(join(tmpdir(), 'landfall-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const deep = join(dir, 'a', 'b', 'c');
  makeDirectory(deep, 0o700);
  makeDirectory(deep, 0o700);
  expect((await stat(deep)).mode & 0o777).toBe(0o700);
  await symlink(join(dir, 'nowhere'), join(dir, 'link'));
  expect(() => makeDirectory(join(dir, 'link', 'x'))).toThrow(/ENOENT/);
});

test.runIf(existsSync('/proc/self'))('says that nothing can be made below /proc', () => {
  expect(() => makeDirectory('/proc/landfall/data')).toThrow(/ENOENT|EACCES|EPERM/);
});
