// Why a message waits or was given up, in English.
import type { SendTexts } from './define.ts';

const refused = 'Discord answered {status} ({code}): {said}';

export const sending: SendTexts = {
  'discord.refused': refused,
  'discord.no-permission': refused,
  'discord.no-access': refused,
  'discord.no-channel': refused,
  'discord.no-text': 'this kind of channel takes no messages (Discord {status}, {code}): {said}',
  'discord.locked': 'the thread is locked (Discord {status}, {code})',
  'discord.threads-full': 'as many threads are active as the server may have (Discord {status}, {code})',
  'discord.automod': 'a filter of the server (AutoMod) refused it (Discord {status}, {code}): {said}',
  'discord.elsewhere': 'Discord answered with a message of another channel',
  'discord.unpinged':
    'not pinged: role {roles}. The bot needs "Mention Everyone", or the role "Allow anyone to @mention this role"',
  'discord.answered': 'Discord answered {status}: {said}',
  'discord.failed': 'Discord answered {status}',
  'discord.limited': 'rate limit of Discord ({scope})',
  'discord.slow': 'Discord gave no answer in time',
  'discord.unreachable': 'Discord could not be reached: {detail}',
  'discord.stopped': 'stopped before it was sent',
  'discord.stopped-sending': 'stopped while it was being sent',
  'discord.unclear': 'Discord answered in an unknown shape',
  'discord.self-unsaid': 'Discord did not say who we are',
  'discord.message-unsaid': 'Discord did not say which message it made',
  'discord.channel-unsaid': 'Discord did not say what the channel is',
  'discord.messages-unlisted': 'Discord did not list the messages',
  'discord.posts-unlisted': 'Discord did not list the posts',
  'discord.in-doubt': 'waiting whether an earlier attempt arrived',
  'discord.unpublished': 'not published: {cause}',
  'discord.untagged': 'not tagged: {cause}',

  'webhook.refused': 'the webhook answered {status}: is its address right, and its secret?',
  'webhook.failed': 'the webhook answered {status}',
  'webhook.limited': 'the webhook asks for a pause ({status})',
  'webhook.gone': 'the webhook is gone ({status})',
  'webhook.slow': 'the webhook gave no answer in time',
  'webhook.private': 'the webhook is at a private address: name its host under `http.allowPrivate` if it is yours',
  'webhook.unreachable': 'the webhook could not be reached: {detail}',

  'message.deleted': 'message deleted',
  'message.not-discord': 'not a page of a Discord channel',
  'message.not-terminal': 'not a page of a terminal',
  'message.not-webhook': 'not a page of a webhook',
  'message.nothing': 'nothing to say',
  'message.nothing-more': 'nothing to say any more',
  'message.after-edit': 'waiting for the edit of its card',
  'message.told-in': 'told in {delivery}',
  'message.refused': '{delivery}: {cause}',
  'channel.gone': 'the channel is gone',
};
