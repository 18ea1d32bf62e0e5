// What the command line's commands are given to work with.

import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { channelKinds } from '../channels/index.ts';
import type { App, Options } from '../cli/command.ts';
import type { FileText } from '../config/parts.ts';
import { readConfig } from '../config/read.ts';
import { configSchema } from '../config/schema.ts';
import type { Config } from '../config/shape.ts';
import type { Env } from '../config/variables.ts';
import { problemInEnglish } from '../messages/reasons/en.ts';
import { linkOf } from '../sources/document/links.ts';
import { sources } from '../sources/index.ts';
import type { DbPlace } from '../store/open.ts';
import type { Json } from '../types/core.ts';
import { ownFile, ownVersion } from './files.ts';
import { createReader, labAccounts, labWatches, nearestAccount, ownTables } from './names.ts';
import { openWorker } from './open-worker.ts';
import { openMigrated } from './reading.ts';
import { surveyAll } from './survey.ts';

function textOf(file: string): FileText {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') return null;
    return { unreadable: code === 'EISDIR' ? 'this is a directory, not a file' : `the file cannot be read (${code})` };
  }
}

/** Changes when the file does, without reading it; also works for symbolic links and mounted directories. */
function stampOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '-' : [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
}

/** The files matching a pattern, relative to the folder of the configuration. */
function named(config: string, pattern: string): readonly string[] {
  const folder = dirname(config);
  const found = globSync(pattern, { cwd: folder }).toSorted();
  return found.map((path) => (isAbsolute(path) ? path : join(folder, path)));
}

function place(config: Config, options: Options, readOnly: boolean): DbPlace {
  return { databaseUrl: config.secrets.DATABASE_URL ?? null, dataDir: options.data, readOnly };
}

/** Reads the configuration, and records which files it was read from. */
function readFiles(env: Env, file: string, sends: boolean): Awaited<ReturnType<App['readConfig']>> {
  const stamps: string[] = [];
  const read = (path: string): FileText => {
    stamps.push(stampOf(path));
    return textOf(path);
  };
  const reading = readConfig({
    file,
    text: read(file),
    further: (pattern) => named(file, pattern).map((path) => ({ file: path, text: read(path) })),
    env,
    sources,
    channels: channelKinds,
    labs: () => [...ownTables().byId.keys()],
    labWatches,
    accounts: labAccounts,
    windowOf: createReader().windowOf,
    sends,
    now: Date.now(),
    readFile: (path) => readFileSync(path, 'utf8'),
  });
  return { ...reading, stamp: stamps.join('\n') };
}

export function createApp(env: Env): App {
  return {
    version: ownVersion(),
    readConfig: async (file, { sends = true } = {}) => readFiles(env, file, sends),
    configStamp: (file, patterns) =>
      [file, ...patterns.flatMap((pattern) => named(file, pattern))].map(stampOf).join('\n'),
    labs: () => {
      const watched = labWatches({});
      return [...ownTables().byId.values()]
        .filter(({ id }) => (watched(id) ?? []).length > 0)
        .map(({ id, names }) => ({ value: id, label: names[0] ?? id }))
        .toSorted((one, other) => one.label.localeCompare(other.label, 'en'));
    },
    addressProblem: (kind, written) => {
      const address = sources.find((source) => source.kind === kind)?.address(written, {});
      if (address === undefined || !('problem' in address)) return null;
      return problemInEnglish(address);
    },
    schema: () => configSchema(sources, channelKinds) as Json,
    openWorker,
    // Modules that only one command needs are loaded when it runs, so that the others start faster.
    replay: async (...about) => (await import('./replay.ts')).replay(...about),
    openness: async (...about) => (await import('./openness.ts')).askOpenness(...about),
    tryEntry: async (...about) => (await import('./trials.ts')).tryEntry(...about),
    gather: async (...about) => (await import('./imports.ts')).gather(...about),
    survey: surveyAll,
    nearestAccount,
    labIds: (config) => [...ownTables(config.labs).byId.keys()],
    demoDirectory: ownFile('demo'),
    read: createReader().read,
    linkOf: (written) => linkOf(written, written),
    identify: { labs: ownTables, readInput: () => text(process.stdin) },
    openReading: (config, options) => openMigrated(place(config, options, true)),
    openAsking: async (config, options) => {
      // Read-only first: opening an embedded database for writing would create it where there is none.
      await (await openMigrated(place(config, options, true))).close();
      return openMigrated(place(config, options, false));
    },
    backup: async (dataDir, file) => (await import('../store/backup.ts')).backupSqlite(dataDir, file),
    status: async (...about) => (await import('./channel-commands.ts')).statusOf(...about),
    sendTest: async (...about) => (await import('./channel-commands.ts')).testChannels(...about),
  };
}
