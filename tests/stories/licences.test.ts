// Recognising licences: by identifier, by name, by link, and what is said when these disagree.
import { describe, expect, test } from 'vitest';
import { ownSpdxTexts } from '../../src/app/files.ts';
import { recogniseLicence } from '../../src/stories/licences.ts';
import { readLicences } from '../../src/stories/openness/table.ts';
import type { Facts } from '../../src/types/core.ts';
import { spdxTexts } from '../support/spdx-texts.ts';
import { spdxText, licenceTable as table } from './licence-table.ts';

const read = (facts: Facts, repo: string | null = null) => recogniseLicence(facts, table, repo);
const idOf = (facts: Facts, repo: string | null = null) => read(facts, repo)?.entry?.id;

describe('the table', () => {
  test('holds every licence once, with a condition wherever there is one, and names its text', () => {
    expect(table.entries.length).toBeGreaterThanOrEqual(160);
    expect(new Set(table.entries.map((entry) => entry.id)).size).toBe(table.entries.length);
    for (const entry of table.entries) {
      expect(entry.commercial === 'conditional' ? entry.condition : 'any', entry.id).not.toBeNull();
      expect(entry.limits.includes('territory'), entry.id).toBe(entry.territory !== null);
      if (!entry.vague) expect(entry.source, entry.id).not.toBeNull();
      if (entry.class === 'osi' || entry.class === 'open-data') expect(entry.commercial, entry.id).toBe('yes');
      else expect(entry.commercial, entry.id).not.toBe('yes');
    }
  });

  test('every licence is found by each of its identifiers, its SPDX id, and its names', () => {
    for (const entry of table.entries) {
      for (const id of [entry.id, ...entry.hf]) expect(idOf({ licence: id }), id).toBe(entry.id);
      if (entry.spdx !== null) expect(idOf({ licence: entry.spdx.replace(/-only$/, '') }), entry.spdx).toBe(entry.id);
      for (const name of entry.names) {
        expect(idOf({ licence: 'other', licenceName: name }), name).toBe(entry.id);
        expect(idOf({ licence: 'other', licenceName: name.toUpperCase().replace(/-/g, '_') }), name).toBe(entry.id);
      }
      for (const repo of entry.repos) expect(idOf({ licence: 'unknown' }, repo), repo).toBe(entry.id);
      for (const link of entry.links)
        expect(idOf({ licence: 'other', licenceLink: `https://www.${link}` }), link).toBe(entry.id);
    }
  });

  test('the standard texts are those of the SPDX list', () => {
    expect(ownSpdxTexts()).toEqual(spdxTexts().texts);
  });

  test('a table with mistakes is refused with all of them', () => {
    const broken =
      'licences:\n  - {id: A, name: "", class: free, commercial: "yes"}\n  - {id: b, name: b, class: osi, commercial: conditional, condition: one two three four five six}';
    const reading = (yaml: string) => () => readLicences(yaml, () => ({}));
    expect(reading(broken)).toThrow(/free|class/);
    expect(reading(broken)).toThrow(/five words/);
    expect(reading('licences: []')).toThrow();
  });
});

describe('metadata', () => {
  test('a list is as free as its strictest licence, and all are shown', () => {
    expect(read({ licences: ['apache-2.0', 'cc-by-nc-4.0', 'mit'] })).toMatchObject({
      entry: { id: 'cc-by-nc-4.0' },
      all: ['cc-by-nc-4.0', 'apache-2.0', 'mit'],
    });
    expect(read({ licences: ['mit', 'home-made'] })).toMatchObject({ entry: null, ownName: 'home-made' });
  });

  test('an unknown name is its own, never guessed; what it says on its face counts', () => {
    expect(read({ licence: 'other', licenceName: 'glm-9' })).toMatchObject({ ownName: 'glm-9', commercial: 'unknown' });
    expect(read({ licence: 'other', licenceName: 'acme-non-commercial-license' })).toMatchObject({
      entry: null,
      class: 'non-commercial',
      commercial: 'no',
    });
    expect(read({ licence: 'other', licenceName: 'Acme Research License' })).toMatchObject({ class: 'research-only' });
    expect(read({ licence: 'other' })).toMatchObject({ entry: { id: 'other', class: 'none' }, ownName: null });
    expect(read({ licence: 'other', licenceName: 'other' })).toMatchObject({ entry: { id: 'other' } });
    expect(read({ licence: null })).toMatchObject({ entry: { id: 'none' } });
    expect(read({ licence: 'NOASSERTION' })).toMatchObject({ entry: { class: 'none' } });
    expect(read({})).toBeNull();
  });

  test('a link speaks by the address of a text, never by the account that owns the path', () => {
    const link = (licenceLink: string) => read({ licence: 'other', licenceLink });
    expect(link('https://mistral.ai/licenses/MRL-0.1.md')).toMatchObject({ entry: { id: 'mrl' }, from: 'link' });
    expect(link('https://huggingface.co/moonshotai/Kimi-K3/blob/main/LICENSE')?.entry?.id).toBe('kimi-k3');
    expect(link('https://huggingface.co/Qwen/Qwen3-8B/blob/main/LICENSE')?.entry?.id).toBe('other');
    expect(link('https://huggingface.co/gemma/x/blob/main/LICENSE')?.entry?.id).toBe('other');
    expect(link('https://example.com/terms/acme')?.entry?.id).toBe('other');
    expect(link('https://ai.google.dev/gemma/docs/gemma_4_license')?.entry?.id).toBe('other');
    expect(link('LICENSE')).toMatchObject({ entry: { id: 'other' } });
    expect(link('LICENSE-NON-COMMERCIAL.md')).toMatchObject({ commercial: 'no' });
  });

  test('a name that says no more than a family gives way to whoever says more', () => {
    const kimi = 'https://huggingface.co/moonshotai/Kimi-K3/blob/main/LICENSE';
    expect(idOf({ licence: 'other', licenceName: 'modified-mit', licenceLink: kimi })).toBe('kimi-k3');
    expect(read({ licence: 'other', licenceName: 'modified-mit' })).toMatchObject({
      entry: { id: 'modified-mit' },
      commercial: 'conditional',
      condition: 'terms in the licence file',
    });
  });
});

describe('contradictions are settled towards the stricter', () => {
  const apache = spdxText('Apache-2.0');
  const mit = spdxText('MIT');
  const qwen = 'Qwen RESEARCH LICENSE AGREEMENT\n\nFor non-commercial purposes.';

  test.each<readonly [string, Facts, string, string]>([
    ['an identifier and a name', { licence: 'mit', licenceName: 'deepseek' }, 'deepseek', 'conditional'],
    [
      'a tag and a text',
      { licence: 'apache-2.0', licenceTags: ['cc-by-nc-4.0'], licenceText: apache },
      'cc-by-nc-4.0',
      'no',
    ],
    [
      'an old name and a text',
      { licence: 'other', licenceName: 'yi-license', licenceText: apache },
      'yi',
      'conditional',
    ],
    [
      'an identifier and what the link leads to',
      { licence: 'apache-2.0', licenceTexts: [{ from: 'link', url: 'https://example.com/L', text: qwen }] },
      'qwen-research',
      'no',
    ],
    [
      'a free name and a text that is not',
      { licence: 'mit', licenceText: 'Gemma Terms of Use\n\nUse policy.' },
      'gemma',
      'conditional',
    ],
  ])('%s', (_what, facts, id, commercial) => {
    const found = read(facts);
    expect(found).toMatchObject({ entry: { id }, commercial });
    expect(found?.conflict).toMatch(/: .+; .+: /);
  });

  test('a licence for the code beside one for the weights', () => {
    const facts: Facts = {
      licence: 'other',
      licenceName: 'deepseek',
      licenceText: 'DEEPSEEK LICENSE AGREEMENT\n\nVersion 1.0',
      licenceTexts: [{ from: 'code', url: 'https://example.com/LICENSE-CODE', text: mit }],
    };
    expect(read(facts)).toMatchObject({
      entry: { id: 'deepseek' },
      conflict: 'text: DeepSeek License; code licence: MIT License',
    });
    expect(idOf({ licence: 'other', licenceTexts: facts.licenceTexts ?? [] })).toBe('other');
  });

  test('agreement, also with one of a list or of a family, is no conflict; silence of one side is unknown', () => {
    expect(read({ licence: 'apache-2.0', licenceText: apache })?.conflict).toBeNull();
    expect(read({ licences: ['mit', 'apache-2.0'], licenceText: apache })?.conflict).toBeNull();
    expect(read({ licence: 'gpl', licenceText: spdxText('GPL-3.0-only') })).toMatchObject({
      entry: { id: 'gpl-3.0' },
      conflict: null,
    });
    expect(read({ licence: 'other', licenceText: apache })?.conflict).toBe('unknown');
    expect(read({ licence: 'apache-2.0' })?.conflict).toBe('unknown');
  });

  test('a text that nobody knows is never free, whatever the card says', () => {
    const text = '# Skylark Community Licence\n\nBe kind.';
    expect(read({ licence: 'mit', licenceText: text })).toMatchObject({
      entry: null,
      ownName: 'Skylark Community Licence',
      commercial: 'unknown',
      conflict: 'text: Skylark Community Licence; metadata: MIT License',
    });
    expect(read({ licence: 'other', licenceText: text })).toMatchObject({ entry: null, from: 'text' });
    // Terms of a lab in words that the table does not know: what the card names is at least as strict.
    expect(read({ licence: 'llama3.1', licenceText: text })).toMatchObject({ entry: { id: 'llama3.1' } });
  });
});
