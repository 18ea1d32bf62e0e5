// Data is open under a licence of the program's own table that frees it, by its id in whatever spelling; and under no other.
import { expect, test } from 'vitest';
import { cardOf } from '../../../src/app/card.ts';
import type { Story } from '../../../src/types/story.ts';
import { grok } from '../../support/channels/stories.ts';

const verdictWith = (licence: string): string | undefined => {
  const known: Story['known'] = {
    artefact: 'model',
    readme: 'absent',
    files: 2,
    bytes: 1e9,
    formats: ['safetensors'],
    library: 'transformers',
    licence: 'apache-2.0',
    datasets: ['lab/corpus'],
    dataLooks: [{ id: 'lab/corpus', readable: true, licences: [licence], extract: false }],
    subjectName: 'm',
  };
  const story: Story = { ...grok, sort: 'model', subject: 'huggingface:lab/m', known, marks: [] };
  return cardOf()(story, { open: null, overall: null }, '2026-03-01T00:00:00.000Z')?.verdict.value;
};

test.each([
  ['odc-by', 'open-data model'],
  ['cc-by-4.0', 'open-data model'],
  ['CC-BY-4.0', 'open-data model'],
  ['apache-2.0', 'open-data model'],
  ['cc-by-nc-4.0', 'open weights, free licence'],
  ['llama3', 'open weights, free licence'],
  ['nobody-knows-it', 'open weights, free licence'],
])('data under %s: %s', (licence, verdict) => {
  expect(verdictWith(licence)).toBe(verdict);
});
