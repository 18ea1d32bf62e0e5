// The judge itself: it takes what Discord takes and refuses what Discord refuses.
import { describe, expect, it } from 'vitest';
import { payloadCheck } from '../../support/channels/payload.ts';

describe("Discord's description", () => {
  const allowed = { allowed_mentions: { parse: [] } };

  it.each([
    ['title of 256', { embeds: [{ title: 'x'.repeat(256) }], ...allowed }, 0],
    ['title of 257', { embeds: [{ title: 'x'.repeat(257) }], ...allowed }, 1],
    ['nonce of 26', { content: 'x', nonce: 'n'.repeat(26), ...allowed }, 1],
    ['field without a value', { embeds: [{ fields: [{ name: 'x' }] }], ...allowed }, 1],
  ])('%s', (_name, body, wrong) => {
    expect(Math.min(1, payloadCheck(body).length)).toBe(wrong);
  });
});
