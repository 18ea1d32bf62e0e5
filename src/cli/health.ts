// landfall health: 0 when the worker's last beat is at most three wakes old.

import { errorText } from '../infra/log.ts';
import { health as readHealth } from '../reports/health.ts';
import { type Command, exit } from './command.ts';
import { withConfig } from './config.ts';

export const health: Command = {
  summary: "exit 0 when the worker's last beat is at most three wakes old (for HEALTHCHECK)",
  takes: '',
  least: 0,
  most: 0,
  run: (context) =>
    withConfig(context, async (config) => {
      const { app, out, options } = context;
      try {
        const db = await app.openReading(config, options);
        try {
          const result = await readHealth(db, Date.now());
          if (out.json) out.print(JSON.stringify(result));
          else out.print(`${result.ok ? 'healthy' : 'not healthy'}: ${result.reason}`);
          return result.ok ? exit.done : exit.failed;
        } finally {
          await db.close();
        }
      } catch (error) {
        if (out.json) out.print(JSON.stringify({ ok: false, reason: errorText(error) }));
        else out.print(`not healthy: ${errorText(error)}`);
        return exit.failed;
      }
    }),
};
