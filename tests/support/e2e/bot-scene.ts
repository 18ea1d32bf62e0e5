// Shared by the bot's tests: the built command connected to the stand-in's gateway, and people who use it.
import { join } from 'node:path';
import type { Statement } from '../../../src/store/define.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { prepareDataDir } from '../../../src/store/open.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { type Home, makeHome, type Ran, type Running, startLandfall } from '../landfall.ts';
import type { Person } from '../world/discord/invocation.ts';
import type { MessageState } from '../world/discord/state.ts';
import { openWorld, type World } from '../world/open.ts';
import { ahead } from './place.ts';

export interface BotScene {
  readonly world: World;
  readonly home: Home;
  /** Starts the command with this configuration; resolves when its output contains `until`. */
  readonly start: (yaml: string, until?: string) => Promise<Running>;
  /** Moves the clock of Discord, and of later starts, on by that many milliseconds. */
  readonly later: (ms: number) => void;
  /** The answer's whole text. */
  readonly say: (command: string, options: Readonly<Record<string, string>>, person: Person) => Promise<string>;
  /** The same question, asked in English and in Korean. */
  readonly both: (
    command: string,
    options: Readonly<Record<string, string>>,
    person: Person,
  ) => Promise<readonly [english: string, korean: string]>;
  /** The names of the suggestions, and the value of the first. */
  readonly suggest: (
    command: string,
    options: Readonly<Record<string, string>>,
    person: Person,
  ) => Promise<readonly [names: readonly string[], value: string | undefined]>;
  /** Writes to the database before the start. */
  readonly seed: (statements: readonly Statement[]) => Promise<void>;
  /** `/watch add` and its button: the text of the preview, and of the answer to the button. */
  readonly add: (options: Readonly<Record<string, string>>, person: Person) => Promise<readonly [string, string]>;
  readonly stop: () => Promise<Ran | null>;
  readonly close: () => Promise<void>;
}

/** A configuration with a wake every second and the bot enabled; `more` is appended. */
export function botYaml(more = '', bot = ''): string {
  return `schedule: "* * * * * *"\nbot: { commands: true${bot} }\n${more}`;
}

/** All of a message's text, without its buttons. */
export function textOf(message: MessageState | null | undefined): string {
  return message == null ? '' : `${message.content}\n${JSON.stringify(message.embeds)}`;
}

/** The full id of the button whose id begins with `starts`. */
export function buttonOf(message: MessageState, starts: string): string {
  const rows = message.components as readonly { readonly components: readonly { readonly custom_id?: string }[] }[];
  const found = rows.flatMap((row) => row.components).find(({ custom_id: id }) => id?.startsWith(starts) === true);
  if (found?.custom_id === undefined) throw new Error(`no button ${starts} in ${JSON.stringify(message.components)}`);
  return found.custom_id;
}

export async function openBotScene(): Promise<BotScene> {
  const world = await openWorld();
  const home = await makeHome();
  const { people } = world.discord;
  let running: Running | null = null;
  let passedMs = 0;
  const stop = async (): Promise<Ran | null> => {
    const ran = (await running?.stop()) ?? null;
    running = null;
    return ran;
  };
  const say: BotScene['say'] = async (command, options, person) =>
    textOf(await (await people.slash(command, options, person)).message());
  return {
    world,
    home,
    start: async (yaml, until = 'registered 13 commands') => {
      await home.configure(yaml);
      const env = { ...world.env, ...world.tokens };
      const started = startLandfall(['run', ...home.args], { env, nodeFlags: ahead(passedMs) });
      running = started;
      await started.says(until, 30_000);
      return started;
    },
    later: (ms) => {
      passedMs += ms;
      world.advance(ms);
    },
    say,
    both: async (command, options, person) => [
      await say(command, options, { ...person, locale: 'en-GB' }),
      await say(command, options, { ...person, locale: 'ko', guildLocale: 'ko' }),
    ],
    suggest: async (command, options, person) => {
      const focused = Object.keys(options).at(-1) ?? '';
      const { type, data } = await people.autocomplete(command, options, focused, person);
      if (type !== 8) throw new Error(`no suggestions but ${type}`);
      const choices = data.choices as readonly { readonly name: string; readonly value: string }[];
      return [choices.map(({ name }) => name), choices[0]?.value];
    },
    seed: async (statements) => {
      prepareDataDir(home.data);
      const db = await openSqlite(join(home.data, 'landfall.db'));
      await migrate(db, migrations);
      await db.batch(statements);
      await db.close();
    },
    add: async (options, person) => {
      const reaction = await people.slash('watch add', options, person);
      if (reaction.type !== 5) throw new Error(`a look came before the first answer (${reaction.type})`);
      const preview = await reaction.message();
      if (preview === null) throw new Error('no preview');
      const said = textOf(preview);
      const pressed = await people.press(preview, buttonOf(preview, 'watch:yes'), person);
      return [said, String(pressed.data.content)];
    },
    stop,
    close: async () => {
      await stop();
      await world.close();
      await home.remove();
    },
  };
}
