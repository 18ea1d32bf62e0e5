// landfall import: what somebody stars, follows, likes or reads, as entries of the watch list.
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseOpml } from 'feedsmith';
import { withWatches } from '../config/append.ts';
import { formatProblem } from '../config/problem.ts';
import type { Config } from '../config/shape.ts';
import { errorText } from '../infra/log.ts';
import { oneLine } from '../messages/outside.ts';
import { type CommandContext, exit, fail, type Importable, type ImportWish, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';
import { entryLines } from './entry.ts';

const opmlBytes = 10_000_000;
/** OPML outlines that are nested deeper are not lists of feeds. */
const deepest = 20;

interface Outline {
  readonly text?: string | undefined;
  readonly title?: string | undefined;
  readonly xmlUrl?: string | undefined;
  readonly outlines?: readonly Outline[] | undefined;
}

function feedsIn(outlines: readonly Outline[], depth = 0): ImportWish['feeds'] {
  if (depth > deepest) return [];
  return outlines.flatMap(({ text, title, xmlUrl, outlines: inner = [] }) => [
    ...(xmlUrl === undefined ? [] : [{ url: xmlUrl.trim(), title: title ?? text ?? null }]),
    ...feedsIn(inner, depth + 1),
  ]);
}

async function readOpml(file: string): Promise<ImportWish['feeds'] | { readonly failed: string }> {
  try {
    if ((await stat(file)).size > opmlBytes) return { failed: `${file} is larger than ${opmlBytes / 1e6} MB` };
    const { body } = parseOpml(await readFile(file, 'utf8'));
    return feedsIn((body?.outlines ?? []) as readonly Outline[]);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === 'ENOENT') return { failed: `${file}: there is no such file` };
    return { failed: `${file} cannot be read as a list of feeds (OPML): ${errorText(error)}` };
  }
}

type Entries = Importable['entries'];

function linesOf({ entry, title }: Entries[number]): readonly string[] {
  const lines = entryLines(entry).map((line) => line.slice(2));
  const note = title === null ? '' : oneLine(title).slice(0, 80);
  return lines.map((line, index) => (index === 0 && note !== '' ? `${line}   # ${note}` : line));
}

/** Writes beside the file, checks the result as a configuration, and only then replaces the file. Null = done; else why not. */
async function append(context: CommandContext, config: Config, entries: Entries): Promise<string | null> {
  const { app, options } = context;
  const file = await realpath(options.config);
  const before = await readFile(file, 'utf8');
  const text = withWatches(
    before,
    entries.map((one) => ({ value: one.entry, lines: linesOf(one) })),
  );
  if (text === null)
    return `the \`watch\` list of ${options.config} is written in a way that cannot be gone on with: paste the lines above`;
  const trial = join(dirname(file), `.${basename(file)}.import-${process.pid}`);
  try {
    await writeFile(trial, text, { flag: 'wx', mode: (await stat(file)).mode & 0o777 });
    const reading = await app.readConfig(trial, { sends: false });
    if ('problems' in reading) return reading.problems.map(formatProblem).join('\n');
    const kept = new Set(reading.config.targets.map(({ id }) => id));
    const whole = config.targets.every(({ id }) => kept.has(id));
    if (!whole || kept.size !== config.targets.length + entries.length)
      return `the \`watch\` list of ${options.config} would not be what it was: paste the lines above`;
    if ((await readFile(file, 'utf8')) !== before) return `${options.config} was changed meanwhile: try again`;
    await rename(trial, file);
    return null;
  } finally {
    await rm(trial, { force: true });
  }
}

const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

function summary({ entries, watched, unfit, whole }: Importable): string {
  const all = entries.length + watched.length + unfit.length;
  const parts = [
    `${all}${whole ? '' : ' or more'} found`,
    many(watched.length, 'is watched already', 'are watched already'),
    `${entries.length} new`,
  ];
  return parts.join(', ');
}

async function wishOf({ option }: CommandContext): Promise<ImportWish | { readonly failed: string }> {
  const file = option('opml');
  const feeds = file === null ? [] : await readOpml(file);
  if ('failed' in feeds) return feeds;
  return { stars: option('stars'), following: option('following'), likes: option('hfLikes'), feeds };
}

export const importWatches: RunCommand = (context) =>
  withConfig(
    context,
    async (config) => {
      const { app, out, options, option, flag, signal } = context;
      if (['stars', 'following', 'hfLikes', 'opml'].every((name) => option(name) === null))
        return fail(
          out,
          'import from where? --stars USER, --following USER, --hf-likes USER or --opml FILE',
          exit.wrong,
        );
      const wish = await wishOf(context);
      if ('failed' in wish) return fail(out, wish.failed);
      const gathered = await app.gather(config, wish, signal);
      if ('failed' in gathered) return fail(out, gathered.failed);
      const { entries, watched, unfit } = gathered;
      const yaml = entries
        .flatMap(linesOf)
        .map((line) => `  ${line}\n`)
        .join('');
      if (!out.json) {
        for (const one of unfit) out.say(`left out: ${one}`);
        out.say(
          `${summary(gathered)}${flag('append') || entries.length === 0 ? '' : '; to be pasted under `watch:`, or `--append` writes them into the file'}`,
        );
        if (yaml !== '') out.print(yaml.trimEnd());
      }
      const appends = flag('append') && entries.length > 0;
      const refused = appends ? await append(context, config, entries) : null;
      if (refused !== null) return fail(out, refused);
      if (out.json)
        out.print(
          JSON.stringify({ watches: entries.map(({ entry }) => entry), watched, unfit, yaml, appended: appends }),
        );
      else if (appends) out.say(`${options.config}: ${many(entries.length, 'watch', 'watches')} added`);
      return exit.done;
    },
    { sends: false },
  );
