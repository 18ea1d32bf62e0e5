// The bot in English, to one person.
import type { PeopleMessages } from './bot-people.ts';

export const people: PeopleMessages = {
  buttons: {
    details: 'Details',
    follow: 'Follow',
    leave: 'Stop following',
    remind: 'Remind me',
    unremind: 'No reminder',
    vouch: 'It is {lab}\u2019s own',
  },
  vouchedHere: '{account} counts as {lab}\u2019s own in this server from now on.',
  vouchedEverywhere: '{account} counts as {lab}\u2019s own for everybody from now on.',
  notVouched: 'It is known by now whose it is, or the story is gone.',
  followed: "You follow **{name}**: I'll send you what happens next in a direct message.",
  followedAlready: 'You follow **{name}** already.',
  left: 'You no longer follow it.',
  notFollowed: 'You do not follow it.',
  reminded: "I'll send you a direct message the day before **{name}** falls due, which is {due}.",
  remindedAlready: 'You will be reminded of **{name}** already; it falls due {due}.',
  unreminded: 'You will not be reminded of it.',
  notReminded: 'No reminder was set.',
  noDay: 'Nothing is promised of **{name}** any more, or for no day.',
  tooLate: '**{name}** falls due {due}: the day before is here already.',
  tooManyFollowed: {
    one: 'You may follow {n} story, and you do. Stop following it first.',
    other: 'You may follow {n} stories, and you do. Stop following one first.',
  },
  tooManyReminders: {
    one: 'You may have {n} reminder, and you have it.',
    other: 'You may have {n} reminders, and you have them.',
  },
  noStory: 'That story is not here any more.',
  details: {
    turns: 'All that happened',
    evidence: 'Evidence',
    unknown: 'Not known',
    nothing: 'There is no more to say.',
  },
};
