// Buttons that people press for themselves: details, following a story, a reminder of its promise.
import { timestamp } from '../channels/discord/card.ts';
import { fitEmbed } from '../channels/discord/embed.ts';
import { evidenceLine } from '../channels/discord/links.ts';
import type { PressButton } from '../channels/discord/page.ts';
import { pressButton } from '../channels/discord/press.ts';
import { called, inline } from '../channels/discord/text.ts';
import type { Followed, Reminded } from '../guilds/follow.ts';
import { cardOf } from '../messages/card.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import { turnText } from '../messages/turns.ts';
import type { Story } from '../types/story.ts';
import type { Asker, Bot, InteractionReply } from './define.ts';
import { pageButtons, pageFrom } from './pages.ts';
import { hidden } from './watching.ts';

const listMost = 3_800;
const linesMost = 40;

function withButtons(answer: InteractionReply, buttons: readonly PressButton[]): InteractionReply {
  return buttons.length === 0 ? answer : { ...answer, components: [{ type: 1, components: buttons }] };
}

function nameOf(story: Story): string {
  return called(story.name, story.url);
}

function followedText(followed: Followed, language: Language): string {
  const { people } = language.texts.bot;
  switch (followed.kind) {
    case 'done':
      return fill(people.followed, { name: nameOf(followed.story) });
    case 'already':
      return fill(people.followedAlready, { name: nameOf(followed.story) });
    case 'too many':
      return language.count(people.tooManyFollowed, followed.most);
    case 'no story':
      return people.noStory;
  }
}

/** With a button to stop following. */
export async function answerFollow(bot: Bot, asker: Asker, storyId: string): Promise<InteractionReply> {
  const language = messagesFor(asker.locale);
  const followed = await bot.actions.people.follow(asker, storyId);
  const answer = hidden(followedText(followed, language));
  if (followed.kind !== 'done' && followed.kind !== 'already') return answer;
  return withButtons(answer, pressButton(language.texts.bot.people.buttons.leave, 'left', followed.story.id));
}

export async function answerLeave(bot: Bot, asker: Asker, storyId: string): Promise<InteractionReply> {
  const { people } = messagesFor(asker.locale).texts.bot;
  const ended = await bot.actions.people.leave(asker.person, storyId, 'follows');
  return hidden(ended ? people.left : people.notFollowed);
}

function remindedText(reminded: Reminded, due: string | null, language: Language): string {
  const { people } = language.texts.bot;
  const when = due === null ? '' : `${timestamp(due, 'F')} (${timestamp(due, 'R')})`;
  switch (reminded.kind) {
    case 'done':
      return fill(people.reminded, { name: nameOf(reminded.story), due: when });
    case 'already':
      return fill(people.remindedAlready, { name: nameOf(reminded.story), due: when });
    case 'too late':
      return fill(people.tooLate, { name: nameOf(reminded.story), due: when });
    case 'no day':
      return fill(people.noDay, { name: nameOf(reminded.story) });
    case 'too many':
      return language.count(people.tooManyReminders, reminded.most);
    case 'no story':
      return people.noStory;
  }
}

export async function answerRemind(bot: Bot, asker: Asker, storyId: string): Promise<InteractionReply> {
  const language = messagesFor(asker.locale);
  const { reminded, due } = await bot.actions.people.remind(asker, storyId);
  const answer = hidden(remindedText(reminded, due, language));
  if (reminded.kind !== 'done' && reminded.kind !== 'already') return answer;
  return withButtons(answer, pressButton(language.texts.bot.people.buttons.unremind, 'unremind', reminded.story.id));
}

export async function answerUnremind(bot: Bot, asker: Asker, storyId: string): Promise<InteractionReply> {
  const { people } = messagesFor(asker.locale).texts.bot;
  const ended = await bot.actions.people.leave(asker.person, storyId, 'reminders');
  return hidden(ended ? people.unreminded : people.notReminded);
}

/** All turns, all evidence, and what is not known. */
function detailLines(story: Story, language: Language): readonly string[] {
  const { details } = language.texts.bot.people;
  const { notKnown } = cardOf(story, language);
  const turns = story.marks.map((mark) => `${timestamp(mark.at, 'f')} ${inline(turnText(story, mark, language), 300)}`);
  const evidence = story.evidence.map((one) => evidenceLine(one, language));
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`**${title}**`, ...lines.map((line) => `• ${line}`)];
  return [
    ...section(details.turns, turns),
    ...section(details.evidence, evidence),
    ...section(details.unknown, notKnown === null ? [] : [inline(notKnown.value, 1_000)]),
  ];
}

/** `from`: index of the first line to show. Visible to the asker only. */
export async function answerDetails(bot: Bot, asker: Asker, storyId: string, from = 0): Promise<InteractionReply> {
  const language = messagesFor(asker.locale);
  const { people } = language.texts.bot;
  const story = await bot.actions.people.story(asker, storyId);
  if (story === null) return hidden(people.noStory);
  const lines = detailLines(story, language);
  const page = pageFrom(lines, from, [listMost, linesMost], (line) => [line.length + 1, 1]);
  const description = page.entries.length === 0 ? people.details.nothing : page.entries.join('\n');
  return {
    embeds: [fitEmbed({ title: nameOf(story), description })],
    components: pageButtons('details', page, language, story.id),
    hidden: true,
  };
}
