// The bot in Korean, to one person.
import type { PeopleMessages } from './bot-people.ts';

export const people: PeopleMessages = {
  buttons: {
    details: '자세히',
    follow: '팔로우',
    leave: '팔로우 그만하기',
    remind: '미리 알림',
    unremind: '알림 취소',
    vouch: '{lab} 공식 계정',
  },
  vouchedHere: '{account} 계정은 이제 이 서버에서 {lab}의 공식 계정입니다.',
  vouchedEverywhere: '{account} 계정은 이제 어디서나 {lab}의 공식 계정입니다.',
  notVouched: '누구의 계정인지 이미 알려져 있거나, 그 소식이 더 이상 없습니다.',
  followed: '**{name}** 소식을 팔로우합니다. 다음 소식을 다이렉트 메시지로 보내 드립니다.',
  followedAlready: '**{name}** 소식을 이미 팔로우하고 있습니다.',
  left: '더 이상 팔로우하지 않습니다.',
  notFollowed: '팔로우하고 있지 않습니다.',
  reminded: '**{name}**의 기한({due}) 하루 전에 다이렉트 메시지로 알려 드립니다.',
  remindedAlready: '**{name}** 알림이 이미 설정되어 있습니다. 기한은 {due}입니다.',
  unreminded: '알리지 않겠습니다.',
  notReminded: '설정된 알림이 없습니다.',
  noDay: '**{name}**에 대해 기다리는 약속이 없거나 날짜가 없습니다.',
  tooLate: '**{name}**의 기한은 {due}입니다. 이미 하루도 남지 않았습니다.',
  tooManyFollowed: { other: '소식은 {n}개까지 팔로우할 수 있고 이미 다 찼습니다. 먼저 하나를 그만 팔로우해 주세요.' },
  tooManyReminders: { other: '알림은 {n}개까지 설정할 수 있고 이미 다 찼습니다.' },
  noStory: '그 소식은 더 이상 없습니다.',
  details: {
    turns: '지금까지 있었던 일',
    evidence: '근거',
    unknown: '알려지지 않음',
    nothing: '더 말씀드릴 것이 없습니다.',
  },
};
