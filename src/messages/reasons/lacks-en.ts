// What a channel lacks, in English; permissions by the names that Discord's settings use.
import type { LackTexts } from './define.ts';

export const lacks: LackTexts = {
  'permission.manage-server': 'Manage Server',
  'permission.manage-channels': 'Manage Channels',
  'permission.view-channel': 'View Channel',
  'permission.send-messages': 'Send Messages',
  'permission.send-in-threads': 'Send Messages in Threads',
  'permission.create-threads': 'Create Public Threads',
  'permission.embed-links': 'Embed Links',
  'permission.read-history': 'Read Message History',
  'permission.mention-everyone': 'Mention Everyone',

  'subject.channel': 'the channel',
  'subject.parent': 'the channel of the thread',
  'subject.bot': 'the bot',
  'subject.membership': 'membership of the server',
  'subject.server': 'the server',
  'subject.webhook': 'the webhook',

  'lack.token': 'a token that Discord accepts',
  'lack.gone': '{what} (it is gone)',
  'lack.gone-or-outside': '{what} (it is gone, or the bot is not in its server)',
  'lack.refused': '{what}: {cause}',
  'lack.being-checked': '{what} is being checked: {cause}',
  'lack.unchecked': '{what} could not be checked: {cause}',
  'lack.role': 'role {role} (not in the server)',
  'lack.unasked': 'could not be asked: {detail}',
};
