// Minimal sources and channels for tests of the configuration: only their static half.
import { z } from 'zod';
import type { ChannelKind } from '../../../src/channels/define.ts';
import type { ConfigInput } from '../../../src/config/read.ts';
import { readConfig } from '../../../src/config/read.ts';
import type { Config, ConfigReading } from '../../../src/config/shape.ts';
import type { SourceKind } from '../../../src/sources/define.ts';

const words = (text: string) => ({ code: 'file.words', params: { text } }) as const;

function notOpened(): never {
  throw new Error('reading a configuration opens nothing');
}

function source(
  kind: string,
  events: readonly string[],
  options: z.ZodRawShape,
  wanted: RegExp,
  shape?: string,
): SourceKind {
  return {
    kind,
    events,
    options,
    floorMs: 60_000,
    address: (written, entry) => {
      if (!wanted.test(written))
        return { problem: words(`\`${written}\` is not an address of ${kind}`), help: words('see the documentation') };
      if (shape !== undefined && typeof entry[shape] !== 'string')
        return { problem: words(`${kind} needs \`${shape}\``), help: words(`such as ${shape}: a`), about: shape };
      const select = shape === undefined ? null : String(entry[shape]);
      const id = `${kind}:${written.toLowerCase()}${select === null ? '' : `#${select}`}`;
      return { target: { id, source: kind, address: written, shape: select } };
    },
    open: notOpened,
  };
}

const include = { include: z.string().optional(), exclude: z.string().optional() };
const owned = /^[\w.-]+(\/[\w.-]+)?$/;
const web = /^https?:\/\/\S+$/;

export const sources: readonly SourceKind[] = [
  source(
    'github',
    ['release', 'tag', 'repo', 'code', 'licence', 'state'],
    { ...include, prereleases: z.boolean().optional() },
    owned,
  ),
  source('huggingface', ['model', 'weights', 'licence', 'gated', 'state'], include, owned),
  source('feed', [], { ...include, match: z.unknown().optional() }, web),
  source('page', [], { ...include, select: z.string() }, web, 'select'),
  source('sitemap', [], include, web),
];

const discordOptions = z.union([z.strictObject({ channel: z.string() }), z.strictObject({ webhook: z.string() })]);

export const channels: readonly ChannelKind[] = [
  {
    kind: 'terminal',
    options: z.boolean(),
    usable: (options) => (options === true ? true : null),
    open: notOpened,
  },
  {
    kind: 'discord',
    options: discordOptions,
    usable: (options, secrets) => {
      const parsed = discordOptions.parse(options);
      if ('webhook' in parsed) return parsed.webhook === '' ? null : true;
      if (parsed.channel === '') return null;
      return secrets.DISCORD_TOKEN === undefined ? 'DISCORD_TOKEN is not set' : true;
    },
    open: notOpened,
  },
];

export const now = Date.parse('2026-11-20T12:00:00Z');

export function read(text: string | null, more: Partial<ConfigInput> = {}): ConfigReading {
  const readFile = (): string => {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  };
  return readConfig({ file: 'landfall.yaml', text, env: {}, readFile, sources, channels, now, ...more });
}

/** The configuration in a text without mistakes. */
export function good(text: string, more: Partial<ConfigInput> = {}): Config {
  const reading = read(text, more);
  if ('problems' in reading) throw new Error(`unexpected: ${JSON.stringify(reading.problems)}`);
  return reading.config;
}

/** `LINE:COL message | hint`, one per problem. */
export function bad(text: string, more: Partial<ConfigInput> = {}): readonly string[] {
  const reading = read(text, more);
  if (!('problems' in reading)) return [];
  return reading.problems.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint === null ? '' : ` | ${hint}`}`,
  );
}
