// The `channels` section: each entry of a known kind, switched on or off.
import type { ChannelKind } from '../channels/define.ts';
import type { Path } from './document.ts';
import { channelOptionKeys, channelOptionsSchema, channelSchema, whereOf } from './grammar.ts';
import { type ConfigIssue, findings } from './issues.ts';
import type { ChannelConfig, MentionRule } from './shape.ts';
import { nearest, spellingHint } from './spelling.ts';

export interface ChannelsReading {
  readonly channels: readonly ChannelConfig[];
  readonly findings: readonly ConfigIssue[];
  /** Warnings about settings that depend on permissions in Discord, which are not checked here. */
  readonly warnings: readonly ConfigIssue[];
}

export interface ChannelDefaults {
  readonly kinds: readonly ChannelKind[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly locale: string;
  readonly timezone: string;
  /** Ids of known labs, fetched only when a rule names one; null = any is accepted. */
  readonly labs: (() => readonly string[]) | null;
  /** False: nothing will be sent, so what only sending needs (secrets, mentions) may be missing. */
  readonly sends: boolean;
  readonly source: (path: Path) => string | null;
}

export function readChannels(entries: Readonly<Record<string, unknown>>, defaults: ChannelDefaults): ChannelsReading {
  const read = Object.entries(entries).map(([name, entry]) => readChannel(name, entry, defaults));
  return {
    channels: read.flatMap(({ channels }) => channels),
    findings: read.flatMap((one) => one.findings),
    warnings: read.flatMap((one) => one.warnings),
  };
}

/** Where alerts go when nothing else is configured; null when no channel kind is a terminal. */
export function implicitTerminal(defaults: ChannelDefaults): ChannelConfig | null {
  const { channels } = readChannel('terminal', { terminal: true }, defaults);
  return channels[0] ?? null;
}

const bridge = (what: string): string => `${what}: a \`webhook:\` to a bridge posts there, see docs/webhooks.md`;

/** Keys people try for services that have no channel kind, with the way to reach them all the same. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['telegram', bridge('there is no channel for Telegram')],
  ['slack', bridge('there is no channel for Slack')],
  ['matrix', bridge('there is no channel for Matrix')],
  ['ntfy', bridge('there is no channel for ntfy')],
  ['teams', bridge('there is no channel for Teams')],
  ['email', bridge('there is no channel for mail')],
  ['mail', bridge('there is no channel for mail')],
  ['smtp', bridge('there is no channel for mail')],
]);

const notRead = (path: Path, at: ConfigIssue['at'], message: string, hint: string | null): ChannelsReading => ({
  channels: [],
  findings: [{ path, at, message, hint }],
  warnings: [],
});

/** For an entry with no key that is a known channel kind. */
function withoutKind(entry: object, path: Path, { kinds, source }: ChannelDefaults): ChannelsReading {
  const known = kinds.map(({ kind }) => kind);
  const odds = Object.keys(entry).filter((key) => !channelOptionKeys.includes(key));
  const odd =
    odds.find((key) => elsewhere.has(key.toLowerCase()) || nearest(key, known) !== null) ??
    odds.find((key) => nearest(key, channelOptionKeys) === null);
  const hint = odd === undefined ? null : (elsewhere.get(odd.toLowerCase()) ?? spellingHint(odd, known));
  const unknown =
    odd === undefined
      ? notRead(
          path,
          'key',
          `channel \`${String(path.at(-1))}\` says nowhere to send to`,
          `give it one of: ${known.join(', ')}`,
        )
      : notRead([...path, odd], 'key', `unknown kind of channel \`${odd}\``, hint);
  const common = channelOptionsSchema.safeParse(entry);
  if (common.success) return unknown;
  const unfit = findings(common.error.issues, { schema: channelOptionsSchema, input: entry, base: path, source });
  return { ...unknown, findings: [...unknown.findings, ...unfit] };
}

function readChannel(name: string, written: unknown, defaults: ChannelDefaults): ChannelsReading {
  const entry = defaults.sends ? written : withoutMentions(written);
  const path: Path = ['channels', name];
  // Names become part of ids in the database, where `>`, `/`, `:` and `#` are separators.
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u.test(name)) {
    return notRead(path, 'key', 'a channel needs a name of letters, digits, `-`, `_` and `.`', null);
  }
  const known = defaults.kinds.map(({ kind }) => kind);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    const hint = `give it one of: ${known.join(', ')}`;
    return notRead(path, 'key', `channel \`${name}\` says nowhere to send to`, hint);
  }
  const kinds = defaults.kinds.filter(({ kind }) => Object.hasOwn(entry, kind));
  const [kind, second] = kinds;
  if (second !== undefined) {
    const message = `a channel goes to one place, \`${name}\` has ${kinds.length}`;
    return notRead([...path, second.kind], 'key', message, 'write two channels');
  }
  if (kind === undefined) return withoutKind(entry, path, defaults);
  const schema = channelSchema(kind);
  const parsed = schema.safeParse(entry);
  const own = kind.options.safeParse(Object.entries(entry).find(([key]) => key === kind.kind)?.[1]);
  const asked = own.success ? kind.usable(own.data, defaults.secrets) : null;
  const usable = typeof asked === 'string' && !defaults.sends ? true : asked;
  const problem: readonly ConfigIssue[] =
    typeof usable === 'string' ? [{ path: [...path, kind.kind], at: 'key', message: usable, hint: null }] : [];
  if (!parsed.success) {
    const unfit = findings(parsed.error.issues, { schema, input: entry, base: path, source: defaults.source });
    return { channels: [], findings: [...unfit, ...problem], warnings: [] };
  }
  const common = channelOptionsSchema.parse(entry);
  const unknownLabs = common.mention.flatMap((rule, index) =>
    labFindings(rule, [...path, 'mention', index], defaults.labs),
  );
  return {
    channels: [
      {
        name,
        kind: kind.kind,
        options: own.data,
        on: usable === true,
        locale: common.locale ?? defaults.locale,
        timezone: defaults.timezone,
        mention: common.mention.flatMap(mentionRule),
        quiet: common.quiet ?? null,
        digest: common.digest,
        digestAt: common.digestAt ?? 9 * 60,
        silent: common.silent,
        thread: common.thread,
        operator: common.operator,
        where: whereOf(common.where),
      },
    ],
    findings: [...unknownLabs, ...problem],
    warnings:
      usable === true && defaults.sends ? pingWarnings(name, kind, own.data, common.mention.flatMap(mentionRule)) : [],
  };
}

/** Whether a role's mention notifies anyone depends on the role and the bot's permissions, which the file cannot show. */
function pingWarnings(
  name: string,
  kind: ChannelKind,
  options: unknown,
  mention: readonly MentionRule[],
): readonly ConfigIssue[] {
  const hint = mention.some((rule) => rule.kind === 'role') ? (kind.pinging?.(options) ?? null) : null;
  const message = `\`${name}\` pings a role, which rings only where the bot is allowed to`;
  return hint === null ? [] : [{ path: ['channels', name, 'mention'], at: 'key', message, hint }];
}

function withoutMentions(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== 'mention'));
}

type Mention = ReturnType<typeof channelOptionsSchema.parse>['mention'][number];

function mentionRule(mention: Mention): readonly MentionRule[] {
  if (mention === null) return [];
  if (!('who' in mention)) return [{ ...mention, stages: null, labs: null }];
  if (mention.who === null) return [];
  return [{ ...mention.who, stages: mention.stages ?? null, labs: mention.labs ?? null }];
}

function labFindings(mention: Mention, path: Path, known: ChannelDefaults['labs']): readonly ConfigIssue[] {
  if (known === null || mention === null || !('who' in mention)) return [];
  if (mention.labs === undefined || mention.labs.length === 0) return [];
  const labs = known();
  return mention.labs.flatMap((lab, index) =>
    labs.includes(lab)
      ? []
      : [
          {
            path: [...path, 'labs', index],
            at: 'value',
            message: `unknown lab \`${lab}\``,
            hint: spellingHint(lab, labs),
          } as const,
        ],
  );
}
