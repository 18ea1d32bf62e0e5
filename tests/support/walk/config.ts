// A configuration for the walk tests: who watches what, and which boxes are told.
import type { ChannelConfig, Config } from '../../../src/config/shape.ts';
import type { Watch } from '../../../src/types/core.ts';
import { watch } from '../pipeline.ts';

export interface Wish {
  /** The name of a target of the test source. */
  readonly of: string;
  /** Tells watches on the same target apart; default the target's name. */
  readonly id?: string;
  readonly to?: readonly string[];
  readonly firstRun?: Watch['firstRun'];
  readonly filters?: Partial<Watch['filters']>;
}

export type Plan = readonly Wish[];

function channel(name: string): ChannelConfig {
  return {
    name,
    kind: 'box',
    options: null,
    on: true,
    locale: 'en',
    timezone: 'UTC',
    mention: [],
    quiet: null,
    digest: 'off',
    digestAt: 540,
    silent: [],
    thread: false,
    operator: name === 'operators',
    where: null,
  };
}

export function configOf(plan: Plan, boxes: readonly string[]): Config {
  const usual = boxes.filter((name) => name !== 'operators');
  const names = [...new Set(plan.map(({ of }) => of))];
  return {
    file: 'landfall.yaml',
    schedule: '* * * * *',
    timezone: 'UTC',
    locale: 'en',
    allowPrivate: [],
    listen: null,
    server: { public: false, trustProxy: [] },
    channels: boxes.map(channel),
    targets: names.map((name) => ({ id: `answers:${name}`, source: 'answers', address: name, shape: null })),
    watches: plan.map(({ of, id = of, to = usual, firstRun = 'quiet', filters = {} }) =>
      watch({ id: `file:${id}`, targetId: `answers:${of}`, to, firstRun, since: null }, filters),
    ),
    pledges: [],
    labs: {},
    bot: { commands: false, watchesPerGuild: 0, looksPerHourPerGuild: 0 },
    hidden: {},
    secrets: {},
    addresses: {},
    shares: {},
    logLevel: 'error',
  };
}
