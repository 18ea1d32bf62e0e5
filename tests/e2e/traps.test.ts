// The traps of real text through `landfall replay`: a recording of four feeds and an account, and all that is told of it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, landfall, makeHome } from '../support/landfall.ts';

interface Alert {
  readonly name: string;
  readonly stage: string;
  readonly what: string;
  readonly evidence: readonly { readonly url: string }[];
}

const folder = (name: string): string => fileURLToPath(new URL(`traps/${name}`, import.meta.url));

let home: Home;
let alerts: readonly Alert[];
const named = (part: string): readonly Alert[] => alerts.filter(({ name }) => name.includes(part));
const told = (part: string): readonly string[] => named(part).map(({ stage, what }) => `${stage}: ${what}`);

beforeAll(async () => {
  home = await makeHome();
  const ran = await landfall([
    'replay',
    folder('recording'),
    '--config',
    folder('landfall.yaml'),
    '--data',
    join(home.dir, 'data'),
    '--json',
  ]);
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  alerts = ran
    .jsonLines()
    .flatMap((line) => (typeof line === 'object' && line !== null && 'alert' in line ? [line.alert as Alert] : []));
});
afterAll(() => home.remove());

test('a promise that two hosts bear out turns overdue, one that a single paper tells does not', () => {
  expect(told('Qwen 9')).toEqual([
    'pledged: release promised: 19–25 January 2026',
    'pledged: promise overdue: 19–25 January 2026',
  ]);
  expect(told('M3 Pro')).toEqual(['pledged: release promised: 19–25 January 2026']);
});

test('M3 keeps no promise of M3 Pro', () => {
  expect(named('MiniMax M3').map(({ name, stage }) => [name, stage])).toEqual([
    ['MiniMax M3 Pro', 'pledged'],
    ['MiniMax M3', 'reported'],
  ]);
});

test("the press's own day is no date, nor is one that was called off", () => {
  expect(told('DeepSeek V9')).toEqual(['pledged: release promised']);
  expect(told('OpenAI')).toEqual(['reported: in the news']);
});

test('a question and a sighting are no promises', () => {
  expect(told('GLM 9')).toEqual(['reported: in the news']);
});

test('what a filter refuses promises nothing', () => {
  expect(told('Kimi K8')).toEqual(['reported: in the news']);
});

test('a model of a family that nobody has listed is one card over four sources, in two languages', () => {
  expect(alerts.filter(({ name, evidence }) => /zephyrine|제피린/i.test(`${name} ${evidence[0]?.url}`))).toHaveLength(
    1,
  );
});

test('a further size that lands days later rings and is named', () => {
  expect(told('Gemma 9')).toEqual(['reported: in the news', expect.stringContaining('Gemma 9 270M')]);
});

test('a rival is not what a headline is about', () => {
  expect(told('Mistral Small 9')).toEqual(['reported: in the news']);
});

test("somebody's copy of what is promised is a story of its own, and the promise is silent", () => {
  expect(told('grok-3-GGUF')).toHaveLength(1);
  expect(alerts.filter(({ name }) => name === 'Grok 3')).toEqual([]);
});

test('nothing else is told: no opinion, no program, no data, no trial, no hosting, no need of memory', () => {
  expect(new Set(alerts.map(({ name }) => name))).toEqual(
    new Set([
      'Kimi K8',
      'Gemma 9',
      'Zephyrine',
      'OpenAI was set to release an open-weight model this week, but delays it',
      'MiniMax M3 Pro',
      'Qwen 9',
      'GLM 9',
      'DeepSeek V9',
      'Mistral Small 9',
      'bartowski/xai-org_grok-3-GGUF',
      'MiniMax M3',
    ]),
  );
});
