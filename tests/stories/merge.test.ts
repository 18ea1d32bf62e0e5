// Two stories that prove one.
import { expect, test } from 'vitest';
import { merge } from '../../src/stories/merge.ts';
import type { Story } from '../../src/types/story.ts';
import { grok } from '../support/channels/stories.ts';

const now = '2025-08-23T19:30:00.000Z';
const named: Story = {
  ...grok,
  id: 'named',
  pledge: null,
  openedAt: '2025-08-20T00:00:00.000Z',
  releasedAt: now,
  revision: 3,
  audience: ['b'],
  marks: [],
};
const nameless: Story = {
  ...named,
  id: 'nameless',
  key: 'model:xai/grok/',
  name: 'Grok',
  subject: null,
  stage: 'pledged',
  releasedAt: null,
  revision: 2,
  openedAt: '2025-08-06T00:00:00.000Z',
  audience: ['a'],
  openness: null,
  pledge: grok.pledge === null ? null : { ...grok.pledge, state: 'overdue' },
};

test('the older goes on with the name, the card and the promise; the younger links to it', () => {
  const { story, marks, younger } = merge(named, nameless, now);
  expect(story).toMatchObject({
    id: 'nameless',
    key: named.key,
    name: named.name,
    stage: 'released',
    subject: named.subject,
    revision: 3,
    audience: ['a', 'b'],
    pledge: { state: 'kept late' },
    nextAt: null,
  });
  expect(marks).toMatchObject([{ turn: 'kept late' }]);
  expect(younger).toMatchObject({ id: 'named', mergedInto: 'nameless', revision: 4 });
  expect(younger.key).not.toBe(story.key);
  expect(younger.marks.at(-1)).toMatchObject({ turn: 'merged', detail: named.name, url: named.url });
});

test('when the named one is older, it goes on', () => {
  const { story, younger } = merge({ ...named, openedAt: '2025-08-01T00:00:00.000Z' }, nameless, now);
  expect(story).toMatchObject({ id: 'named', revision: 4, pledge: { state: 'kept late' } });
  expect(younger).toMatchObject({ id: 'nameless', mergedInto: 'named' });
});
