// Dates in words that are no time to come: of the report, of what is over, of what was called off, of something else.
import type { Rule } from './rules.ts';

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const numbered = '(?:\\d{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten|several|few)';

const english: Readonly<Record<string, string>> = {
  'what was to come and did not': String.raw`\b(?:was|were|had been|been) (?:\w{1,15} ){0,2}(?:expected|scheduled|planned|set|due|supposed|slated|going|targeted|promised|meant|to have)\b[^.;,]{0,60}`,
  'what was said first': String.raw`\b(?:originally|previously|initially|once|formerly) [^.;,]{0,60}?(?= but\b| now\b|[.;,]|$)`,
  'the other of two': String.raw`\b(?:instead of|rather than|not in|not on|not) [^,.;]{0,20}(?=,|;| but\b)`,
  'a date that was missed': String.raw`\bmiss(?:es|ed|ing)? [^.,;]{0,40}|\bafter (?:missing|slipping|delays?)[^.,;]{0,40}`,
  'the day of a saying': String.raw`(?<!\b(?:be|being|get|to) )\b(?:said|announced|promised|pledged|vowed|teased|unveiled|launched|released|introduced|debuted|opened|published|leaked|reported|posted|back|since) (?:back )?(?:in|on|last) (?:early |mid-?|late )?(?:${month}(?:\.? \d{1,2}(?:st|nd|rd|th)?\b)?(?:,? 20\d\d)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b`,
  'days that vaguely come': String.raw`\b(?:in|over|within)? ?(?:the )?(?:coming|next few|next couple of|few|several) days\b|\bin days\b|\bdays away\b|\bmatter of days\b`,
  'a span behind': String.raw`\b${numbered} (?:hours?|days?|weeks?|months?|years?) (?:ago|earlier|old|later than)\b|\bfor ${numbered} (?:days|weeks|months|years)\b`,
  'a trial or an offer': String.raw`\b(?:free|trial|discount|offer|sale|beta|access|preview|waitlist)s? (?:\w{1,15} ){0,2}(?:until|through|till|ends?)\b[^.;,]{0,30}`,
};

const korean: Readonly<Record<string, string>> = {
  'what was to come and did not':
    '[^,.…"\']{0,60}(?:예정이었|계획이었|예정이던|예정됐던|예정됐으나|목표였|하려던|하려 했|하기로 했던|기로 했으나|예고했던|약속했던|내놓겠다던|공개하겠다던)',
  'the other of two': '[^,.…"\' ]{1,12} ?(?:이 ?|가 ?)?아닌 ',
  'the day of the report':
    '(?<![가-힣\\d])(?:[12]?\\d|3[01])일 ?(?:\\((?:현지 ?시간|현지 ?시각|한국 ?시간|미국 ?시간|[월화수목금토일])\\)|현지 ?시간|오전|오후|(?=(?:공식 |처음 )?(?:밝혔|밝힌|전했|말했|알렸|보도|발표했|관련 ?업계|업계)|[가-힣a-z]{2,12}(?: [가-힣a-z]{2,8})?에 따르면|[가-힣a-z]{2,12}을? 통해))',
  'a month and day of the report': '\\d{1,2}월 ?\\d{1,2}일 ?\\((?:현지 ?시간|현지 ?시각|[월화수목금토일])\\)',
  'this very day, as the press says it': '이날 ?(?:[월화수목금토일]요일)?',
  'what is over':
    '(?:지난|앞서|올해 초|작년|전년|지난해|당초|애초) ?(?:\\d{4}년 ?)?(?:\\d{1,2}월(?: ?\\d{1,2}일)?|\\d{1,2}일|[월화수목금토일]요일|봄|여름|가을|겨울|초|말)',
  'a month in which it was said':
    '\\d{1,2}월(?: ?\\d{1,2}일)? ?(?:에 )?(?:공개한|출시한|발표한|선보인|내놓은|공개된|출시된|발표된|나온|공개했던|약속한)',
  'days that vaguely come': '며칠|수일|몇 ?일',
  'a trial or an offer': '(?:체험|할인|행사|이벤트|접수|신청|모집|무료|제공)[^,.…]{0,12}\\d{1,2}일 ?까지',
};

const rule = (source: string): Rule => ({ pattern: new RegExp(source, 'g'), read: () => null });

export const undatedEnglish: readonly Rule[] = Object.values(english).map(rule);
export const undatedKorean: readonly Rule[] = Object.values(korean).map(rule);
