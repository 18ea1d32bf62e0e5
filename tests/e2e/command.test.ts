// The command line as people and scripts meet it: wrong configurations, exit codes, and the shape of what it prints.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';
import { landfall, makeHome } from '../support/landfall.ts';

const wrong = `schedul: "* * * * *"
channels:
  releases: { discord: { webhook: "\${NOWHERE}" } }
watch:
  - githb: acme/widget
  - github: acme/widget
    include: "("
    to: [relases]
  - feed: not an address
`;

describe.concurrent('landfall', () => {
  it('says every problem with its place and ends with 2, whatever the command', async ({ expect, onTestFinished }) => {
    const home = await makeHome(wrong);
    onTestFinished(home.remove);
    const [check, json, run, once] = await Promise.all(
      [['check'], ['check', '--json'], ['run'], ['once']].map((command) => landfall([...command, ...home.args])),
    );
    expect([check, json, run, once].map((ran) => ran?.code)).toEqual([2, 2, 2, 2]);
    const lines = check?.stdout.trimEnd().split('\n') ?? [];
    for (const place of ['1:1', '3:', '5:', '7:', '8:', '9:']) {
      expect([place, lines.filter((line) => line.startsWith(`${home.config}:${place}`)).length]).toEqual([place, 1]);
    }
    expect(check?.stdout).toContain('github');
    const problems = json?.json() as readonly Record<string, unknown>[];
    expect(problems.length).toBe(6);
    for (const problem of problems) expect(Object.keys(problem)).toEqual(['file', 'line', 'column', 'message', 'hint']);
    expect([run?.stdout, once?.stdout]).toEqual(['', '']);
    expect(run?.stderr).toContain(`${home.config}:5:`);
    expect(existsSync(home.data)).toBe(false);
  });

  it('says where a configuration should be that is not there', async ({ expect, onTestFinished }) => {
    const home = await makeHome();
    onTestFinished(home.remove);
    const ran = await landfall(['once', ...home.args]);
    expect([ran.code, ran.stderr.includes(home.config)]).toEqual([2, true]);
  });

  it('ends with 2 for what it does not know, and helps', async ({ expect, onTestFinished }) => {
    const home = await makeHome();
    onTestFinished(home.remove);
    const lines = [['wach'], ['once', '--nonsense'], ['send-test', 'a', 'b'], ['init', ...home.args]];
    const refused = await Promise.all(lines.map((line) => landfall(line)));
    expect(refused.map(({ code, stderr }) => [code, stderr.length > 0])).toEqual(lines.map(() => [2, true]));
    const [help, version, schema] = await Promise.all(
      [['--help'], ['--version'], ['schema']].map((line) => landfall(line)),
    );
    expect([help?.code, version?.code, schema?.code]).toEqual([0, 0, 0]);
    for (const command of [
      'run',
      'once',
      'demo',
      'replay',
      'check',
      'init',
      'status',
      'send-test',
      'health',
      'schema',
    ]) {
      expect(help?.stdout).toMatch(new RegExp(`^\\s*(landfall )?${command}\\b`, 'm'));
    }
    expect(version?.stdout.trim()).toMatch(/\d+\.\d+\.\d+/);
    expect(JSON.parse(schema?.stdout ?? '')).toMatchObject({ properties: { watch: {}, channels: {} } });
  });

  it('prints alerts of a terminal as JSON lines before one document', async ({ expect, onTestFinished }) => {
    const place = await placeFor({ onTestFinished });
    await place.home.configure(
      'channels: { screen: { terminal: true } }\nwatch:\n  - github: acme/widget\n  - github: acme/absent\n',
    );
    const repo = place.world.github.repo('acme/widget', { empty: true });
    const first = await place.run('once --json');
    expect([first.code, first.jsonLines().length]).toEqual([0, 1]);
    expect(existsSync(join(place.home.data, 'landfall.db'))).toBe(true);
    repo.release({ tag: 'v1' });
    const second = await place.run('once --json');
    const alerts = second.jsonLines().slice(0, -1) as readonly { readonly alert: Record<string, unknown> }[];
    expect(alerts.map(({ alert }) => alert.name)).toContain('acme/widget v1');
    for (const { alert } of alerts)
      expect(Object.keys(alert).toSorted()).toEqual(['at', 'evidence', 'name', 'stage', 'text', 'url', 'what']);
    const document = second.json() as Record<string, unknown>;
    expect(Object.keys(document)).toEqual(['watches', 'told', 'owed']);
    expect(document).toMatchObject({ told: alerts.length, owed: 0 });
    const plain = await place.run('once');
    expect([plain.code, plain.stdout.includes('{')]).toEqual([0, false]);
  });

  it('ends with 1 when a target could not be looked at, and keeps what it knew', async ({ expect, onTestFinished }) => {
    const place = await placeFor({ onTestFinished });
    await place.configure('- github: acme/widget\n- huggingface: acme');
    const repo = place.world.github.repo('acme/widget');
    await place.once();
    repo.release({ tag: 'v1' });
    place.world.huggingface.service.faults.plan('GET *', { kind: 'reset' }, { times: 9 });
    const look = await place.once();
    expect([look.code, look.said.length]).toEqual([1, 1]);
    expect(look.document.watches.find(({ target }) => target === 'huggingface:acme')).toMatchObject({
      result: 'later',
    });
    const status = await place.run('status');
    expect(status.stdout).toMatch(/huggingface:acme\s+later/);
    place.world.huggingface.service.faults.clear();
    expect((await place.once()).code).toBe(0);
  });

  it('refuses a database that is newer than the program, unchanged', async ({ expect, onTestFinished }) => {
    const place = await placeFor({ onTestFinished });
    await place.configure('- github: acme/widget');
    await place.once();
    const file = join(place.home.data, 'landfall.db');
    const db = new DatabaseSync(file);
    const table = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%migration%'`).get();
    db.exec(`INSERT INTO ${String(table?.name)} SELECT 9999 ${columnsAfterId(db, String(table?.name))}`);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = await readFile(file);
    const ran = await place.run('once --json');
    expect([ran.code, ran.stderr.includes('newer')]).toEqual([1, true]);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('demo tells the story of August 2025 without network', async ({ expect, onTestFinished }) => {
    const home = await makeHome();
    onTestFinished(home.remove);
    const ran = await landfall(['demo'], { cwd: home.dir });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/Grok 2|grok-2/);
    expect(existsSync(home.data)).toBe(false);
  });
});

/** For every further column of the table of migrations something that fits. */
function columnsAfterId(db: DatabaseSync, table: string): string {
  const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
  return columns
    .slice(1)
    .map(() => `, 'future'`)
    .join('');
}
