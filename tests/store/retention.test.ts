// What ends once a day, on every database: of each table a row that is over, and one that is not.
import { describe, expect, test } from 'vitest';
import type { Db, Row, Statement, Value } from '../../src/store/define.ts';
import { dayMs, iso } from '../../src/types/time.ts';
import { tidy } from '../../src/worker/retention.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const nowMs = Date.parse('2026-03-02T12:00:00.000Z');
const ago = (days: number): string => iso(nowMs - days * dayMs);

function row(table: string, values: Readonly<Record<string, Value>>): Statement {
  const names = Object.keys(values);
  return {
    sql: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    params: Object.values(values),
  };
}

function story(id: string, scope: string, days: number, over: Readonly<Record<string, Value>> = {}): Statement {
  const doc = JSON.stringify({ id, key: id, scope, audience: ['releases'] });
  const rest = { stage: 'released', revision: 1, updated_at: ago(days), doc, kind: 'model', ...over };
  return row('stories', { id, scope, key: id, ...rest });
}

function delivery(id: string, over: Readonly<Record<string, Value>>): Statement {
  const rest = { channel: 'releases', subject: 's', revision: 1, form: 'card', seq: 1, not_before: ago(200) };
  return row('deliveries', {
    id,
    ...rest,
    state: 'sent',
    attempts: 1,
    content: 'null',
    sent: '[]',
    made_at: ago(200),
    ...over,
  });
}

function target(id: string, over: Readonly<Record<string, Value>> = {}): Statement {
  const rest = { source: 'github', address: id, pool: 'github', cursor: 'null', fails: 0, hot: 0, version: 1, ...over };
  return row('targets', { id, ...rest });
}

function item(targetId: string): Statement {
  const rest = {
    key: 'k',
    kind: 'release',
    story_key: 's',
    fingerprint: 'f',
    first_seen: ago(400),
    baseline: 0,
    doc: '{}',
  };
  return row('items', { target_id: targetId, ...rest });
}

const verdict = { target_id: 't', key: 'k', change: 'new', told: 1, reason: 'verdict.told' };
const noAudience = JSON.stringify({ key: 'k', audience: [] });
const held = JSON.stringify({ key: 'k', audience: [], held: [{ channel: 'c' }] });
const watch = { target_id: 'watched', spec: '{}', paused: 0, added_at: ago(400) };

const rows: readonly Statement[] = [
  row('verdicts', { at: ago(181), watch_id: 'old', ...verdict }),
  row('verdicts', { at: ago(179), watch_id: 'young', ...verdict }),
  delivery('settled long ago', { settled_at: ago(181) }),
  delivery('settled', { settled_at: ago(179) }),
  delivery('owed to nobody', { state: 'owed', channel: 'taken out' }),
  delivery('owed to nobody yet', { state: 'owed', channel: 'taken out', made_at: ago(29) }),
  delivery('owed', { state: 'owed' }),
  row('spread', { story_id: 'kept', day: '2023-01-01', measure: 'stars', value: 1, at: ago(900) }),
  row('spread', { story_id: 'kept', day: '2025-01-01', measure: 'stars', value: 1, at: ago(400) }),
  // A channel that was deleted, one that people use again, one of the file.
  row('channels', { name: 'guild:1:1', address: '1', gone_at: ago(31) }),
  row('channels', { name: 'guild:1:2', address: '2', gone_at: ago(31) }),
  row('channels', { name: 'guild:1:3', address: '3', gone_at: ago(29) }),
  row('channels', { name: 'releases', address: '4', gone_at: ago(31) }),
  row('guild_channels', { name: 'guild:1:2', guild: '1', channel: '2', added_at: ago(400) }),
  row('messages', { subject: 'kept', channel: 'guild:1:1', message_id: 'm', sent_revision: 1 }),
  row('messages', { subject: 'kept', channel: 'releases', message_id: 'm', sent_revision: 1 }),
  // The file's stories.
  story('kept', 'file', 20),
  story('old model', 'file', 366),
  story('old release', 'file', 366, { kind: 'software' }),
  story('release', 'file', 364, { kind: 'software' }),
  story('old news', 'file', 366, { kind: 'news' }),
  story('promised', 'file', 800, { kind: 'news', stage: 'pledged', promised: 1 }),
  story('followed', 'file', 366, { kind: 'software' }),
  story('waited for', 'file', 366, { kind: 'software' }),
  row('follows', { person: 'p', story_id: 'followed', locale: 'en', at: ago(20) }),
  delivery('of one that is waited for', { state: 'owed', subject: 'waited for', made_at: ago(1) }),
  row('messages', { subject: 'old model', channel: 'releases', message_id: 'm', sent_revision: 1 }),
  row('messages', { subject: 'old release', channel: 'releases', message_id: 'm', sent_revision: 1 }),
  // Stories of guilds: 1 has a channel, 2 has a watch, 3 has nothing left.
  row('watches', { id: 'w', guild: '2', ...watch }),
  story('of 1', 'guild:1', 300, { common: 'used' }),
  story('of 1 long ago', 'guild:1', 366),
  story('of 1, unheard', 'guild:1', 31, { doc: noAudience }),
  story('of 1, held back', 'guild:1', 31, { doc: held }),
  story('of 2', 'guild:2', 300),
  story('of 3', 'guild:3', 31),
  story('of 3, of late', 'guild:3', 29),
  row('messages', { subject: 'of 3', channel: 'guild:3:1', message_id: 'm', sent_revision: 1 }),
  delivery('of 3', { subject: 'of 3', settled_at: ago(40) }),
  row('guild_pledges', { guild: '3', story_id: 'of 3', answer: 'confirmed', person: 'p', at: ago(40) }),
  row('guild_pledges', { guild: '1', story_id: 'of 1', answer: 'confirmed', person: 'p', at: ago(40) }),
  row('vouches', { scope: 'guild:3', source: 'github', account: 'a', lab: 'l', at: ago(40) }),
  row('vouches', { scope: 'guild:2', source: 'github', account: 'a', lab: 'l', at: ago(40) }),
  row('vouches', { scope: 'file', source: 'github', account: 'a', lab: 'l', at: ago(400) }),
  row('story_docs', { hash: 'used', doc: '{}', used_at: ago(300) }),
  row('story_docs', { hash: 'unused', doc: '{}', used_at: ago(3) }),
  row('story_docs', { hash: 'about to be used', doc: '{}', used_at: ago(1) }),
  // What entries led to, and what is listed or watched.
  target('led long ago', { tried_at: ago(181) }),
  target('led', { tried_at: ago(179) }),
  target('listed', { tried_at: ago(300) }),
  target('watched', { tried_at: ago(300), due_at: ago(-1), pool: 'feed:here.test' }),
  row('finds', { parent_id: 'watched', child_id: 'led long ago', asked: '["w"]' }),
  row('finds', { parent_id: 'watched', child_id: 'led', asked: '["w"]' }),
  row('finds', { parent_id: 'watched', child_id: 'listed' }),
  ...['led long ago', 'led', 'listed', 'watched'].map(item),
  row('pools', { id: 'feed:gone.test', doc: 'null' }),
  row('pools', { id: 'feed:rests.test', doc: 'null', paused_until: ago(-1) }),
  row('pools', { id: 'feed:here.test', doc: 'null' }),
  row('pools', { id: 'huggingface', doc: 'null' }),
  row('leases', { name: 'channel:guild:1:1', holder: 'h', until: '', token: 4 }),
  row('leases', { name: 'channel:guild:1:2', holder: 'h', until: '', token: 4 }),
  row('leases', { name: 'pool:feed:gone.test', holder: 'h', until: ago(31), token: 4 }),
  row('leases', { name: 'pool:feed:here.test', holder: 'h', until: ago(31), token: 4 }),
  row('leases', { name: 'gateway', holder: 'h', until: '', token: 4 }),
  row('meta', { key: 'adding:3', value: ago(40) }),
  row('meta', { key: 'adding:2', value: ago(40) }),
  row('meta', { key: 'linked looks 3', value: `${ago(40).slice(0, 13)} 4` }),
  row('meta', { key: 'linked looks', value: `${ago(40).slice(0, 13)} 4` }),
  row('meta', { key: 'restructured:t', value: ago(40) }),
  row('meta', { key: 'restructured:u', value: ago(20) }),
  row('meta', { key: 'tidied', value: ago(2) }),
  row('fanouts', { id: 'stuck', pool: 'github', at: ago(8), doc: '{}' }),
  row('fanout_parts', { fanout: 'stuck', part: 1, doc: '{}' }),
  row('fanouts', { id: 'under way', pool: 'github', at: ago(1), doc: '{}' }),
  row('fanout_parts', { fanout: 'under way', part: 1, doc: '{}' }),
];

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, (opened) => {
    db = opened;
  });
  const said: string[] = [];
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (text: string) => said.push(text),
  };
  const outboxTarget = {
    name: 'releases',
    address: '4',
    style: () => ({ locale: 'en', timezone: 'UTC', silent: false, mention: [] }),
  };
  const worker = () => ({
    db,
    now: () => nowMs,
    log,
    outboxTargets: [
      {
        ...outboxTarget,
        channel: {
          kind: 'test',
          edits: true,
          pages: () => [],
          send: () => Promise.reject(new Error('nothing is sent')),
        },
        missing: () => Promise.resolve([]),
      },
    ],
  });
  const left = async (table: string, column: string, where = '1 = 1'): Promise<readonly string[]> =>
    (await db.all(`SELECT ${column} AS name FROM ${table} WHERE ${where}`))
      .map(({ name }: Row) => String(name))
      .toSorted();

  test('what is over ends, and nothing else', async () => {
    await db.batch(rows);
    await tidy(worker());
    expect(await left('verdicts', 'watch_id')).toEqual(['young']);
    expect(await left('deliveries', 'id', `state = 'owed'`)).toEqual([
      'of one that is waited for',
      'owed',
      'owed to nobody yet',
    ]);
    expect(await left('deliveries', 'id', `state <> 'owed'`)).toEqual(['owed to nobody', 'settled']);
    expect(await left('spread', 'day')).toEqual(['2025-01-01']);
    expect(await left('channels', 'name')).toEqual(['guild:1:2', 'guild:1:3', 'releases']);
    expect(await left('messages', 'subject')).toEqual(['kept']);
    expect(await left('stories', 'id', `scope = 'file'`)).toEqual([
      'followed',
      'kept',
      'old model',
      'promised',
      'release',
      'waited for',
    ]);
    expect(await left('stories', 'id', `scope <> 'file'`)).toEqual([
      'of 1',
      'of 1, held back',
      'of 2',
      'of 3, of late',
    ]);
    expect(await left('guild_pledges', 'story_id')).toEqual(['of 1']);
    expect(await left('vouches', 'scope')).toEqual(['file', 'guild:2']);
    expect(await left('story_docs', 'hash')).toEqual(['about to be used', 'used']);
    expect(await left('targets', 'id')).toEqual(['led', 'listed', 'watched']);
    expect(await left('items', 'target_id')).toEqual(['led', 'listed', 'watched']);
    expect(await left('finds', 'child_id')).toEqual(['led', 'listed']);
    expect(await left('pools', 'id')).toEqual(['feed:here.test', 'feed:rests.test', 'huggingface']);
    expect(await left('leases', 'name')).toEqual(['channel:guild:1:2', 'gateway', 'pool:feed:here.test']);
    expect(await left('meta', 'key')).toEqual(['adding:2', 'linked looks', 'restructured:u', 'tidied']);
    expect(await left('fanouts', 'id')).toEqual(['under way']);
    expect(await left('fanout_parts', 'fanout')).toEqual(['under way']);
    expect(said).toEqual(['the news of stuck could not be given to everybody for 7 days: it is dropped']);
  });

  test('of more than one statement deletes, all of it ends; and it is done once a day, by one worker', async () => {
    await db.batch([row('meta', { key: 'tidied', value: ago(2) })]);
    const old = Array.from({ length: 1_203 }, (_, n) =>
      row('verdicts', { at: ago(181), watch_id: `w${n}`, ...verdict }),
    );
    await db.batch(old);
    await Promise.all([tidy(worker()), tidy(worker())]);
    expect(await left('verdicts', 'watch_id')).toEqual([]);
    await db.batch(old.slice(0, 3));
    await tidy(worker());
    expect(await left('verdicts', 'watch_id')).toHaveLength(3);
  });
});
