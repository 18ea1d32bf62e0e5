// A database from before reasons had codes: what it says is shown, and what was told in a digest still belongs to it.
import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../src/messages/reasons/en.ts';
import { channelStates } from '../../src/store/channel-states.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { giveUpEntries } from '../../src/store/settling.ts';
import { targetsById } from '../../src/store/targets.ts';
import { verdictsOn } from '../../src/store/verdicts.ts';
import { refusal } from '../support/reasons.ts';
import { kinds } from '../support/store/databases.ts';

const at = '2026-03-01T00:00:00.000Z';
const head = 's1@1>releases/digest';

describe.each(kinds)('$name', ({ make }) => {
  test('keeps its words, and its entries their digest', async () => {
    const place = await make();
    const db = await place.open();
    try {
      await migrate(
        db,
        migrations.slice(
          0,
          migrations.findIndex(({ sql }) => sql.some((line) => line.includes('told_in'))),
        ),
      );
      const delivery = `INSERT INTO deliveries (id, channel, subject, revision, form, seq, not_before, state, attempts,
        content, sent, reason, made_at) VALUES ($1, 'releases', $2, 1, 'digest', 1, $3, 'sent', 1, '{}', '[]', $4, $3)`;
      await db.batch([
        { sql: delivery, params: [head, 's1', at, null] },
        { sql: delivery, params: ['s2@1>releases/digest', 's2', at, `told in ${head}`] },
        {
          sql: `INSERT INTO targets (id, source, address, pool, cursor, reason, fails, hot, version)
            VALUES ('feed:a', 'feed', 'a', 'feed', 'null', $1, 3, 0, 1)`,
          params: ['404: there is nothing at this address'],
        },
        {
          sql: `INSERT INTO channels (name, address, hold_until, reason) VALUES ('releases', '1', $1, $2)`,
          params: [at, 'Discord answered 401'],
        },
      ]);
      const verdict = `INSERT INTO verdicts (at, watch_id, target_id, key, change, told, reason)
        VALUES ($1, $2, 'feed:a', 'k', 'new', 0, $3)`;
      await db.batch(
        ['no news in itself', 'not included', 'too old'].map((reason, index) => ({
          sql: verdict,
          params: [at, `w${index}`, reason],
        })),
      );
      await migrate(db, migrations);
      expect((await verdictsOn(db, 'feed:a', 'k')).map(({ reason }) => inEnglish(reason))).toEqual([
        'it says nothing new by itself',
        '`include` does not match it (…)',
        'it was older than … when it was found',
      ]);
      const words = (text: string) => ({ code: 'words', params: { text } });
      expect((await targetsById(db, ['feed:a'])).get('feed:a')?.reason).toEqual(
        words('404: there is nothing at this address'),
      );
      expect((await channelStates(db)).get('releases')?.reason).toEqual(words('Discord answered 401'));
      expect((await deliveriesOf(db, 's2'))[0]?.reason).toEqual(words(`told in ${head}`));
      await db.batch([giveUpEntries(head, refusal('no'))]);
      expect((await deliveriesOf(db, 's2'))[0]).toMatchObject({ state: 'dead', reason: refusal('no') });
      expect((await deliveriesOf(db, 's1'))[0]).toMatchObject({ state: 'sent', reason: null });
    } finally {
      await db.close();
      await place.drop();
    }
  });
});
