// Groups and digests: what they list is a link where that misleads nobody.
import { expect, it } from 'vitest';
import type { Draft } from '../../../src/channels/define.ts';
import { render } from '../../../src/channels/discord/render.ts';
import { grok, release, style } from '../../support/channels/stories.ts';

function shown(draft: Draft): string | undefined {
  return render(draft, style, 'one', { labName: (id) => id })[0]?.message.embeds?.[0]?.description;
}

it('what a list is about is named once', () => {
  const url = (tag: string) => `https://github.com/xai-org/x/releases/tag/${tag}`;
  const items = ['xai-org/x v1', 'v2', 'llama.cpp b3'].map((title) => ({
    key: title,
    title,
    url: url('v1'),
    at: null,
  }));
  const group = shown({ form: 'group', title: 'xai-org/x', url: null, items });
  expect(group?.split('\n')).toEqual([
    `• **[v1](${url('v1')})**`,
    `• **[v2](${url('v1')})**`,
    `• **llama.cpp b3** [github.com](${url('v1')})`,
  ]);
  const versions = ['v1', 'v2'].map((tag) => ({ ...release, name: `xai-org/x ${tag}`, url: url(tag), marks: [] }));
  const [one, two] = versions;
  const stories = one && two ? [one, grok, two] : [];
  const digest = shown({ form: 'digest', from: '2025-08-22T09:00:00Z', to: '2025-08-23T09:00:00Z', stories });
  expect(digest?.split('\n')).toEqual([
    `🟢 **xai-org/x**: **[v1](${url('v1')})** new release (Released) · **[v2](${url('v2')})** new release (Released)`,
    expect.stringMatching(/^🟢 \*\*Grok 2\*\*: .* \[huggingface\.co\]/),
  ]);
});
