// People who ask the bot one thing after the other, and how long each waits for the first answer.
import type { Person } from '../world/discord/invocation.ts';
import type { DiscordWorld } from '../world/discord/open.ts';

export interface FirstAnswer {
  readonly what: string;
  readonly ms: number;
  /** Discord's type: 4 an answer, 5 the promise of one, 8 choices. */
  readonly type: number;
}

const commands: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['status', {}],
  ['model', { name: 'repo7 v1.2' }],
  ['latest', {}],
  ['why', { item: 'v1.3' }],
  ['watch list', {}],
  ['promises', {}],
  ['compare', { a: 'repo1', b: 'repo2' }],
  ['help', {}],
];

/** Each command in turn, with something typed in between, until `isOver`. Rejects when one waits longer than Discord does. */
export async function askOn(
  discord: DiscordWorld,
  person: Person,
  isOver: () => boolean,
): Promise<readonly FirstAnswer[]> {
  const answers: FirstAnswer[] = [];
  for (let n = 0; !isOver(); n += 1) {
    const [command, options] = commands[n % commands.length] ?? ['help', {}];
    const said = await discord.people.slash(command, options, person);
    answers.push({ what: `/${command}`, ms: said.tookMs, type: said.type });
    const typed = await discord.people.autocomplete('model', { name: 'repo' }, 'name', person);
    answers.push({ what: 'typing', ms: typed.tookMs, type: typed.type });
    // Whoever plays GitHub needs a turn too.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return answers;
}
