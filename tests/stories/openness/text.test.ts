// Licence texts: the whole text of a licence, a piece of it, one that was changed, and one that nobody knows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excludedPlaces, readText } from '../../../src/stories/openness/text.ts';
import { spdxText, licenceTable as table } from '../licence-table.ts';

const read = (text: string) => readText(text, table);
const mit = spdxText('MIT');
const apache = spdxText('Apache-2.0');
const body = mit.slice(mit.indexOf('Permission'));

describe('standard licences', () => {
  const standard = table.entries.flatMap(({ id, spdx }) => (spdx === null ? [] : [[id, spdx] as const]));

  test.each(standard)('%s: its own text, with other names, line breaks and marks', (id, spdx) => {
    const text = spdxText(spdx);
    const folded = text.replace(/[ \t]*\n(?!\n)[ \t]*/g, ' ').toUpperCase();
    const written = `${folded.replace(/(.{60,80}) /g, '$1\r\n')}\n\n`.replace(/"/g, '“');
    expect(read(text)).toMatchObject({ kind: 'known', entry: { id } });
    if (!/^(?:gfdl|lppl|cc|pddl|odc|odbl|eupl|epl|gpl|agpl|lgpl|ofl|mpl|etalab|mulanpsl)/.test(id))
      expect(read(written)).toMatchObject({ kind: 'known', entry: { id } });
  });

  test.each([
    [
      'under a title and a name',
      `# The MIT License (MIT)\n\nCopyright (c) 2025 Acme, Inc. All rights reserved.\n\n${body}`,
    ],
    ['without a title', body],
    ['with a name above', `Acme Model.\nCopyright (c) Acme Corporation.\n\n${body}`],
    ['behind front matter', `---\nlicense: mit\n---\n\n${mit}`],
    ['in a comment', `/*\n${mit.replace(/^/gm, ' * ')}\n */`],
    ['with a name in the disclaimer', mit.replace('AUTHORS OR COPYRIGHT HOLDERS', 'ACME CORPORATION')],
  ])('MIT %s', (_how, text) => {
    expect(read(text)).toMatchObject({ kind: 'known', entry: { id: 'mit' } });
  });

  test.each([
    ['Apache without its appendix', apache.slice(0, apache.indexOf('APPENDIX')), 'apache-2.0'],
    [
      'BSD with a holder',
      spdxText('BSD-3-Clause').replace('the copyright holder nor', 'Acme, Inc. nor'),
      'bsd-3-clause',
    ],
    [
      'LGPL without the GPL behind it',
      spdxText('LGPL-3.0-only').split(/\n(?=GNU GENERAL PUBLIC LICENSE)/)[0] ?? '',
      'lgpl-3.0',
    ],
  ])('%s', (_what, text, id) => {
    expect(read(text)).toMatchObject({ kind: 'known', entry: { id } });
  });

  test.each([
    ['a title', 'MIT License\n\nCopyright (c) 2024 DeepSeek', 'mit'],
    [
      'its beginning',
      'MIT License\n\nCopyright (c) 2024 DeepSeek\n\nPermission is hereby granted, free of charge',
      'mit',
    ],
    ['a title and a version', '   Apache License\n   Version 2.0, January 2004', 'apache-2.0'],
    ['a sentence that names it', 'This model is released under the MIT License.', 'mit'],
  ])('%s is no more than a name', (_what, text, id) => {
    expect(read(text)).toMatchObject({ kind: 'named', entry: { id } });
  });
});

describe('a standard licence with something of substance is another one', () => {
  const tail = `${mit}\n\nOur only modification is that, if the Software is used for commercial products, you shall prominently display "Acme".`;
  test.each([
    ['a sentence behind', tail, 'mit', 'conditional'],
    ['a line above', `FOR NON-COMMERCIAL USE ONLY\n\n${mit}`, 'mit', 'no'],
    ['in the title', mit.replace('MIT License', 'MIT License (Non-Commercial Use Only)'), 'mit', 'no'],
    ['in the title, unclear', apache.replace('Apache License', 'Apache License (modified)'), 'apache-2.0', undefined],
    [
      'Commons Clause above',
      `"Commons Clause" License Condition v1.0\n\nThe grant of rights does not include the right to Sell the Software.\n\n${apache}`,
      'apache-2.0',
      'conditional',
    ],
    [
      'terms behind',
      `${apache}\n\nADDITIONAL TERMS\n\nYou may not use the Work to train other models.`,
      'apache-2.0',
      undefined,
    ],
    ['one word put in', mit.replace('to any person', 'to any academic person'), 'mit', undefined],
    [
      'one word put in that is no term',
      mit.replace('to any person obtaining', 'to any European person obtaining'),
      'mit',
      undefined,
    ],
    ['a right taken out', mit.replace(/, sublicense, and\/or sell/, ''), 'mit', undefined],
    [
      'a clause between',
      apache.replace('3. Grant of Patent License.', '2a. Hosting needs permission.\n\n3. Grant of Patent License.'),
      'apache-2.0',
      undefined,
    ],
  ])('%s', (_what, text, base, commercial) => {
    const found = read(text);
    expect(found.kind === 'known' ? found.entry.id : found.kind).not.toBe(base);
    if (found.kind === 'known') expect(found.entry.commercial).not.toBe('yes');
    else expect(found).toMatchObject({ kind: 'modified', base: { id: base } });
    if (found.kind === 'modified') expect(found.terms?.commercial).toBe(commercial);
  });

  test('whose it is', () => {
    expect(read(tail)).toMatchObject({ whose: 'Somebody' });
    const own = (holder: string, sentence: string) =>
      read(`Modified MIT License\n\nCopyright (c) 2025 ${holder}\n\n${body}\n\n${sentence}`);
    expect(own('Moonshot AI', 'You shall prominently display "Kimi K2" on the user interface.')).toMatchObject({
      entry: { id: 'modified-mit-kimi' },
    });
    expect(own('Mistral AI', 'Not if revenue exceeds $20 million.')).toMatchObject({
      entry: { id: 'modified-mit-mistral' },
    });
    expect(own('IQuest Research', 'Display "IQuest Coder".')).toMatchObject({ entry: { id: 'modified-mit-iquest' } });
    expect(own('Acme', 'Display "Acme".')).toMatchObject({ kind: 'modified', base: { id: 'mit' }, whose: 'Acme' });
    expect(
      read(`MIT License\n\nCopyright (c) 2025 MiniMax\n\n${body}\n\nYou shall prominently display "MiniMax M2".`),
    ).toMatchObject({
      entry: { id: 'modified-mit-minimax' },
    });
    expect(
      read(
        'Modified MIT License\n\nSoftware Copyright (c) 2019 OpenAI\n\nWe do not claim ownership of what you make with GPT-2.',
      ),
    ).toMatchObject({ entry: { id: 'gpt-2' } });
  });

  test('whatever sentence of terms is put at whatever place, the text is not the standard one', () => {
    const sentences = [
      'You may not use this commercially.',
      'For research only.',
      'Users above one million must pay.',
      'No use in Korea.',
    ];
    const paragraphs = apache.split(/\n\n+/);
    fc.assert(
      fc.property(fc.nat(paragraphs.length), fc.constantFrom(...sentences), (at, sentence) => {
        const text = [...paragraphs.slice(0, at), sentence, ...paragraphs.slice(at)].join('\n\n');
        const found = read(text);
        return found.kind === 'modified' || (found.kind === 'known' && found.entry.commercial !== 'yes');
      }),
      { numRuns: 60 },
    );
  });
});

describe('licences of their own', () => {
  test.each([
    ['K-EXAONE AI Model License Agreement 1.0 - NC', 'k-exaone'],
    ['EXAONE AI Model License Agreement 1.2 - NC', 'exaone-nc'],
    ['Tongyi Qianwen RESEARCH LICENSE AGREEMENT', 'qwen-research'],
    ['Meta Llama 3 Community License Agreement\nMeta Llama 3 Version Release Date: April 18, 2024', 'llama3'],
    ['LLAMA\u00A03.2 COMMUNITY LICENSE AGREEMENT', 'llama3.2'],
    ['Falcon-180B TII License Version 1.0\n\nbased on the Apache License Version 2.0', 'falcon-180b'],
    ['CreativeML Open RAIL++-M License\ndated November 24, 2022', 'openrail++'],
    ['CreativeML Open RAIL-M\ndated August 22, 2022', 'creativeml-openrail-m'],
  ])('%j', (text, id) => {
    expect(read(text)).toMatchObject({ kind: 'known', entry: { id } });
  });

  test.each([
    ['Skylark Model License (based on the Apache License, Version 2.0)\n\nNo commercial use.', 'no'],
    ['NVIDIA EVALUATION LICENSE AGREEMENT', undefined],
    ['Acme License\n\nThe Model may be used solely for non-commercial research purposes.', 'no'],
    [
      'Own terms\n\nSome parts fall under the MIT License, others do not, and nobody knows which of them is which.',
      undefined,
    ],
    ['', undefined],
  ])('none of the table: %j', (text, commercial) => {
    const found = read(text);
    expect(found.kind).toBe('own');
    if (found.kind === 'own') expect(found.terms?.commercial).toBe(commercial);
  });

  test('a free title above terms of another kind is not free', () => {
    expect(read('OpenMDW License Agreement, version 1.1\n\nFor non-commercial use only.')).toMatchObject({
      kind: 'own',
      terms: { commercial: 'no' },
    });
  });

  test('a free licence that another title only mentions is not that licence; terms of a lab are, behind a few words', () => {
    const own = (title: string) => read(`${title}\n\nYou may use this for what you like on Sundays.`);
    expect(own('Acme Terms, written after OpenMDW License Agreement, version 1.1')).toMatchObject({ kind: 'own' });
    expect(own('Acme: Llama 3.1 Community License Agreement')).toMatchObject({
      kind: 'known',
      entry: { class: 'permissive-with-limits' },
    });
  });

  test('places left out of terms that nobody has read', () => {
    const text = 'This agreement does not apply in the European Union, the United Kingdom and South Korea.';
    expect(excludedPlaces(text)).toBe('the text leaves out the European Union, the United Kingdom, South Korea');
    expect(excludedPlaces('Governed by the laws of the Republic of Korea. A non-exclusive grant.')).toBeNull();
  });

  test('any text is read within bounds', () => {
    for (const text of [
      'a '.repeat(32_000),
      mit.repeat(60),
      `${'('.repeat(60_000)}`,
      '\n'.repeat(60_000),
      `---\n${'x\n'.repeat(30_000)}`,
    ])
      expect(() => read(text)).not.toThrow();
  });
});
