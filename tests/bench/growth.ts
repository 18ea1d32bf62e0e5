// How the worker grows with hosts, channels and guilds: `node tests/bench/growth.ts [--sizes 100,1000,10000] [--only CASE]`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figures } from './growth-case.ts';

const USAGE = `usage: npm run bench:growth -- [--sizes N,N,…] [--only CASE]

  hosts   feeds, each on a host of its own, that fall due together: until all were looked at
  idle    one wake of the sender over channels that are owed nothing
  start   a start with guilds of 20 watches each and 50 channels that are gone; not the first one
  shared  one release to channels that share the file's stories, each in a guild of its own: until all is owed;
          the first message, and messages a second (Discord takes fifty) in the fifteen seconds that follow
  own     the same, each guild with stories of its own
  postgres-start, postgres-shared
          the same on PostgreSQL
  postgres, two-workers, three-workers
          own on PostgreSQL, with workers that all send

The last line is the table as JSON.`;

const cases = [
  'hosts',
  'idle',
  'start',
  'shared',
  'own',
  'postgres-start',
  'postgres-shared',
  'postgres',
  'two-workers',
  'three-workers',
];

function measure(name: string, size: number): Figures {
  const ran = spawnSync(process.execPath, [join(import.meta.dirname, 'growth-case.ts'), name, String(size)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ran.status !== 0) throw new Error(`${name} ${size} ended with ${ran.status ?? ran.signal}`);
  return JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '') as Figures;
}

function main(): number {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100,1000,10000' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const wanted = cases.filter((name) => values.only === undefined || name === values.only);
  if (values.help || wanted.length === 0 || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  console.log(
    ['case', 'size', 'seconds', 'CPU (s)', 'peak (MiB)', 'worst wait', 'first', 'a second', '429', 'doubled']
      .map((cell) => cell.padStart(14))
      .join(''),
  );
  const rows = wanted.flatMap((name) =>
    sizes.map((size) => {
      const figures = measure(name, size);
      const cells = [
        name,
        size,
        figures.seconds.toFixed(2),
        figures.cpuSeconds.toFixed(2),
        figures.peakMiB.toFixed(0),
        `${figures.worstWaitMs.toFixed(0)} ms`,
        ...(figures.firstMs === undefined ? [] : [`${figures.firstMs.toFixed(0)} ms`]),
        ...(figures.perSecond === undefined
          ? []
          : [figures.perSecond.toFixed(1), figures.refused ?? 0, figures.doubled ?? 0]),
      ];
      console.log(cells.map((cell) => String(cell).padStart(14)).join(''));
      return { case: name, size, ...figures };
    }),
  );
  console.log(JSON.stringify({ growth: rows }));
  return 0;
}

process.exitCode = main();
