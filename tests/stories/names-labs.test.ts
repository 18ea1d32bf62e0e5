import { describe, expect, test } from 'vitest';
import { identify } from '../../src/stories/names/identify.ts';
import { readLabs } from '../../src/stories/names/labs.ts';
import { readTables } from '../../src/stories/tables.ts';
import { tables as labs, texts } from './tables.ts';

describe('the table of laboratories', () => {
  test('holds the labs that are watched, each with its zone', () => {
    expect(labs.labs.length).toBeGreaterThanOrEqual(47);
    expect(labs.byId.get('xai')?.zone).toBe('America/Los_Angeles');
    for (const id of ['lg', 'upstage', 'skt', 'naver', 'kakao', 'nc', 'kt'])
      expect(labs.byId.get(id)?.zone).toBe('Asia/Seoul');
  });

  test('no account and no spelling belongs to two', () => {
    const accounts = labs.labs.flatMap((lab) => [
      ...new Set([...lab.huggingface, ...lab.github, ...lab.formerly].map((name) => name.toLowerCase())),
    ]);
    expect(accounts.filter((account, index) => accounts.indexOf(account) !== index)).toEqual([]);
    const spellings = [...labs.families.values()].flatMap(({ names }) => names.map((name) => name.toLowerCase()));
    expect(spellings.filter((name, index) => spellings.indexOf(name) !== index)).toEqual([]);
  });

  test('every family is found by each of its spellings', () => {
    for (const family of labs.families.values()) {
      for (const name of family.names.length > 0 ? family.names : [family.id]) {
        const owner = labs.byId.get(family.lab)?.names[0] ?? '';
        expect(identify(`${owner} ${name} 3`, { labs, at: '2026-11-10' }).family, name).toBe(family.id);
      }
    }
  });

  test('a lab is added without code', () => {
    const more = `${texts.labs}
  - id: acme
    names: [Acme AI, 애크미]
    zone: Europe/Oslo
    huggingface: [acme-models]
    families:
      - { id: roadrunner, names: [roadrunner, 로드러너], letters: [z], words: [desert] }
`;
    const table = readTables({ ...texts, labs: more });
    expect(identify('acme-models/Roadrunner-Z2-Desert-7B', { labs: table, at: '2026-11-10' })).toMatchObject({
      lab: 'acme',
      family: 'roadrunner',
      version: 'z2',
      size: '7b',
      variant: 'desert',
      official: true,
    });
    expect(identify('애크미, 로드러너 3 오픈소스로 공개', { labs: table, at: '2026-11-10' })).toMatchObject({
      family: 'roadrunner',
      version: '3',
      label: 'release',
    });
  });

  test.each([
    ['a zone that does not exist', 'labs: [{ id: x, zone: Mars/Olympus, families: [] }]', /time zone/],
    ['an unknown key', 'labs: [{ id: x, zone: UTC, families: [], colour: red }]', /colour/],
    ['an id twice', 'labs: [{ id: x, zone: UTC, families: [] }, { id: x, zone: UTC, families: [] }]', /twice/],
    ['no labs', 'labs: []', /labs/],
  ])('%s is refused', (_, yaml, problem) => {
    expect(() => readLabs(yaml)).toThrow(problem);
  });
});
