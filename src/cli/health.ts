// landfall health: 0 when the worker's last beat is at most three wakes old.

import { errorText } from '../infra/log.ts';
import { health as readHealth } from '../reports/health.ts';
import { exit, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

export const health: RunCommand = (context) =>
  withConfig(context, async (config) => {
    const { app, out, options } = context;
    const said = async (): Promise<{ readonly ok: boolean; readonly reason: string }> => {
      const db = await app.openReading(config, options);
      try {
        return await readHealth(db, Date.now());
      } finally {
        await db.close();
      }
    };
    const result = await said().catch((error: unknown) => ({ ok: false, reason: errorText(error) }));
    out.print(out.json ? JSON.stringify(result) : `${result.ok ? 'healthy' : 'not healthy'}: ${result.reason}`);
    return result.ok ? exit.done : exit.failed;
  });
