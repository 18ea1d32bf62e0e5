// Why a message waits or was given up, in Korean.
import type { SendTexts } from './define.ts';

export const sending: SendTexts = {
  'discord.refused': 'Discord가 거부했습니다({status}, {code}): {said}',
  'discord.no-permission': '권한이 부족합니다(Discord {status})',
  'discord.no-access': '채널에 접근할 수 없습니다(Discord {status})',
  'discord.no-channel': '채널이 없습니다(Discord {status})',
  'discord.answered': 'Discord가 거부했습니다({status}): {said}',
  'discord.failed': 'Discord에 문제가 있습니다({status})',
  'discord.limited': 'Discord의 요청 한도에 이르렀습니다',
  'discord.slow': 'Discord가 제때 응답하지 않았습니다',
  'discord.unreachable': 'Discord에 연결하지 못했습니다({detail})',
  'discord.stopped': '보내기 전에 멈췄습니다',
  'discord.stopped-sending': '보내는 중에 멈췄습니다',
  'discord.unclear': 'Discord의 응답을 알아볼 수 없습니다',
  'discord.self-unsaid': 'Discord가 봇이 누구인지 알려 주지 않았습니다',
  'discord.message-unsaid': 'Discord가 어느 메시지를 만들었는지 알려 주지 않았습니다',
  'discord.channel-unsaid': 'Discord가 어떤 채널인지 알려 주지 않았습니다',
  'discord.messages-unlisted': 'Discord가 메시지 목록을 주지 않았습니다',
  'discord.posts-unlisted': 'Discord가 게시물 목록을 주지 않았습니다',
  'discord.in-doubt': '앞서 보낸 것이 도착했는지 기다리고 있습니다',
  'discord.unpublished': '게시하지 못했습니다: {cause}',
  'discord.untagged': '태그를 달지 못했습니다: {cause}',

  'message.deleted': '메시지가 삭제되었습니다',
  'message.not-discord': 'Discord 채널에 보낼 수 있는 내용이 아닙니다',
  'message.not-terminal': '터미널에 쓸 수 있는 내용이 아닙니다',
  'message.nothing': '알릴 것이 없었습니다',
  'message.nothing-more': '더 알릴 것이 없었습니다',
  'message.told-in': '모아 보기에 담아 보냈습니다',
  'message.refused': '{delivery}: {cause}',
  'channel.gone': '채널이 없어졌습니다',
};
