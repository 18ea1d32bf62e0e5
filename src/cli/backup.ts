// landfall backup FILE: a consistent copy of the embedded database, beside a running worker.
import { errorText } from '../infra/log.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

export const backup: RunCommand = (context) =>
  withConfig(
    context,
    async (config) => {
      const { app, out, options, rest } = context;
      const file = rest[0] ?? '';
      if (config.secrets.DATABASE_URL !== undefined)
        return fail(out, 'the state is in PostgreSQL (DATABASE_URL): `pg_dump` copies it', exit.wrong);
      try {
        const pages = await app.backup(options.data, file);
        out.print(
          out.json
            ? JSON.stringify({ file, pages })
            : `${file} is written. To restore: stop landfall, copy it to ${options.data}/landfall.db, remove landfall.db-wal and landfall.db-shm there, start`,
        );
        return exit.done;
      } catch (error) {
        return fail(out, `backup: ${errorText(error)}`);
      }
    },
    { sends: false },
  );
