// The grammar of the file: its keys, the values they take, and the descriptions that editors show.
import { z } from 'zod';
import type { ChannelKind } from '../channels/define.ts';
import type { SourceKind } from '../sources/define.ts';
import type { Where } from '../types/core.ts';
import { labsSchema } from './labs.ts';
import {
  expression,
  type ParsedScalar,
  readBaseAddress,
  readDate,
  readDue,
  readDuration,
  readHost,
  readListen,
  readMaxAge,
  readNetwork,
  readQuiet,
  readSchedule,
  readSize,
  readTimeOfDay,
  readTimeZone,
  readWebAddress,
  text,
} from './scalars.ts';

const stages = ['reported', 'pledged', 'seen', 'released'] as const;
const locale = z.enum(['en', 'ko']);
const line = z.string().trim().min(1);
const timeOfDay = { pattern: String.raw`^([01]?\d|2[0-3]):[0-5]\d$` };
const baseAddress = (description: string) => text(readBaseAddress, { description }).optional();
const names = (description: string) => z.array(line).meta({ description });
const told = z
  .array(z.string())
  .optional()
  .meta({ description: 'Names of channels; default: every channel of this file.' });

function readMention(written: string): ParsedScalar<{ readonly kind: 'role' | 'user'; readonly id: string } | null> {
  // An empty `${NAME:-}` leaves an empty string: nobody to mention.
  if (written.trim() === '') return { value: null };
  const [, kind, id] = /^(role|user):(\d{15,20})$/.exec(written.trim()) ?? [];
  if (id === undefined || kind === undefined) {
    return {
      wrong: 'is not a role or user',
      hint: 'such as "role:234567890123456789" or "user:…" (copy the id in Discord)',
    };
  }
  return { value: { kind: kind === 'role' ? 'role' : 'user', id } };
}

const mentioned = text(readMention, {
  description: 'role:ID or user:ID',
  pattern: String.raw`^\s*((role|user):\d{15,20})?\s*$`,
});

const mention = z.union([
  mentioned,
  z.strictObject({
    who: mentioned,
    stages: z.array(z.enum(stages)).optional().meta({ description: 'Only for these stages.' }),
    labs: names('Only for these labs, by their id, such as xai.').optional(),
  }),
]);

const verdicts = [
  'open-data model',
  'open weights, free licence',
  'open weights, limited',
  'open weights',
  'free licence',
  'limited',
  'research only',
  'gated',
  'adapter',
  'code only',
  'closed',
] as const;

const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item.transform((one) => [one]), z.array(item).min(1)]);

const where = z
  .strictObject({
    commercial: oneOrMore(z.enum(['yes', 'conditional', 'no']))
      .optional()
      .meta({ description: 'What commercial use may be.' }),
    maxSize: text(readSize, { description: 'The smallest whole copy is at most so large: 40 GB.' }).optional(),
    tasks: z
      .array(line)
      .min(1)
      .optional()
      .meta({ description: 'What it is for, as the hub calls it: text-generation.' }),
    verdict: z
      .array(z.enum(verdicts))
      .min(1)
      .optional()
      .meta({ description: 'Verdicts of the openness card, or parts of them.' }),
  })
  .optional()
  .meta({ description: 'Only releases whose openness card says so; what is not known passes.' });

type WrittenWhere = NonNullable<z.infer<typeof where>>;

/** The filter as the pipeline reads it; null = no conditions. */
export function whereOf(written: WrittenWhere | undefined): Where | null {
  if (written === undefined) return null;
  const { commercial, maxSize, tasks, verdict } = written;
  return {
    ...(commercial === undefined ? {} : { commercial }),
    ...(maxSize === undefined ? {} : { maxBytes: maxSize }),
    ...(tasks === undefined ? {} : { tasks }),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

const channelOptions = {
  where,
  mention: z.array(mention).default([]).meta({ description: 'Roles and users that alerts ping.' }),
  quiet: text(readQuiet, { description: 'Hold back between these hours, deliver after: "22:00-08:00".' }).optional(),
  digest: z.enum(['off', 'daily', 'weekly']).default('off').meta({ description: 'Collect alerts into one message.' }),
  digestAt: text(readTimeOfDay, { description: 'When the digest comes: "09:00".', ...timeOfDay }).optional(),
  silent: z.array(z.enum(stages)).default([]).meta({ description: 'Stages that are sent without a notification.' }),
  thread: z.boolean().default(false).meta({ description: 'Updates in a thread of the message.' }),
  operator: z.boolean().default(false).meta({ description: 'Also gets notices about broken sources and channels.' }),
  locale: locale.optional().meta({ description: 'Language of the alerts here; default: that of the file.' }),
};

/** The schema of one entry of `channels`, once its kind is known. */
export function channelSchema(kind: ChannelKind) {
  return z.strictObject({ [kind.kind]: kind.options, ...channelOptions });
}

export const channelOptionKeys: readonly string[] = Object.keys(channelOptions);
/** The options that every channel kind has. */
export const channelOptionsSchema = z.object(channelOptions);

const watchOptions = {
  where,
  every: text(readDuration, { description: 'Shortest time between two looks: 30s, 15m, 2h, 1d.' }).optional(),
  to: told,
  weight: z
    .number()
    .positive()
    .default(1)
    .meta({ description: 'How much an hour of delay here matters beside others.' }),
  firstRun: z
    .enum(['quiet', 'latest'])
    .default('quiet')
    .meta({ description: 'latest: tell the newest item at the first look.' }),
};

const filters = {
  prereleases: z.boolean().default(false).meta({ description: 'Tell prereleases too.' }),
  include: expression('include', { description: 'RE2 expression: tell only what it finds.' }).optional(),
  exclude: expression('exclude', { description: 'RE2 expression: do not tell what it finds.' }).optional(),
  match: z
    .strictObject({
      any: names('Tell only what holds one of these.').default([]),
      none: names('Do not tell what holds one of these.').default([]),
    })
    .optional()
    .meta({ description: 'Case-insensitive text in title or summary.' }),
  only: z
    .literal('models')
    .optional()
    .meta({ description: 'models: tell only what is read as the release, promise or rumour of a model.' }),
  maxAge: text(readMaxAge, {
    description:
      'Do not tell what was published more than this before the last good look: 12h, 30d; off: tell it whatever its age. Default 30d.',
  }).optional(),
};

export const watchOptionKeys: readonly string[] = [...Object.keys(watchOptions), ...Object.keys(filters), 'on'];
/** The options that every source has. */
export const watchOptionsSchema = z.object({ ...watchOptions, ...filters, on: z.array(z.string()).optional() });

/** One entry of `watch`, once its source is known. */
export function watchSchema(source: SourceKind) {
  const own = Object.entries(filters).filter(([name]) => Object.hasOwn(source.options, name));
  const events =
    source.events.length === 0
      ? {}
      : { on: z.array(z.enum(source.events)).min(1).optional().meta({ description: 'What is told; default: all.' }) };
  return z.strictObject({
    [source.kind]: z.string().trim().min(1),
    ...source.options,
    ...events,
    ...Object.fromEntries(own),
    ...watchOptions,
  });
}

/** `lab: ID`: every watch the labs table lists for a lab, all with these options. */
export const labWatchSchema = z.strictObject({
  lab: line.meta({ description: 'The id of a lab, such as xai: its accounts, feeds and pages.' }),
  ...watchOptions,
});

/** One entry of `pledges`. */
export const pledgeSchema = z.strictObject({
  model: line.meta({ description: 'The model that was promised.' }),
  by: line.meta({ description: 'Who promised it.' }),
  said: text(readDate, { description: 'The day it was said, YYYY-MM-DD.' }),
  due: text(readDue, { description: 'A date, FROM..TO, or words such as "next week".' }).optional(),
  source: text(readWebAddress, { description: 'Where it was said.' }).optional(),
  lab: line.optional().meta({ description: 'The id of the lab, such as xai.' }),
  zone: text(readTimeZone, { description: 'IANA time zone of the due day.' }).optional(),
  state: z.literal('withdrawn').optional().meta({ description: 'The promise was taken back.' }),
  to: told,
});

const count = (description: string) => z.int().positive().optional().meta({ description });

const sections = {
  files: z.array(line).optional().meta({
    description: 'Further files with `channels`, `watch` and `pledges`, such as "watch.d/*.yaml", from this folder.',
  }),
  schedule: text(readSchedule, { description: 'node-cron expression: when the worker wakes.' }).optional(),
  timezone: text(readTimeZone, {
    description: 'IANA time zone of schedules, digests and quiet hours; default UTC.',
  }).optional(),
  locale: locale.optional().meta({ description: 'Language of alerts; default en.' }),
  http: z
    .strictObject({
      allowPrivate: z
        .array(text(readHost, { description: 'A host without port.' }))
        .default([])
        .meta({ description: 'Hosts on private addresses that feeds and pages may reach.' }),
    })
    .optional(),
  server: z
    .strictObject({
      listen: text(readListen, {
        description:
          'HOST:PORT of the board, its feeds and API, /healthz, /metrics and /hooks/huggingface; LANDFALL_LISTEN wins.',
      }).optional(),
      public: z
        .boolean()
        .optional()
        .meta({ description: 'true: without /status, /metrics and /api/v1/watches; default false.' }),
      trustProxy: z
        .array(text(readNetwork, { description: 'An IP address or network.' }))
        .optional()
        .meta({ description: 'Proxies whose X-Forwarded-For counts.' }),
    })
    .optional(),
  github: z
    .strictObject({
      apiUrl: baseAddress('Default https://api.github.com; GITHUB_API_URL wins.'),
      graphqlUrl: baseAddress('Default <api>/graphql; GITHUB_GRAPHQL_URL wins.'),
      serverUrl: baseAddress('Default https://github.com; GITHUB_SERVER_URL wins.'),
      share: z.number().min(0.01).max(1).optional().meta({
        description:
          "The part of the token's hourly limit that looks take on average; one hour may take twice as much. Default 0.27.",
      }),
    })
    .optional(),
  huggingface: z
    .strictObject({ endpoint: baseAddress('Default https://huggingface.co; HF_ENDPOINT wins.') })
    .optional(),
  modelscope: z
    .strictObject({ endpoint: baseAddress('Default https://modelscope.cn; MODELSCOPE_ENDPOINT wins.') })
    .optional(),
  discord: z.strictObject({ apiUrl: baseAddress('Default https://discord.com/api; DISCORD_API_URL wins.') }).optional(),
  labs: labsSchema,
  bot: z
    .strictObject({
      commands: z.boolean().optional().meta({ description: 'Slash commands in Discord; default false.' }),
      watchesPerGuild: count('Default 50.'),
      looksPerHourPerGuild: count('Default 500.'),
    })
    .optional(),
};

/** The whole file, with these schemas for its channels, watches and pledges. */
export function fileSchema<C extends z.ZodType, W extends z.ZodType, P extends z.ZodType>(
  channel: C,
  watch: W,
  pledge: P,
) {
  return z.strictObject({
    ...sections,
    channels: z
      .record(z.string(), channel)
      .default({})
      .meta({ description: 'Where alerts go, by a name of your own.' }),
    watch: z.array(watch).default([]).meta({ description: 'What is watched.' }),
    pledges: z.array(pledge).default([]).meta({ description: 'Promises to hold somebody to.' }),
  });
}

/** The file with its entries unchecked: they are parsed one by one once their kind is known. */
export const outerSchema = fileSchema(z.unknown(), z.unknown(), z.unknown());
export type Outer = z.infer<typeof outerSchema>;
