// Every reason in Korean.
import type { AllTexts } from './define.ts';
import { lacks } from './lacks-ko.ts';
import { looks } from './looks-ko.ts';
import { sending } from './sending-ko.ts';
import { standing } from './standing-ko.ts';
import { verdicts } from './verdicts-ko.ts';
import { wishes } from './wishes-ko.ts';

export const reasons: AllTexts = {
  ...looks,
  ...sending,
  ...wishes,
  ...verdicts,
  ...lacks,
  ...standing,

  'preview.private': '비공개입니다',
  'preview.too-much': '너무 많아서 조건을 적용하는 데 시간이 오래 걸립니다',
  'preview.share-spent': '설정 파일의 대상과 함께 살펴볼 수 있는 횟수를 이번 시간에 다 썼습니다. 나중에 다시 해 주세요',
};
