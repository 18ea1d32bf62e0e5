// YAML and environment → one checked Config, or every problem at once with its line and column.

import type { ChannelKind } from '../channels/define.ts';
import type { SourceKind } from '../sources/define.ts';
import type { Problem } from '../types/core.ts';
import { iso } from '../types/time.ts';
import type { Audience } from './audience.ts';
import { implicitTerminal, readChannels } from './channels.ts';
import { concealAll, hiddenIn, secretsIn } from './conceal.ts';
import { readEnvironment } from './environment.ts';
import { type Outer, outerSchema } from './grammar.ts';
import { type ConfigIssue, findings } from './issues.ts';
import { valueAt } from './keys.ts';
import { type FileText, type Further, readWhole, withoutEmptySections } from './parts.ts';
import { type Knowledge, readPledges } from './pledges.ts';
import type { Config, ConfigReading } from './shape.ts';
import { type Env, openVariables, type ReadFile } from './variables.ts';
import { readWatches } from './watches.ts';

export interface ConfigInput extends Knowledge {
  /** Path as given, for messages. */
  readonly file: string;
  /** The file's text; null when there is no such file. */
  readonly text: FileText;
  /** Finds the files that a pattern under `files` matches; left out: there are none. */
  readonly further?: Further;
  readonly env: Env;
  /** Reads the files that `NAME_FILE` variables name; throws when it cannot. */
  readonly readFile: ReadFile;
  readonly sources: readonly SourceKind[];
  readonly channels: readonly ChannelKind[];
  /** False: nothing will be sent, so what only sending needs may be missing; default true. */
  readonly sends?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function unreadable(text: Exclude<ConfigInput['text'], string>): { readonly message: string; readonly hint: string } {
  return text === null
    ? { message: 'there is no such file', hint: '`landfall init` writes one; `--config FILE` names another' }
    : { message: text.unreadable, hint: '`--config FILE` names the file to read' };
}

/** Who gets alerts: the channels that are switched on, or a terminal when there are none. */
function readAudience(
  named: Config['channels'],
  known: readonly string[],
  defaults: Parameters<typeof implicitTerminal>[0],
  whole: Pick<ReturnType<typeof readWhole>, 'channelsBeside'>,
): Pick<Config, 'channels'> & { readonly on: readonly string[]; readonly audience: Audience } {
  // A terminal that the user switched off by name must not stand in for the other channels.
  const declined = named.some((channel) => channel.kind === 'terminal' && !channel.on);
  const terminal = declined || named.some((channel) => channel.on) ? null : implicitTerminal(defaults);
  const channels = terminal === null ? named : [...named.filter(({ name }) => name !== terminal.name), terminal];
  const on = channels.filter((channel) => channel.on).map(({ name }) => name);
  // While the terminal stands in, it gets the alerts of every channel.
  const told: Audience['told'] = (to, path) => {
    if (terminal !== null && (to === null || to.length > 0)) return on;
    const asked = to ?? whole.channelsBeside(path);
    return on.filter((name) => asked.includes(name));
  };
  return { channels, on, audience: { known, told } };
}

/** Builds the Config, with defaults for what the file leaves out. */
function configOf(
  name: string,
  file: Outer,
  surroundings: ReturnType<typeof readEnvironment>,
  read: Pick<Config, 'channels' | 'targets' | 'watches' | 'hidden' | 'pledges'>,
): Config {
  return {
    ...read,
    file: name,
    schedule: file.schedule ?? '*/30 * * * * *',
    timezone: file.timezone ?? 'UTC',
    locale: file.locale ?? 'en',
    allowPrivate: file.http?.allowPrivate ?? [],
    listen: surroundings.listen ?? file.server?.listen ?? null,
    server: { public: file.server?.public ?? false, trustProxy: file.server?.trustProxy ?? [] },
    labs: file.labs ?? {},
    bot: {
      commands: file.bot?.commands ?? false,
      watchesPerGuild: file.bot?.watchesPerGuild ?? 50,
      looksPerHourPerGuild: file.bot?.looksPerHourPerGuild ?? 500,
    },
    secrets: surroundings.secrets,
    addresses: surroundings.addresses,
    shares: file.github?.share === undefined ? {} : { github: file.github.share },
    logLevel: surroundings.logLevel,
  };
}

type Note = (found: readonly ConfigIssue[], severity?: Problem['severity']) => void;

/** Reads the channels, watches and pledges. */
function readSections(
  input: ConfigInput,
  file: Outer,
  secrets: Config['secrets'],
  {
    whole,
    sends,
    note,
  }: { readonly whole: ReturnType<typeof readWhole>; readonly sends: boolean; readonly note: Note },
) {
  const added = file.labs ?? {};
  const { labs, labWatches } = input;
  const knowledge: Knowledge = {
    ...input,
    ...(labs === undefined ? {} : { labs: () => [...new Set([...labs(), ...Object.keys(added)])] }),
  };
  const defaults = {
    kinds: input.channels,
    secrets,
    locale: file.locale ?? 'en',
    timezone: file.timezone ?? 'UTC',
    labs: knowledge.labs ?? null,
    sends,
    source: whole.source,
  };
  const named = readChannels(file.channels, defaults);
  note(named.findings);
  note(named.warnings, 'warning');
  const { channels, on, audience } = readAudience(named.channels, Object.keys(file.channels), defaults, whole);
  const watched = readWatches(
    file.watch,
    {
      sources: input.sources,
      labs: knowledge.labs,
      labWatches: labWatches?.(added),
      accounts: input.accounts?.(added),
    },
    audience,
    whole.source,
  );
  note(watched.findings);
  note(watched.warnings, 'warning');
  const pledged = readPledges(file.pledges, audience, knowledge, whole.source);
  note(pledged.findings);
  return { channels, on, watched, pledges: pledged.pledges };
}

/** Never throws because of the file or the environment; no problem shows the value of a secret. */
export function readConfig(input: ConfigInput): ConfigReading {
  const variables = openVariables(input.env, input.readFile);
  const problems: Problem[] = [];
  const report = (problem: Problem) => {
    const safe = (text: string) => hideWebhook(variables.redact(text));
    const { message, hint } = problem;
    problems.push({ ...problem, message: safe(message), hint: hint === null ? null : safe(hint) });
  };
  const main = { file: input.file, line: 1, column: 1, severity: 'error' } as const;
  if (typeof input.text !== 'string') {
    report({ ...main, ...unreadable(input.text) });
    return { problems, patterns: [] };
  }
  const sends = input.sends ?? true;
  const lenient = sends ? [] : ['channels'];

  const whole = readWhole({ file: input.file, text: input.text }, variables, input.further ?? (() => []), lenient);
  for (const fault of whole.faults) report(fault);
  const note: Note = (found, severity = 'error') => {
    for (const { path, at, message, hint } of found) {
      if (path.length > 0 && at === 'value' && whole.spoilt(path)) continue;
      report({ ...(path.length === 0 ? main : whole.place(path, at)), message, hint, severity });
    }
  };

  const written = withoutEmptySections(whole.value ?? {});
  const outer = outerSchema.safeParse(written);
  if (!outer.success)
    note(findings(outer.error.issues, { schema: outerSchema, input: written, base: [], source: whole.source }));
  const file: Outer = outer.success ? outer.data : wellFormedPart(written);
  const surroundings = readEnvironment(file, variables);
  note(surroundings.findings);

  const { channels, on, watched, pledges } = readSections(input, file, surroundings.secrets, { whole, sends, note });
  const commands = file.bot?.commands ?? false;
  if (file.watch.length === 0 && !commands && problems.length === 0) {
    note([{ path: [], at: 'value', message: 'nothing is watched', hint: 'add entries under `watch`' }], 'warning');
  }

  if (!problems.some(({ severity }) => severity === 'error')) {
    if (on.length === 0) note([everyChannelOff], 'warning');
    note([...toldNobody('watch', file.watch), ...toldNobody('pledges', file.pledges)], 'warning');
  }

  const { files, patterns } = whole;
  problems.sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column);
  if (problems.some(({ severity }) => severity === 'error')) return { problems, patterns };
  const hidden = hiddenIn(variables.values());
  const config = configOf(input.file, file, surroundings, {
    channels,
    ...concealAll(watched.targets, watched.watches, hidden),
    hidden,
    pledges,
  });
  const secrets = [...Object.values(surroundings.secrets), ...secretsIn(variables.values())];
  // `config.targets` has secrets replaced in its ids but keeps the order of `watched.targets`, so the index links the two.
  const paths = new Map(
    config.targets.map(({ id }, index) => [id, watched.paths.get(watched.targets[index]?.id ?? '')] as const),
  );
  const placeOf = (id: string) => {
    const path = paths.get(id);
    return path === undefined ? main : whole.place(path, 'value');
  };
  return { config, patterns, warnings: problems, secrets, readAt: iso(input.now), placeOf };
}

const everyChannelOff: ConfigIssue = {
  path: ['channels'],
  at: 'key',
  message: 'every channel of this file is off: its watches are told to nobody',
  hint: null,
};

function toldNobody(section: 'watch' | 'pledges', entries: readonly unknown[]): readonly ConfigIssue[] {
  return entries.flatMap((entry, index): readonly ConfigIssue[] => {
    const to = valueAt(entry, ['to']);
    if (!Array.isArray(to) || to.length > 0) return [];
    const hint = 'leave `to` out to tell every channel of this file';
    return [{ path: [section, index, 'to'], at: 'value', message: '`to` is empty: nobody is told', hint }];
  });
}

/** The sections that are valid in a file with mistakes, so that these can be checked too and all problems shown at once. */
function wellFormedPart(written: unknown): Outer {
  const sections =
    typeof written === 'object' && written !== null && !Array.isArray(written) ? Object.entries(written) : [];
  const valid = sections.filter(([key, section]) => outerSchema.safeParse({ [key]: section }).success);
  const rest = outerSchema.safeParse(Object.fromEntries(valid));
  return rest.success ? rest.data : outerSchema.parse({});
}

/** A webhook URL may be part of the wrong value that a message quotes: its token must not be repeated. */
function hideWebhook(text: string): string {
  return text.replace(/(webhooks\/\d+\/)[\w-]+/g, '$1…');
}
