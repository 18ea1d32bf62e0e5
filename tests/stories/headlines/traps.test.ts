import { describe, expect, test } from 'vitest';
import { identify } from '../../../src/stories/names/identify.ts';
import { tables } from '../tables.ts';

/** The kinds that were told wrongly once: each with headlines written for this test. */
const traps: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'a will that is a name, a guess or a need': [
    ['unrelated', 'Will Knight tries the new Qwen for a week'],
    ['unrelated', 'Llama 6 will probably disappoint everyone'],
    ['unrelated', 'Gemma 5 27B will need 20 GB of memory'],
    ['unrelated', 'Kimi K3 will run on two used GPUs'],
  ],
  "a lab's open model that is held against others": [
    ['release', 'Alibaba’s open-weight Qwen 9 outperforms GPT-6 on two coding tests'],
    ['unrelated', 'Claude Opus 6 beats GPT-6 on two coding tests'],
  ],
  'a guess behind a bare name, and one word of waiting': [
    ['rumour', 'GLM-7 seems imminent'],
    ['rumour', 'Llama 6 when?'],
  ],
  'money and a plan': [
    ['pledge', 'Reflection AI raises $3B, plans to release an open-weight model early next year'],
    ['unrelated', 'Reflection AI raises $3B to build open models'],
  ],
  'a safety model for companies': [
    ['release', 'Nemotron 5 Content Safety: Multimodal Safety for Enterprise AI'],
    ['unrelated', 'Gemini for Enterprise AI'],
  ],
  'a Korean claim in quotation marks that turns out to be hearsay': [
    ['rumour', '"큐원 4, 다음 달 공개"…성능은 클로드 능가설'],
    ['pledge', '"큐원 4, 다음 달 오픈소스로 공개한다"…알리바바'],
  ],
  'an infinitive of purpose': [
    ['unrelated', 'Startup raises $40M to release robots in homes'],
    ['unrelated', 'A checklist to release your fine-tuned Llama'],
    ['pledge', 'Cohere to release Command C with open weights'],
  ],
  'due to, and a delay of something else': [
    ['unrelated', 'GLM-6 is slow today due to demand'],
    ['unrelated', 'Kimi voice mode has a delay of two seconds'],
    ['pledge', 'Meta delays the open release of Muse'],
  ],
  'no plans': [
    ['unrelated', 'Alibaba has no plans for a smaller Qwen 4'],
    ['unrelated', 'Mistral says there are no plans to open Medium 5'],
  ],
  'an interface, a trial, a hosted product': [
    ['unrelated', 'Kimi K4 API opens to everyone next week'],
    ['unrelated', '업스테이지 솔라 프로 5 무료 체험 21일까지'],
    ['unrelated', 'DeepSeek V5 is now live on GroqCloud'],
  ],
  'asked, wished, spotted, leaked, imminent': [
    ['rumour', 'Qwen 5 soon?'],
    ['rumour', 'Is GLM 7 coming this week?'],
    ['rumour', 'Hoping they release Gemma 6 weights soon'],
    ['rumour', 'GLM 7 is coming! Spotted in an SGLang pull request'],
    ['rumour', 'Mistral Large 5 weights leaked on a forum'],
    ['rumour', '큐원 5 오픈소스 공개 임박'],
    ['rumour', '로이터에 따르면 딥시크는 V6를 오픈소스로 공개할 예정이다'],
  ],
  'the model itself with a day, a span or soon': [
    ['pledge', 'Qwen 5 next week'],
    ['pledge', 'GLM-7 coming in October'],
    ['pledge', 'Gemma 6 27B tomorrow!'],
    ['pledge', 'SKT, 10월 A.X K3 가중치 푼다'],
  ],
  'an opening that is announced': [
    ['pledge', 'Z.ai, GLM-7 오픈소스화 이번 주 발표 예정'],
    ['pledge', 'Tencent shows Hunyuan 5 ahead of its open-weight release'],
  ],
  'what is opened is no model': [
    ['unrelated', 'DeepSeek open sources FlashThing, a framework for faster inference'],
    ['unrelated', 'Moonshot releases an open-source agent harness'],
    ['unrelated', 'NVIDIA publishes the Nemotron dataset v4'],
    ['unrelated', 'Introducing the Open Model Index'],
    ['unrelated', 'Kimi: friend or foe?'],
    ['unrelated', 'Llama 5 inference now runs on GroqCloud'],
    ['unrelated', 'Stable Diffusion 5 optimised with TensorRT'],
    ['unrelated', '딥시크, 추론 프레임워크 오픈소스로 공개'],
    ['unrelated', '"GLM-6" 평가 결과 공개'],
    ['unrelated', 'DeepSeek releases a new paper on attention'],
  ],
  'a derivative, and its spread': [
    ['unrelated', 'Uncensored Gemma 5 released'],
    ['unrelated', 'GGUF quants of Kimi K4 are up'],
    ['unrelated', 'llama.cpp adds support for GLM-7'],
    ['unrelated', 'somebody/Qwen5-27B-GGUF · Hugging Face'],
    ['release', 'Qwen/Qwen5-27B · Hugging Face'],
  ],
  'several items in one title': [
    ['unrelated', 'DeepSeek funding 💰, Meta model delays ⌛, Gemma 6 12B 🤖'],
    ['unrelated', 'Robots Learn to Cook, Llama 5 Gets a Rival, Courts Rule on Training Data, Chips Get Cheaper'],
    ['release', 'xAI open-sources Grok 4, Grok 5 to follow in six months'],
  ],
};

describe('the traps', () => {
  test.each(Object.entries(traps))('%s', (_, headlines) => {
    const read = headlines.map(([, text]) => [identify(text, { labs: tables, at: '2026-09-10' }).label, text]);
    expect(read).toEqual(headlines);
  });
});
