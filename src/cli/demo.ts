// landfall demo: August 2025 as it was seen, through the real pipeline, on a throw-away database.
import { join } from 'node:path';
import { type Command, exit } from './command.ts';

export const demo: Command = {
  summary: 'the recorded August 2025: the Grok 2 promise, the missed week, the weights on Hugging Face',
  takes: '',
  least: 0,
  most: 0,
  run: async ({ app, out, signal, log }) => {
    const reading = await app.readConfig(join(app.demoDirectory, 'landfall.yaml'));
    if ('problems' in reading) {
      for (const problem of reading.problems) out.say(`${problem.file}:${problem.line}: ${problem.message}`);
      return exit.failed;
    }
    const result = await app.replay(reading.config, app.demoDirectory, out, log(reading.config), signal);
    if (out.json) out.print(JSON.stringify(result));
    return exit.done;
  },
};
