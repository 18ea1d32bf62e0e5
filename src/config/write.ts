// The YAML text that `landfall init` writes: short, commented, and complete enough to start with.

export interface Answers {
  /** Ids of labs; each stands for everything the labs table lists for it. */
  readonly labs?: readonly string[];
  /** `owner/name`, or an organisation or user. */
  readonly github: readonly string[];
  /** An organisation or user, or one model. */
  readonly huggingface: readonly string[];
  readonly feeds: readonly string[];
  /** Those of the feeds that cover many subjects: only entries about a model are told. */
  readonly press?: readonly string[];
  readonly channel: 'bot' | 'webhook' | 'terminal';
  readonly locale: 'en' | 'ko';
  /** IANA name. */
  readonly timezone: string;
}

/** Environment variables that the written file needs, with the purpose of each. */
export function neededVariables(channel: Answers['channel']): readonly (readonly [name: string, purpose: string])[] {
  switch (channel) {
    case 'bot':
      return [
        ['DISCORD_TOKEN', "the bot's token"],
        ['DISCORD_CHANNEL', 'the id of the channel: right click on it, "Copy Channel ID"'],
      ];
    case 'webhook':
      return [['DISCORD_WEBHOOK', "the webhook's URL: channel settings, Integrations, Webhooks"]];
    case 'terminal':
      return [];
  }
}

/** Secrets are only named, never written. */
export function writeConfig(answers: Answers): string {
  return [
    '# yaml-language-server: $schema=./landfall.schema.json',
    '# (editors then complete and check this file: `landfall schema > landfall.schema.json`, beside it)',
    '#',
    '# `landfall check` says what is wrong in here, `landfall once` looks at everything once, `landfall run` keeps watching.',
    '',
    `timezone: ${quoted(answers.timezone)}   # of digests and quiet hours`,
    `locale: ${answers.locale}   # language of the alerts: en or ko`,
    '',
    ...channelLines(answers.channel),
    '',
    ...watchLines(answers),
    '',
    '# pledges:                # promises to hold somebody to',
    '#   - model: Grok 3',
    '#     by: Elon Musk (xAI)',
    '#     said: 2025-08-23',
    '#     due: 2026-02-01..2026-03-15     # a date, FROM..TO, or words such as "next week"',
    '#     source: https://x.com/elonmusk/status/1959379349322313920',
    '',
  ].join('\n');
}

function channelLines(channel: Answers['channel']): readonly string[] {
  const needed = neededVariables(channel);
  const notes = needed.map(([name, purpose]) => `# ${name}: ${purpose}`);
  const secrets =
    needed.length === 0 ? [] : ['# Set in the environment (or NAME_FILE = a file that holds it):', ...notes];
  return [...secrets, 'channels:', ...places(channel)];
}

function places(channel: Answers['channel']): readonly string[] {
  const options = [
    '    # quiet: "22:00-08:00"      # hold back, deliver after',
    '    # digest: daily             # off, daily, weekly',
    '    # silent: [reported, seen]  # stages sent without a notification',
    '    # mention: ["role:234567890123456789"]',
  ];
  switch (channel) {
    case 'bot':
      return ['  releases:', `    discord: { channel: "\${DISCORD_CHANNEL}" }`, ...options];
    case 'webhook':
      return ['  releases:', `    discord: { webhook: "\${DISCORD_WEBHOOK}" }`, ...options];
    case 'terminal':
      return ['  terminal:', '    terminal: true'];
  }
}

function watchLines({ labs = [], github, huggingface, feeds, press = [] }: Answers): readonly string[] {
  if (labs.length + github.length + huggingface.length + feeds.length === 0) {
    return ['watch:', '  # - huggingface: xai-org', '  # - github: xai-org/grok-1'];
  }
  return [
    'watch:   # the first look only remembers what is there; what comes after it is told',
    ...section({
      title: 'all that is known of a lab: its accounts, feeds and pages',
      kind: 'lab',
      addresses: labs,
      options: ['    # weight: 5       # an hour of delay here matters five times as much as elsewhere'],
    }),
    ...section({
      title: 'GitHub: a repository (whether or not it exists yet), an organisation or a user',
      kind: 'github',
      addresses: github,
      options: [
        '    # on: [release, tag, repo, code, licence, state]',
        String.raw`    # include: '^v\d'      # RE2, on the tag`,
      ],
    }),
    ...section({
      title: 'Hugging Face: an organisation or user, or one model',
      kind: 'huggingface',
      addresses: huggingface,
      options: ['    # on: [model, weights, licence, gated, state]'],
    }),
    ...section({
      title: 'feeds: RSS, Atom or JSON Feed',
      kind: 'feed',
      addresses: feeds,
      options: ['    # match: { any: ["open weights", "오픈소스"], none: ["careers"] }'],
      more: (feed) => (press.includes(feed) ? ['    only: models'] : []),
    }),
  ];
}

interface Section {
  readonly title: string;
  readonly kind: string;
  readonly addresses: readonly string[];
  readonly options: readonly string[];
  readonly more?: (address: string) => readonly string[];
}

/** The options are shown once, under the first entry of each section. */
function section({ title, kind, addresses, options, more = () => [] }: Section): readonly string[] {
  const entries = addresses.map((address) => [`  - ${kind}: ${quoted(address)}`, ...more(address)]);
  const [first, ...rest] = entries;
  return first === undefined ? [] : ['', `  # ${title}`, ...first, ...options, ...rest.flat()];
}

/** Plain where nothing in the text has a meaning in YAML; else as JSON, whose strings are valid YAML. */
function quoted(text: string): string {
  const literal = text.replaceAll('${', () => '$${');
  const plain =
    /^(?:https?:\/\/)?[A-Za-z][A-Za-z0-9_./?=&%-]*$/.test(literal) && !/^(?:null|true|false)$/i.test(literal);
  return plain ? literal : JSON.stringify(literal);
}
