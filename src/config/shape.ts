// The checked configuration, which the rest of the program relies on.
import type { Iso, Problem, Target, Watch, Where } from '../types/core.ts';
import type { LabAdditions } from '../types/labs.ts';

export interface MentionRule {
  /** The kind of mention and its Discord id (snowflake). */
  readonly kind: 'role' | 'user';
  readonly id: string;
  /** Stages and labs that this rule applies to; null = all. */
  readonly stages: readonly string[] | null;
  readonly labs: readonly string[] | null;
}

export interface ChannelConfig {
  readonly name: string;
  /** `discord`, `terminal`: a kind of channels/index.ts. */
  readonly kind: string;
  /** As parsed by that kind's `options`. */
  readonly options: unknown;
  /** False: switched off (such as by an empty webhook); it gets nothing, and that is not an error. */
  readonly on: boolean;
  readonly locale: string;
  readonly timezone: string;
  readonly mention: readonly MentionRule[];
  /** Minutes after midnight in the timezone; null = none. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
  readonly digest: 'off' | 'daily' | 'weekly';
  /** Minutes after midnight. */
  readonly digestAt: number;
  readonly silent: readonly string[];
  readonly thread: boolean;
  readonly operator: boolean;
  /** What a release's openness card must say for the release to be told here; null = anything. */
  readonly where: Where | null;
}

export interface PledgeConfig {
  readonly model: string;
  readonly by: string;
  /** YYYY-MM-DD. */
  readonly said: string;
  /** As written: a date, `FROM..TO`, or words; null = none. */
  readonly due: string | null;
  readonly source: string | null;
  readonly lab: string | null;
  readonly zone: string | null;
  readonly withdrawn: boolean;
  readonly to: readonly string[];
}

export interface Config {
  /** Path as given, for messages. */
  readonly file: string;
  /** node-cron expression of the wakes. */
  readonly schedule: string;
  readonly timezone: string;
  readonly locale: string;
  readonly allowPrivate: readonly string[];
  readonly listen: { readonly host: string; readonly port: number } | null;
  /** `public`: without /status, /metrics and /api/v1/watches. `trustProxy`: addresses and networks of proxies. */
  readonly server: { readonly public: boolean; readonly trustProxy: readonly string[] };
  readonly channels: readonly ChannelConfig[];
  readonly targets: readonly Target[];
  /** `since` is null and `paused` false here: the real values are in the store. */
  readonly watches: readonly Watch[];
  readonly pledges: readonly PledgeConfig[];
  /** What the file adds to the labs table. */
  readonly labs: LabAdditions;
  readonly bot: { readonly commands: boolean; readonly watchesPerGuild: number; readonly looksPerHourPerGuild: number };
  /** GITHUB_TOKEN, GITHUB_APP_ID, GITHUB_APP_KEY, HF_TOKEN, DISCORD_TOKEN, DATABASE_URL, HF_WEBHOOK_SECRET, when set. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Values of the placeholders (`${NAME}`) in the targets' addresses. */
  readonly hidden: Readonly<Record<string, string>>;
  /** `github.apiUrl`, `github.graphqlUrl`, `github.serverUrl`, `huggingface.endpoint`, `modelscope.endpoint`,
   * `discord.apiUrl`; no trailing slash. */
  readonly addresses: Readonly<Record<string, string>>;
  /** By source kind: the share of the service's rate limit that looks may use on average; left out: the source's default. */
  readonly shares: Readonly<Record<string, number>>;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export type ConfigReading = (
  | {
      readonly config: Config;
      readonly warnings: readonly Problem[];
      /** Values that must never leave the program in any form (logs, errors, alerts). */
      readonly secrets: readonly string[];
      readonly readAt: Iso;
      /** Where the first entry of a target stands. */
      readonly placeOf: (targetId: string) => Pick<Problem, 'file' | 'line' | 'column'>;
    }
  | { readonly problems: readonly Problem[] }
) & {
  /** The patterns under `files`. */
  readonly patterns: readonly string[];
};
