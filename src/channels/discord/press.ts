// The buttons of a card that the bot answers: details, following its story, a reminder of its promise.

import { fill } from '../../messages/fill.ts';
import type { Language } from '../../messages/format.ts';
import type { Story } from '../../types/story.ts';
import type { CardLook } from './look.ts';
import type { PressButton } from './page.ts';
import { bare } from './text.ts';

/** Discord's limit for the id of a button. */
const idMost = 100;

/** Whether the story's promise is still open and has a date for a reminder. */
export function isAwaited({ pledge }: Story): boolean {
  if (pledge === null || pledge.ended === true || pledge.passed === true) return false;
  return (pledge.state === 'open' || pledge.state === 'moved') && pledge.dueTo !== null;
}

export function pressButton(label: string, what: string, storyId: string, style: 1 | 2 = 2): readonly PressButton[] {
  const id = `story:${what}:${storyId}`;
  return id.length > idMost ? [] : [{ type: 2, style, label, custom_id: id }];
}

/** For a known lab's name in an unknown account; only people who manage the server may use it. */
function vouchButton({ id, lab, known }: Story, label: string): readonly PressButton[] {
  const strange = known.unvouched ?? null;
  if (strange === null || lab === null) return [];
  return [{ type: 2, style: 2, label: bare(fill(label, { lab: strange.lab }), 80), custom_id: `vouch:yes:${id}` }];
}

/** Empty where nobody answers buttons. */
export function pressButtons(story: Story, { press }: CardLook, language: Language): readonly PressButton[] {
  if (press === undefined) return [];
  const { buttons } = language.texts.bot.people;
  return [
    ...pressButton(buttons.details, 'details', story.id),
    ...(press === 'person'
      ? pressButton(buttons.leave, 'leave', story.id)
      : pressButton(buttons.follow, 'follow', story.id)),
    ...(press === 'channel' ? vouchButton(story, buttons.vouch) : []),
    ...(isAwaited(story) ? pressButton(buttons.remind, 'remind', story.id) : []),
  ];
}
