// The setting of an end-to-end test: a world, a folder with a configuration, and the built command.
import { type Home, landfall, makeHome, type Ran, type Running, type RunOptions, startLandfall } from '../landfall.ts';
import type { ChannelHandle } from '../world/discord/handles.ts';
import type { MessageState } from '../world/discord/state.ts';
import { openWorld, type World } from '../world/open.ts';

/** The last line printed by `once --json`. */
export interface OnceDocument {
  readonly watches: readonly { readonly target: string; readonly result: string; readonly reason?: string }[];
  readonly told: number;
  readonly owed: number;
}

export interface Place {
  readonly world: World;
  readonly home: Home;
  /** The channel (by bot) that `configure` sets up. */
  readonly channel: ChannelHandle;
  readonly env: Readonly<Record<string, string>>;
  /** Configures the channel and this watch list; `more` is further YAML. */
  readonly configure: (watch: string, more?: string) => Promise<void>;
  readonly run: (command: string, options?: RunOptions) => Promise<Ran>;
  readonly start: (command: string, options?: RunOptions) => Running;
  /** `landfall once --json`: its document, the texts of new messages in the channel, and the exit code. */
  readonly once: (options?: RunOptions) => Promise<Once>;
  /** Moves the clock on by whole milliseconds: of the world, and of every child started from now on. */
  readonly later: (ms: number) => void;
  readonly close: () => Promise<void>;
}

export interface Once {
  readonly code: number | null;
  readonly document: OnceDocument;
  readonly said: readonly string[];
  readonly stderr: string;
}

/** All text that a person reads in a message, its heading first: the content for a lock screen repeats parts of the card. */
export function textOf(message: MessageState): string {
  const embeds = message.embeds.map((embed) => {
    const fields = Array.isArray(embed.fields) ? embed.fields.map(({ name, value }) => `${name}: ${value}`) : [];
    return [embed.title, embed.description, ...fields].filter((part) => part !== undefined).join('\n');
  });
  return [...embeds, message.content].filter((part) => part !== '').join('\n');
}

/** Flags that set the child's clock ahead by that many milliseconds before the command starts; timers are not affected. */
export function ahead(ms: number): readonly string[] {
  if (ms === 0) return [];
  const shift = `const { now } = Date;
Date.now = () => now() + ${ms};
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [target.now()] : given, made),
  apply: (target) => new target(target.now()).toString(),
});`;
  return ['--import', `data:text/javascript,${encodeURIComponent(shift)}`];
}

/** To be closed at the end of the test. */
export async function openPlace(): Promise<Place> {
  const world = await openWorld();
  const home = await makeHome();
  const { limits } = world.discord;
  // Raised, since Discord's rate limits are not the subject of these tests.
  for (const name of Object.keys(limits.buckets)) limits.buckets[name] = { limit: 1_000, windowMs: 1_000 };
  limits.global = 1_000;
  const channel = world.discord.channel();
  const env = { ...world.env, ...world.tokens };
  let passedMs = 0;
  const whole = (options: RunOptions): RunOptions => ({
    ...options,
    env: { ...env, ...options.env },
    nodeFlags: [...ahead(passedMs), ...(options.nodeFlags ?? [])],
  });
  const run = (command: string, options: RunOptions = {}): Promise<Ran> =>
    landfall([...command.split(' '), ...home.args], whole(options));
  return {
    world,
    home,
    channel,
    env,
    run,
    configure: (watch, more = '') => home.configure(configurationOf(channel, watch, more)),
    start: (command, options = {}) => startLandfall([...command.split(' '), ...home.args], whole(options)),
    later: (ms) => {
      passedMs += ms;
      world.advance(ms);
    },
    once: async (options) => {
      const known = channel.messages().length;
      const ran = await run('once --json', options);
      const said = channel.messages().slice(known).map(textOf);
      return { code: ran.code, document: ran.json() as OnceDocument, said, stderr: ran.stderr };
    },
    close: async () => {
      await world.close();
      await home.remove();
    },
  };
}

/** A place that is closed when the test that opened it ends. */
export async function placeFor(test: { readonly onTestFinished: (end: () => Promise<void>) => void }): Promise<Place> {
  const place = await openPlace();
  test.onTestFinished(place.close);
  return place;
}

function configurationOf(channel: ChannelHandle, watch: string, more: string): string {
  const list = watch
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  return `http: { allowPrivate: ["127.0.0.1"] }\nchannels:\n  releases: { discord: { channel: "${channel.id}" } }\n${more}watch:\n${list}\n`;
}
