// Buttons whose work takes longer than Discord waits: announced in time, answered when it is done.
import { expect, it } from 'vitest';
import type { WatchDraft } from '../../src/guilds/add-watch.ts';
import { openBot } from '../support/bot/scene.ts';
import { grok } from '../support/channels/stories.ts';
import { buttonOf } from '../support/e2e/bot-scene.ts';

const shown = { there: true, counts: [], newest: null, found: 0 };
const filters = { on: null, prereleases: false, include: null, exclude: null, match: null };

/** Opened by the test when the work may end. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

it('a watch that takes long to store is told in place of its preview', async () => {
  const { opened, open } = gate();
  const { world, boss, slow } = await openBot({
    watches: {
      preview: async (place) => {
        const target = { id: 'github:o/r', source: 'github', address: 'o/r', shape: null };
        const watch = { id: 'w', targetId: target.id, origin: { by: 'guild' as const, guild: place.guild }, filters };
        const rest = { to: [], weight: 1, floorMs: null, firstRun: 'quiet' as const, paused: false, since: null };
        const draft: WatchDraft = { place, target, watch: { ...watch, ...rest }, seen: null };
        return { kind: 'ready', draft, target: 'github:o/r', shown };
      },
      add: async () => {
        await opened;
        return { kind: 'added', target: 'github:o/r' };
      },
    },
  });
  const { people } = world.discord;
  const asked = await people.slash('watch add', { kind: 'github', target: 'o/r' }, boss);
  const preview = await asked.message();
  if (preview === null) throw new Error('no preview');
  slow(true);
  const yes = buttonOf(preview, 'watch:yes');
  const pressed = await people.press(preview, yes, boss);
  expect(pressed.type).toBe(6);
  open();
  expect((await pressed.message())?.content).toBe('This channel now watches **github:o/r**.');
  expect(preview.components).toEqual([]);
});

it('a promise that is settled meanwhile is told beside the list, to who asked alone', async () => {
  const { opened, open } = gate();
  const pledge = { by: 'xAI', quoteUrl: null, saidAt: '2026-01-01T00:00:00Z', zone: 'UTC', dueFrom: null, dueTo: null };
  const unsure = { ...grok, pledge: { ...pledge, confirmed: false, state: 'open' as const } };
  const { world, boss, slow } = await openBot({
    promises: {
      here: async () => ({ overdue: [], open: [unsure], kept: [], unconfirmed: [unsure] }),
      answer: async () => {
        await opened;
        return false;
      },
    },
  });
  const { people } = world.discord;
  const list = await (await people.slash('promises', {}, boss)).message();
  if (list === null) throw new Error('no promises');
  slow(true);
  const pressed = await people.press(list, buttonOf(list, 'pledge:confirmed'), boss);
  expect(pressed.type).toBe(6);
  open();
  await expect.poll(() => pressed.followups.length).toBe(1);
  expect(pressed.followups).toMatchObject([{ content: 'That promise is settled already.' }]);
  expect(list.components).not.toEqual([]);
});
