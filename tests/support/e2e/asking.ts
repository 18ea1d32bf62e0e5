// People who send the bot one request after another, and how long each waits for the first answer.
import type { Person } from '../world/discord/invocation.ts';
import type { DiscordWorld } from '../world/discord/open.ts';

export interface FirstAnswer {
  readonly what: string;
  readonly ms: number;
  /** Discord's type: 4 = an answer, 5 = a deferred answer, 8 = choices. */
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

/** Sends each command in turn, with autocompletion in between, until `isOver`. Rejects when a wait exceeds Discord's limit. */
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
    // Give the stand-in for GitHub a turn too.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return answers;
}
