// What a channel lacks, in Korean; permissions by the names that Discord's settings use.
import type { LackTexts } from './define.ts';

export const lacks: LackTexts = {
  'permission.manage-server': '서버 관리하기',
  'permission.manage-channels': '채널 관리하기',
  'permission.view-channel': '채널 보기',
  'permission.send-messages': '메시지 보내기',
  'permission.send-in-threads': '스레드에서 메시지 보내기',
  'permission.create-threads': '공개 스레드 만들기',
  'permission.embed-links': '링크 첨부',
  'permission.read-history': '메시지 기록 보기',
  'permission.mention-everyone': '모든 사람 멘션',

  'subject.channel': '채널',
  'subject.parent': '스레드가 속한 채널',
  'subject.bot': '봇',
  'subject.membership': '서버 참여 여부',
  'subject.server': '서버',
  'subject.webhook': '웹훅',

  'lack.token': 'Discord가 받아들이는 토큰',
  'lack.gone': '{what} (없어졌습니다)',
  'lack.gone-or-outside': '{what} (없어졌거나, 봇이 그 서버에 없습니다)',
  'lack.refused': '{what}: {cause}',
  'lack.being-checked': '{what} 확인 중: {cause}',
  'lack.unchecked': '{what} 확인 실패: {cause}',
  'lack.role': '역할 {role} (이 서버에 없습니다)',
  'lack.unasked': '물어볼 수 없었습니다: {detail}',
};
