// Recognising licences: by identifier, by name, by text, and when two of these disagree.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recogniseLicence } from '../../src/stories/licences.ts';
import { readLicences } from '../../src/stories/openness/table.ts';
import { excludedPlaces, recogniseText } from '../../src/stories/openness/text.ts';
import type { Facts } from '../../src/types/core.ts';

const table = readLicences(readFileSync(new URL('../../config/licences.yaml', import.meta.url), 'utf8'));
const read = (facts: Facts, repo: string | null = null) => recogniseLicence(facts, table, repo);
const idOf = (facts: Facts, repo: string | null = null) => read(facts, repo)?.entry?.id;

describe('the table', () => {
  test('holds every licence once, with a condition of few words wherever there is one', () => {
    expect(table.entries.length).toBeGreaterThanOrEqual(73);
    expect(new Set(table.entries.map((entry) => entry.id)).size).toBe(table.entries.length);
    for (const entry of table.entries) {
      expect(entry.commercial === 'conditional' ? entry.condition : 'any', entry.id).not.toBeNull();
      expect(entry.limits.includes('territory'), entry.id).toBe(entry.territory !== null);
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
    }
  });

  test('every title and sentence leads to its licence', () => {
    for (const entry of table.entries) {
      for (const line of [...entry.titles, ...entry.phrases]) {
        const text = `\n        ${line}\n\nCopyright (c) 2025 Somebody. ${entry.needs[0] ?? ''}\n`;
        expect(recogniseText(text, table)?.id, line).toBe(entry.id);
      }
    }
  });

  test('a table with mistakes is refused with all of them', () => {
    const broken =
      'licences:\n  - {id: A, name: "", class: free, commercial: "yes"}\n  - {id: b, name: b, class: osi, commercial: conditional, condition: one two three four five six}';
    expect(() => readLicences(broken)).toThrow(/free|class/);
    expect(() => readLicences(broken)).toThrow(/five words/);
    expect(() => readLicences('licences: []')).toThrow();
  });
});

describe('texts', () => {
  test.each([
    ['MIT License\n\nCopyright (c) 2024 DeepSeek\n\nPermission is hereby granted', 'mit'],
    ['# The MIT License (MIT)\n\nCopyright (c) 2024', 'mit'],
    [
      'Modified MIT License\n\nCopyright (c) 2025 Moonshot AI\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software',
      'modified-mit-kimi',
    ],
    [
      'Modified MIT License\n\nSoftware Copyright (c) 2019 OpenAI\n\nWe do not claim ownership of what you make with GPT-2.',
      'gpt-2',
    ],
    [
      'Copyright (c) 2020 A\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software and so on',
      'mit',
    ],
    ['---\nlicense: other\n---\n\n   Apache License\n   Version 2.0, January 2004', 'apache-2.0'],
    ['GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007', 'gpl-3.0'],
    ['GNU GENERAL PUBLIC LICENSE\n   Version 2, June 1991', 'gpl-2.0'],
    ['Copyright 2023 Somebody\nAll of it\nin these three lines\nand then\n\nApache License\nVersion 2.0', 'apache-2.0'],
    ['K-EXAONE AI Model License Agreement 1.0 - NC', 'k-exaone'],
    ['EXAONE AI Model License Agreement 1.2 - NC', 'exaone-nc'],
    ['Tongyi Qianwen RESEARCH LICENSE AGREEMENT', 'qwen-research'],
    ['Meta Llama 3 Community License Agreement\nMeta Llama 3 Version Release Date: April 18, 2024', 'llama3'],
    ['LLAMA\u00A03.2 COMMUNITY LICENSE AGREEMENT', 'llama3.2'],
    ['Falcon-180B TII License Version 1.0\n\nbased on the Apache License Version 2.0', 'falcon-180b'],
  ])('%j', (text, id) => {
    expect(recogniseText(text, table)?.id).toBe(id);
  });

  test.each([
    'Skylark Model License (based on the Apache License, Version 2.0)\n\nNo commercial use.',
    'NVIDIA RESEARCH LICENSE AGREEMENT',
    'Own terms\n\nSome parts fall under the MIT License, others do not.',
    `Copyright (c) 2020 A\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software\n${'except above a hundred users '.repeat(120)}`,
    '',
  ])('none of the table: %j', (text) => {
    expect(recogniseText(text, table)).toBeNull();
  });

  test('places left out of terms that nobody has read', () => {
    const text = 'This agreement does not apply in the European Union, the United Kingdom and South Korea.';
    expect(excludedPlaces(text)).toBe('the text leaves out the European Union, the United Kingdom, South Korea');
    expect(excludedPlaces('Governed by the laws of the Republic of Korea. A non-exclusive grant.')).toBeNull();
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

  test('an unknown name is its own, never guessed', () => {
    expect(read({ licence: 'other', licenceName: 'glm-9' })).toMatchObject({ entry: null, ownName: 'glm-9' });
    expect(read({ licence: 'other' })).toMatchObject({ entry: { id: 'other', class: 'none' }, ownName: null });
    expect(read({ licence: null })).toMatchObject({ entry: { id: 'none' } });
    expect(read({ licence: 'NOASSERTION' })).toMatchObject({ entry: { class: 'none' } });
    expect(read({})).toBeNull();
  });

  test('a link speaks where the card names nothing', () => {
    const link = 'https://mistral.ai/licenses/MRL-0.1.md';
    expect(read({ licence: 'other', licenceLink: link })).toMatchObject({ entry: { id: 'mrl' }, from: 'link' });
    expect(read({ licence: 'other', licenceLink: 'LICENSE' })).toMatchObject({ entry: { id: 'other' } });
  });
});

describe('text and metadata', () => {
  const apache = '   Apache License\n   Version 2.0';
  test('the text wins, and the disagreement is said', () => {
    expect(read({ licence: 'other', licenceName: 'yi-license', licenceText: apache })).toMatchObject({
      entry: { id: 'apache-2.0' },
      from: 'text',
      conflict: 'text: Apache License 2.0; metadata: Yi Series Models License (old)',
    });
  });
  test('agreement, also with one of a list, is no conflict; silence of one side is unknown', () => {
    expect(read({ licence: 'apache-2.0', licenceText: apache })?.conflict).toBeNull();
    expect(read({ licences: ['mit', 'apache-2.0'], licenceText: apache })?.conflict).toBeNull();
    expect(read({ licence: 'other', licenceText: apache })?.conflict).toBe('unknown');
    expect(read({ licence: 'apache-2.0' })?.conflict).toBe('unknown');
  });
  test('an unknown text leaves the word to the metadata, or gives its own name', () => {
    const text = '# Skylark Community Licence\n\nBe kind.';
    expect(read({ licence: 'mit', licenceText: text })).toMatchObject({ entry: { id: 'mit' }, from: 'metadata' });
    expect(read({ licence: 'other', licenceText: text })).toMatchObject({
      entry: null,
      ownName: 'Skylark Community Licence',
      from: 'text',
    });
  });
});
