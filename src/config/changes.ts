// What differs between two configurations, in words for the log, and which differences need a restart.
import type { Config } from './shape.ts';

export interface Changes {
  /** Differences that take effect at once, as `2 watches added (github:a/b, …)`; empty = nothing. */
  readonly taken: readonly string[];
  /** Names of settings that changed but take effect only after a restart. */
  readonly restart: readonly string[];
}

const namedAtMost = 5;

function listed(names: readonly string[]): string {
  const rest = names.length - namedAtMost;
  return `${names.slice(0, namedAtMost).join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
}

/** Compares by name: what was added, removed or changed. */
function compared(
  what: readonly [one: string, many: string],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const added = [...after.keys()].filter((name) => !before.has(name));
  const gone = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after].filter(([name, text]) => before.has(name) && before.get(name) !== text);
  const say = (names: readonly string[], how: string): readonly string[] =>
    names.length === 0 ? [] : [`${names.length} ${names.length === 1 ? what[0] : what[1]} ${how} (${listed(names)})`];
  return [
    ...say(added, 'added'),
    ...say(gone, 'taken out'),
    ...say(
      changed.map(([name]) => name),
      'changed',
    ),
  ];
}

function byName<T>(things: readonly T[], nameOf: (thing: T) => string): ReadonlyMap<string, string> {
  return new Map(things.map((thing) => [nameOf(thing), JSON.stringify(thing)]));
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/** The configuration a running worker continues with: settings that need a restart keep their old values. */
export function takeable(before: Config, after: Config): Config {
  const { listen, server, secrets } = before;
  return { ...after, listen, server, secrets, bot: { ...after.bot, commands: before.bot.commands } };
}

export function changesOf(before: Config, after: Config): Changes {
  const names = new Set([...Object.keys(before.secrets), ...Object.keys(after.secrets)]);
  const secrets = [...names].filter((name) => before.secrets[name] !== after.secrets[name]);
  const restart = [
    ...(differ(before.listen, after.listen) ? ['server.listen'] : []),
    ...(before.server.public === after.server.public ? [] : ['server.public']),
    ...(differ(before.server.trustProxy, after.server.trustProxy) ? ['server.trustProxy'] : []),
    ...(before.bot.commands === after.bot.commands ? [] : ['bot.commands']),
    ...(before.logLevel === after.logLevel ? [] : ['LOG_LEVEL']),
    ...secrets,
  ];
  const taken = [
    ...compared(
      ['watch', 'watches'],
      byName(before.watches, ({ id }) => id.replace(/^file:/, '')),
      byName(after.watches, ({ id }) => id.replace(/^file:/, '')),
    ),
    ...compared(
      ['channel', 'channels'],
      byName(before.channels, ({ name }) => name),
      byName(after.channels, ({ name }) => name),
    ),
    ...compared(
      ['promise', 'promises'],
      byName(before.pledges, ({ model, said }) => `${model} of ${said}`),
      byName(after.pledges, ({ model, said }) => `${model} of ${said}`),
    ),
    ...(['schedule', 'timezone', 'locale', 'labs', 'addresses'] as const)
      .filter((key) => differ(before[key], after[key]))
      .map((key) => `\`${key}\` changed`),
    ...(differ(before.allowPrivate, after.allowPrivate) ? ['`http.allowPrivate` changed'] : []),
    ...(differ(before.shares, after.shares) ? ['`github.share` changed'] : []),
    ...(differ({ ...before.bot, commands: true }, { ...after.bot, commands: true }) ? ['`bot` changed'] : []),
  ];
  return { taken, restart };
}
