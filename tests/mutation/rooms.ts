// Which tests have to notice a change in which room: those of its own, and what the walk and the store hold of it.

export interface Room {
  /** Files that are changed. */
  readonly source: string;
  readonly tests: readonly string[];
}

const of = (...rooms: readonly string[]): readonly string[] => rooms.map((room) => `tests/${room}/**/*.test.ts`);

export const rooms: Readonly<Record<string, Room>> = {
  pipeline: { source: 'src/pipeline/**/*.ts', tests: of('pipeline', 'guilds', 'walk') },
  outbox: { source: 'src/outbox/**/*.ts', tests: of('outbox', 'walk') },
  // Without the replays of recorded releases, which take a minute each time.
  policy: { source: 'src/scheduler/policy/**/*.ts', tests: ['tests/scheduler/policy/!(replay).test.ts'] },
  scheduler: { source: 'src/scheduler/*.ts', tests: of('scheduler', 'worker') },
  stories: { source: 'src/stories/**/*.ts', tests: of('stories', 'pipeline') },
  store: { source: 'src/store/**/*.ts', tests: of('store', 'walk', 'guilds', 'pipeline') },
  sources: { source: 'src/sources/**/*.ts', tests: of('sources') },
  worker: { source: 'src/worker/*.ts', tests: of('worker', 'walk') },
};
