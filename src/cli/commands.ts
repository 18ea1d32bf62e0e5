// Every command: its help, its arguments and options, and its file, which is loaded only when the command runs.
import type { RunAlone, RunCommand } from './command.ts';
import { entryOptions } from './entry-options.ts';

export interface OptionSpec {
  /** As shown in the help, and as commander parses it: `--record <DIR>`. */
  readonly flags: string;
  readonly says: string;
}

export type CommandSpec = CommandUsage &
  ({ readonly load: () => Promise<RunCommand> } | { readonly loadAlone: () => Promise<RunAlone> });

interface CommandUsage {
  readonly name: string;
  readonly summary: string;
  /** Arguments in commander's notation: `<dir>` is required, `[channel]` is optional, `<words...>` takes several. */
  readonly takes?: string;
  readonly options?: readonly OptionSpec[];
  /** Command lines to type, each with its purpose. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
}

const record: OptionSpec = { flags: '--record <DIR>', says: 'keep what is seen in DIR, for `landfall replay`' };

export const commands: readonly CommandSpec[] = [
  {
    name: 'run',
    summary: 'watch for ever (the default)',
    options: [record],
    examples: [
      ['landfall run', 'with config/landfall.yaml'],
      ['landfall run --config my.yaml --data state', 'with a file and a data directory of your own'],
    ],
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'once',
    summary: 'look at every target once, now; deliver all that is due; exit',
    options: [record],
    examples: [['landfall once', 'the first time remembers and tells nothing; then it tells what is new']],
    load: async () => (await import('./once.ts')).once,
  },
  {
    name: 'demo',
    summary: 'the recorded August 2025: the Grok 2 promise, the missed week, the weights on Hugging Face',
    options: [{ flags: '--board', says: 'then serve the board with what landed, until Ctrl-C' }],
    examples: [
      ['landfall demo', 'no token, no network, nothing is kept'],
      ['landfall demo --board', 'and look at it in a browser'],
    ],
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'replay',
    summary: 'run a recorded past through the configuration and print what would have been told, when',
    takes: '<dir>',
    examples: [['landfall replay recorded', 'what `landfall run --record recorded` kept']],
    load: async () => (await import('./replay.ts')).replay,
  },
  {
    name: 'check',
    summary: 'validate the configuration: every problem as FILE:LINE:COL: message, with a hint',
    takes: '[file]',
    options: [{ flags: '--online', says: 'look at every entry once: what is not there, silent for months, or moved' }],
    examples: [
      ['landfall check', 'the file that `--config` names'],
      ['landfall check my.yaml', 'another one'],
      ['landfall check --online', 'and what it watches'],
    ],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'init',
    summary: 'ask a few questions and write a configuration (never overwrites)',
    examples: [['landfall init --config my.yaml', 'writes my.yaml']],
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'status',
    summary: 'each watch: last look, next look, last change, errors; quotas; what is owed',
    examples: [['landfall status', 'beside a running worker']],
    load: async () => (await import('./status.ts')).status,
  },
  {
    name: 'why',
    summary: 'every stage one item went through, and why it was or was not told',
    takes: '<url|name...>',
    examples: [
      ['landfall why https://x.ai/news/grok-2', 'one link'],
      ['landfall why Grok 2', 'a model'],
    ],
    load: async () => (await import('./why.ts')).why,
  },
  {
    name: 'latest',
    summary: 'what landed, newest first',
    options: [
      { flags: '--lab <LAB>', says: 'only of this lab, by its id, such as xai' },
      { flags: '--since <WHEN>', says: 'not before: 7d, or a day such as 2025-08-01' },
    ],
    examples: [['landfall latest --lab xai --since 30d', 'beside a running worker']],
    load: async () => (await import('./latest.ts')).latest,
  },
  {
    name: 'promises',
    summary: 'promises: overdue, open, kept, withdrawn',
    options: [
      { flags: '--confirm <ID>', says: 'it was promised indeed: counts from the next wake of the worker' },
      { flags: '--dismiss <ID>', says: 'it is no promise' },
    ],
    examples: [
      ['landfall promises', 'with the id of each'],
      ['landfall promises --confirm 9f1c2d3e4f5a6071', 'one that nobody has confirmed'],
    ],
    load: async () => (await import('./promises.ts')).promises,
  },
  {
    name: 'model',
    summary: 'the story and openness card of one model',
    takes: '<name...>',
    examples: [['landfall model Grok 2', 'a name, a link or a key']],
    load: async () => (await import('./model.ts')).model,
  },
  {
    name: 'compare',
    summary: 'two models side by side',
    takes: '<a> <b>',
    examples: [['landfall compare "Grok 1" "Grok 2"', '']],
    load: async () => (await import('./compare.ts')).compare,
  },
  {
    name: 'try',
    summary: 'one look that stores nothing: what is there, what would be told, the YAML to paste',
    takes: '<kind:address...>',
    options: entryOptions,
    examples: [
      ['landfall try huggingface:xai-org', 'an account, as it would be watched'],
      ['landfall try github:vllm-project/vllm --include "^v1"', 'with options of an entry'],
      ['landfall try discover:huggingface --top 20', 'a discovery; lab:xai does too'],
    ],
    load: async () => (await import('./try.ts')).tryWatch,
  },
  {
    name: 'import',
    summary: 'watches from what somebody stars, follows, likes or reads, without what is watched already',
    options: [
      { flags: '--stars <USER>', says: 'repositories that a user of GitHub starred' },
      { flags: '--following <USER>', says: 'accounts on GitHub that a user follows' },
      { flags: '--hf-likes <USER>', says: 'models that a user of Hugging Face likes' },
      { flags: '--opml <FILE>', says: 'feeds of a reader' },
      { flags: '--append', says: 'write them into the configuration; else they are only shown' },
    ],
    examples: [
      ['landfall import --stars octocat', 'shows them'],
      ['landfall import --opml feeds.opml --append', 'writes them; comments of the file stay'],
    ],
    load: async () => (await import('./import.ts')).importWatches,
  },
  {
    name: 'vouch',
    summary: "an account is this lab's own, from the worker's next wake on (also in the YAML: labs)",
    takes: '<account> [lab]',
    options: [{ flags: '--withdraw', says: 'take it back: the next look judges the account anew' }],
    examples: [
      ['landfall vouch meta-models meta', 'an account on Hugging Face'],
      ['landfall vouch github:meta-models meta', 'on GitHub; modelscope: does too'],
      ['landfall vouch meta-models --withdraw', 'it was not theirs'],
    ],
    load: async () => (await import('./vouch.ts')).vouch,
  },
  {
    name: 'identify',
    summary: 'what the name engine reads in a repository id or headline (- reads one a line)',
    takes: '<text...>',
    options: [{ flags: '--at <DATE>', says: 'the day it was said on, such as 2025-08-06 (default: now)' }],
    examples: [
      ['landfall identify xai-org/grok-2', 'a repository'],
      ['landfall identify "Grok 2 will be open source next week" --at 2025-08-06', 'a headline'],
    ],
    load: async () => (await import('./identify.ts')).identify,
  },
  {
    name: 'openness',
    summary: 'the openness card of a repository, with evidence (no prefix: Hugging Face, then GitHub)',
    takes: '<owner/name>',
    examples: [
      ['landfall openness xai-org/grok-2', ''],
      ['landfall openness github:xai-org/grok-1', 'on GitHub alone'],
    ],
    load: async () => (await import('./openness.ts')).openness,
  },
  {
    name: 'send-test',
    summary: 'one marked test message (no channel: to every channel)',
    takes: '[channel]',
    options: [{ flags: '--mention', says: 'ping whom an alert there may ping, and say whether it rang' }],
    examples: [['landfall send-test releases', 'to the channel that the file calls `releases`']],
    load: async () => (await import('./send-test.ts')).sendTest,
  },
  {
    name: 'export',
    summary: 'watches added from Discord, as YAML',
    examples: [['landfall export > discord.yaml', '']],
    load: async () => (await import('./export.ts')).exportAdditions,
  },
  {
    name: 'health',
    summary: "exit 0 when the worker's last beat is at most three wakes old (for HEALTHCHECK)",
    options: [{ flags: '--max-age <TIME>', says: 'how old the last run may be, `once` included: 90s, 30m, 2h, 1d' }],
    examples: [
      ['landfall health', ''],
      ['landfall health --max-age 2h', 'for `once` from cron'],
    ],
    loadAlone: async () => (await import('./health.ts')).health,
  },
  {
    name: 'backup',
    summary: 'a consistent copy of the embedded database, beside a running worker',
    takes: '<file>',
    examples: [['landfall backup landfall-backup.db', 'an existing file is never overwritten']],
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'schema',
    summary: 'the JSON Schema of the configuration',
    examples: [['landfall schema > landfall.schema.json', 'for editors']],
    load: async () => (await import('./schema.ts')).schema,
  },
];
