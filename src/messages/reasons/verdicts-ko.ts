// A watch's verdict on a change, in Korean.
import type { VerdictTexts } from './define.ts';

export const verdicts: VerdictTexts = {
  'verdict.told': '알림',
  'verdict.baseline': '처음 확인할 때 이미 있었음',
  'verdict.first-look': '이 감시의 첫 확인',
  'verdict.before-window': '알려진 것보다 먼저 게시됨',
  'verdict.moved': '사이트가 모든 링크를 바꾸었고, 이미 있던 글임',
  'verdict.replaced':
    '이 이름은 전에 다른 저장소의 것이었고(ID {before} → {after}), 새 저장소를 처음 확인할 때 이미 있었음',
  'verdict.no-news': '그 자체로는 소식이 아님',
  'verdict.not-in-on': '이 종류({kind})는 요청되지 않음(`on`: {on})',
  'verdict.prerelease': '프리릴리스',
  'verdict.not-included': '포함 조건에 맞지 않음({pattern})',
  'verdict.excluded': '제외 조건에 맞음({pattern})',
  'verdict.no-match': '찾는 단어가 없음({texts})',
  'verdict.matches-none': '원하지 않는 단어가 있음({text})',
  'verdict.no-model': '모델의 출시, 약속, 소문이 아님',
  'verdict.out-already': '이미 나온 모델임',
  'verdict.quantised-already': '이 모델의 {format} 파일은 이미 있습니다',
  'verdict.too-old': '발견했을 때 이미 {most}보다 오래된 글임',
  'verdict.where-commercial': '상업적 이용이 "{value}"이고, `where.commercial`은 {wanted}만 허용함',
  'verdict.where-size': '가장 작은 파일이 {size}이고, `where.maxSize`는 {most}까지 허용함',
  'verdict.where-task': '용도가 {value}이고, `where.tasks`는 {wanted}만 허용함',
  'verdict.where-verdict': '판정이 "{value}"이고, `where.verdict`는 {wanted}만 허용함',
  'verdict.paused': '일시정지 또는 음소거 중',
  'verdict.private': '비공개임',
  'verdict.not-told': '알리지 않음: {cause}',
  'verdict.no-own-message': '따로 알리지 않고 메시지에 담음: {cause}',
};
