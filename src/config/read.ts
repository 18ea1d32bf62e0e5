// YAML and environment → one checked Config, or every problem at once with its line and column.

import type { ChannelKind } from '../channels/define.ts';
import type { SourceKind } from '../sources/define.ts';
import type { Problem } from '../types/core.ts';
import { iso } from '../types/time.ts';
import { implicitTerminal, readChannels } from './channels.ts';
import { concealAll, hiddenIn, secretsIn } from './conceal.ts';
import { readDocument } from './document.ts';
import { readEnvironment } from './environment.ts';
import { type Outer, outerSchema } from './grammar.ts';
import { type ConfigIssue, findings } from './issues.ts';
import { valueAt } from './keys.ts';
import { readInPieces } from './pieces.ts';
import { type Knowledge, readPledges } from './pledges.ts';
import type { Config, ConfigReading } from './shape.ts';
import { type Env, openVariables, type ReadFile } from './variables.ts';
import { type Audience, readWatches } from './watches.ts';

// Characters from which on reading in pieces saves tens of megabytes.
const longText = 10_000;

export interface ConfigInput extends Knowledge {
  /** Path as given, for messages. */
  readonly file: string;
  /** The file's text; null when there is no such file. */
  readonly text: string | null | { readonly unreadable: string };
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

/** Never throws for what stands in the file or the environment; no problem shows a secret's value. */
export function readConfig(input: ConfigInput): ConfigReading {
  const variables = openVariables(input.env, input.readFile);
  const problems: Problem[] = [];
  const report = (
    line: number,
    column: number,
    message: string,
    hint: string | null,
    severity: Problem['severity'],
  ) => {
    const safe = (text: string) => hideWebhook(variables.redact(text));
    problems.push({
      file: input.file,
      line,
      column,
      message: safe(message),
      hint: hint === null ? null : safe(hint),
      severity,
    });
  };
  if (input.text === null) {
    report(1, 1, 'there is no such file', '`landfall init` writes one; `--config FILE` names another', 'error');
    return { problems };
  }
  if (typeof input.text !== 'string') {
    report(1, 1, input.text.unreadable, '`--config FILE` names the file to read', 'error');
    return { problems };
  }
  const sends = input.sends ?? true;
  const lenient = sends ? [] : ['channels'];

  const text = input.text.replace(/^\uFEFF/, '');
  const document =
    (text.length > longText ? readInPieces(text, variables, lenient) : null) ?? readDocument(text, variables, lenient);
  for (const { line, column, message, hint, severity } of document.faults)
    report(line, column, message, hint, severity);
  const note = (found: readonly ConfigIssue[], severity: Problem['severity'] = 'error') => {
    for (const { path, at, message, hint } of found) {
      if (path.length > 0 && at === 'value' && document.spoilt(path)) continue;
      const { line, column } = path.length === 0 ? { line: 1, column: 1 } : document.place(path, at);
      report(line, column, message, hint, severity);
    }
  };

  const written = withoutEmptySections(document.value ?? {});
  const outer = outerSchema.safeParse(written);
  if (!outer.success) note(findings(outer.error.issues, outerSchema, written, [], document.source));
  const file: Outer = outer.success ? outer.data : wellFormedPart(written);
  const surroundings = readEnvironment(file, variables);
  note(surroundings.findings);

  const added = file.labs ?? {};
  const { labs, labWatches } = input;
  const knowledge: Knowledge = {
    ...input,
    ...(labs === undefined ? {} : { labs: () => [...new Set([...labs(), ...Object.keys(added)])] }),
  };
  const locale = file.locale ?? 'en';
  const timezone = file.timezone ?? 'UTC';
  const defaults = {
    kinds: input.channels,
    secrets: surroundings.secrets,
    locale,
    timezone,
    labs: knowledge.labs ?? null,
    sends,
    source: document.source,
  };
  const named = readChannels(file.channels, defaults);
  note(named.findings);
  note(named.doubts, 'warning');
  // A terminal that was switched off by name does not stand in for the others.
  const declined = named.channels.some((channel) => channel.kind === 'terminal' && !channel.on);
  const terminal = declined || named.channels.some((channel) => channel.on) ? null : implicitTerminal(defaults);
  const channels =
    terminal === null ? named.channels : [...named.channels.filter(({ name }) => name !== terminal.name), terminal];
  const on = channels.filter((channel) => channel.on).map(({ name }) => name);
  const audience: Audience = {
    known: Object.keys(file.channels),
    // With no channel of the file usable, the terminal stands in for all of them.
    told: (to) => (to === null || (terminal !== null && to.length > 0) ? on : on.filter((name) => to.includes(name))),
  };

  const watched = readWatches(
    file.watch,
    {
      sources: input.sources,
      labs: knowledge.labs,
      labWatches: labWatches?.(added),
      accounts: input.accounts?.(added),
    },
    audience,
    document.source,
  );
  note(watched.findings);
  note(watched.doubts, 'warning');
  const pledged = readPledges(file.pledges, audience, knowledge, document.source);
  note(pledged.findings);
  const commands = file.bot?.commands ?? false;
  if (file.watch.length === 0 && !commands && problems.length === 0) {
    note([{ path: [], at: 'value', message: 'nothing is watched', hint: 'add entries under `watch`' }], 'warning');
  }

  if (!problems.some(({ severity }) => severity === 'error')) {
    if (on.length === 0) note([everyChannelOff], 'warning');
    note([...toldNobody('watch', file.watch), ...toldNobody('pledges', file.pledges)], 'warning');
  }

  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  const hidden = hiddenIn(variables.values());
  const config: Config = {
    file: input.file,
    schedule: file.schedule ?? '*/30 * * * * *',
    timezone,
    locale,
    allowPrivate: file.http?.allowPrivate ?? [],
    listen: surroundings.listen ?? file.server?.listen ?? null,
    server: { public: file.server?.public ?? false, trustProxy: file.server?.trustProxy ?? [] },
    channels,
    ...concealAll(watched.targets, watched.watches, hidden),
    hidden,
    pledges: pledged.pledges,
    labs: added,
    bot: {
      commands,
      watchesPerGuild: file.bot?.watchesPerGuild ?? 50,
      looksPerHourPerGuild: file.bot?.looksPerHourPerGuild ?? 500,
    },
    secrets: surroundings.secrets,
    addresses: surroundings.addresses,
    shares: file.github?.share === undefined ? {} : { github: file.github.share },
    logLevel: surroundings.logLevel,
  };
  const secrets = [...Object.values(surroundings.secrets), ...secretsIn(variables.values())];
  return { config, warnings: problems, secrets, readAt: iso(input.now) };
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

/** A section whose entries are all commented out reads as null: as good as not there. */
function withoutEmptySections(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null));
}

/** What can still be checked of a file with mistakes in it, so that all of them are reported at once. */
function wellFormedPart(written: unknown): Outer {
  const sections =
    typeof written === 'object' && written !== null && !Array.isArray(written) ? Object.entries(written) : [];
  const sound = sections.filter(([key, section]) => outerSchema.safeParse({ [key]: section }).success);
  const rest = outerSchema.safeParse(Object.fromEntries(sound));
  return rest.success ? rest.data : outerSchema.parse({});
}

/** A webhook written out literally may stand in a wrong value: its token is not repeated. */
function hideWebhook(text: string): string {
  return text.replace(/(webhooks\/\d+\/)[\w-]+/g, '$1…');
}
