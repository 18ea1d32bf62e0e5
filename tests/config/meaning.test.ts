// What is well formed and still not meant: words that name no day, nobody to tell, secrets that nothing needs.
import { describe, expect, test } from 'vitest';
import { createReader } from '../../src/app/names.ts';
import { bad, good, read } from '../support/config/kinds.ts';

const { windowOf } = createReader();
const watch = 'watch:\n  - github: a/b\n';

function warnings(text: string): readonly string[] {
  const reading = read(text);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.warnings.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('when a promise is due', () => {
  const due = (words: string) =>
    bad(`pledges:\n  - { model: a, by: b, said: 2025-08-23, due: "${words}" }\n`, { windowOf });

  test.each(['next week', 'by the end of March', 'in about 6 months', '다음 주', 'Q1 2026', '2026-03-15'])(
    '%s',
    (words) => {
      expect(due(words)).toEqual([]);
    },
  );

  test.each(['next weak', 'whenever soonish', 'soon', '곧'])('%s names no time', (words) => {
    const [problem, ...others] = due(words);
    expect([problem, others]).toEqual([
      expect.stringContaining(`2:47 \`due\`: \`${words}\` names no time | a date (2026-03-15), FROM..TO, or words`),
      [],
    ]);
    expect(problem).toContain('for "soon", leave `due` out');
  });

  test.each(['15.03.2026', '3/15/2026', '2026. 3. 15', '15-03-2026', 'by 15.03.2026'])('%s is no date', (words) => {
    expect(due(words)).toEqual([expect.stringMatching(/^2:47 `due`: `[\d.\-/ ]+` is not a date \| a date \(2026/)]);
  });
});

test('the labs are asked for only when one is named', () => {
  let asked = 0;
  const labs = () => {
    asked += 1;
    return ['xai'];
  };
  good(`${watch}pledges:\n  - { model: a, by: b, said: 2025-01-02 }\n`, { labs });
  expect(asked).toBe(0);
  expect(bad('pledges:\n  - { model: a, by: b, said: 2025-01-02, lab: xia }\n', { labs })).toEqual([
    '2:47 unknown lab `xia` | did you mean `xai`?',
  ]);
});

describe('told to nobody', () => {
  test('an empty `to` is warned about, in a watch and in a promise', () => {
    const text = `${watch}    to: []\npledges:\n  - { model: a, by: b, said: 2025-01-02, to: [] }\n`;
    expect(warnings(text)).toEqual(['3:9 `to` is empty: nobody is told', '5:46 `to` is empty: nobody is told']);
  });

  test('a terminal that is switched off does not stand in', () => {
    const text = `channels:\n  screen: { terminal: false }\n${watch}`;
    expect(warnings(text)).toEqual(['1:1 every channel of this file is off: its watches are told to nobody']);
    const { channels, watches } = good(text);
    expect([channels.map(({ name, on }) => [name, on]), watches[0]?.to]).toEqual([[['screen', false]], []]);
  });

  test('it stands in for a webhook that is empty', () => {
    const text = `channels:\n  a: { discord: { webhook: "" } }\n${watch}`;
    expect(warnings(text)).toEqual([]);
    expect(good(text).watches[0]?.to).toEqual(['terminal']);
  });
});

describe('for a command that sends nothing', () => {
  const hole = (name: string) => `$\{${name}}`;
  const text = `channels:
  bot: { discord: { channel: "1" }, mention: ["role:${hole('ROLE')}"] }
  hook: { discord: { webhook: "${hole('HOOK')}" } }
  off: { discord: { webhook: "${hole('OFF:-')}" } }
${watch}`;

  test('what only sending needs may be missing', () => {
    expect(bad(text).length).toBe(3);
    const { channels, watches } = good(text, { sends: false });
    expect(channels.map(({ name, on }) => [name, on])).toEqual([
      ['bot', true],
      ['hook', true],
      ['off', false],
    ]);
    expect(watches[0]?.to).toEqual(['bot', 'hook']);
  });

  test('everything else is still checked', () => {
    expect(bad(`${text}  - feed: "${hole('FEED')}"\n`, { sends: false })).toEqual([
      expect.stringContaining('the environment variable FEED is not set'),
    ]);
  });
});

test('a file that cannot be read', () => {
  const reading = read(null, { text: { unreadable: 'this is a directory, not a file' } });
  expect(reading).toMatchObject({ problems: [{ line: 1, column: 1, message: 'this is a directory, not a file' }] });
});

test('a number without end', () => {
  expect(bad(`${watch}    weight: 1e400\n`)).toEqual(['3:13 `weight`: is no number that can be used']);
});
