// landfall latest: what landed, the newest first.
import { table } from '../infra/text/columns.ts';
import { oneLine } from '../messages/outside.ts';
import { briefAnswer } from '../reports/answers.ts';
import { listPage } from '../reports/listing.ts';
import { readSince } from '../reports/since.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withReading } from './config.ts';

const most = 50;

export const latest: RunCommand = async (context) => {
  const { out, option } = context;
  const written = option('since');
  const since = written === null ? null : readSince(written, Date.now());
  if (written !== null && since === null)
    return fail(out, `--since takes 7d, or a day such as 2025-08-01, not "${written}"`, exit.wrong);
  return withReading(context, async (_config, db) => {
    const lab = option('lab');
    const filter = {
      stage: 'released' as const,
      ...(lab === null ? {} : { lab: lab.toLowerCase() }),
      ...(since === null ? {} : { since }),
    };
    const { stories } = await listPage(db, filter, null, most);
    const items = stories.map(briefAnswer);
    if (out.json) out.print(JSON.stringify({ items }));
    else if (items.length === 0) out.print('nothing has landed yet');
    else {
      const rows = items.map((item) => [
        (item.landedAt ?? '').slice(0, 10),
        oneLine(item.name),
        item.lab ?? '–',
        item.verdict ?? '–',
        item.url,
      ]);
      out.print(table([['when', 'model', 'lab', 'verdict', 'where'], ...rows], out.columns));
    }
    return exit.done;
  });
};
