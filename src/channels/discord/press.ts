// The buttons of a card that the bot answers: details, following its story, a reminder of its promise.
import type { Language } from '../../messages/format.ts';
import type { Story } from '../../types/story.ts';
import type { CardLook } from './look.ts';
import type { PressButton } from './page.ts';

/** Discord's most for the id of a button. */
const idMost = 100;

/** Whether its promise still stands and names a day that somebody can be reminded of. */
export function isAwaited({ pledge }: Story): boolean {
  if (pledge === null || pledge.ended === true || pledge.passed === true) return false;
  return (pledge.state === 'open' || pledge.state === 'moved') && pledge.dueTo !== null;
}

export function pressButton(label: string, what: string, storyId: string, style: 1 | 2 = 2): readonly PressButton[] {
  const id = `story:${what}:${storyId}`;
  return id.length > idMost ? [] : [{ type: 2, style, label, custom_id: id }];
}

/** None where nobody answers. */
export function pressButtons(story: Story, { press }: CardLook, language: Language): readonly PressButton[] {
  if (press === undefined) return [];
  const { buttons } = language.texts.bot.people;
  return [
    ...pressButton(buttons.details, 'details', story.id),
    ...(press === 'person'
      ? pressButton(buttons.leave, 'leave', story.id)
      : pressButton(buttons.follow, 'follow', story.id)),
    ...(isAwaited(story) ? pressButton(buttons.remind, 'remind', story.id) : []),
  ];
}
