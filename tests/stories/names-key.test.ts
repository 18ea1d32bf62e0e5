import { describe, expect, test } from 'vitest';
import { nameIn } from '../../src/stories/names/identify.ts';
import { storyKeyOf } from '../../src/stories/names/key.ts';
import { tables as labs } from './tables.ts';

const productOf = (text: string) => nameIn(text, { labs, at: '2026-11-10' }).product;
const keyOf = (text: string): string | null => storyKeyOf(productOf(text));

describe('the key of a story', () => {
  test.each([
    ['xai/grok/2', ['xai-org/grok-2', 'Grok 2', 'Grok 2.5', '그록 2.5', '그록-2', 'unsloth/grok-2-GGUF']],
    ['meta/llama/4', ['라마 4', 'Llama-4-17B-128E-Instruct-FP8', 'The Llama 4 herd: the beginning of a new era']],
    [
      'meta/llama/4/scout',
      ['meta-llama/Llama-4-Scout-17B-16E-Instruct', 'bartowski/Llama-4-Scout-17B-16E-GGUF', '라마 4 스카우트'],
    ],
    ['meta/llama/4/guard', ['meta-llama/Llama-Guard-4-12B', 'Llama Guard 4', 'Llama 4 Guard']],
    ['lg/k-exaone/2', ['K-엑사원 2.0', 'K-EXAONE 2']],
    ['openai/gpt-oss', ['openai/gpt-oss-120b', 'gpt-oss', 'gpt-oss-20b']],
    ['openai/gpt-oss/safeguard', ['openai/gpt-oss-safeguard-20b', 'Introducing gpt-oss-safeguard']],
    ['deepseek/deepseek/v4', ['deepseek-ai/DeepSeek-V4', '딥시크 V4', 'deepseek-ai/DeepSeek-V4-Base']],
    [
      'deepseek/deepseek/v4/flash',
      ['deepseek-ai/DeepSeek-V4-Flash-0731', 'unsloth/DeepSeek-V4-Flash-GGUF', '딥시크 V4 플래시'],
    ],
    ['deepseek/deepseek/v4/pro', ['DeepSeek V4 Pro']],
    ['qwen/qwen/3', ['Qwen/Qwen3-235B-A22B-Instruct-2507', 'Qwen/Qwen3-0.6B', 'Qwen 3']],
    ['qwen/qwen/3/coder', ['Qwen/Qwen3-Coder-480B-A35B-Instruct', 'Qwen3 Coder']],
    ['qwen/qwen/3/vl', ['Qwen/Qwen3-VL-8B-Instruct', 'Qwen3-VL', 'unsloth/Qwen3-VL-8B-Instruct-unsloth-bnb-4bit']],
    ['mistral/mistral/3/large', ['mistralai/Mistral-Large-3-675B-Base-2512', '미스트랄 라지 3']],
    ['mistral/mistral/3/small', ['Mistral Small 3']],
    ['tii/falcon', ['tiiuae/falcon-180B', 'Falcon 180B']],
    ['zai/glm/4.5v', ['zai-org/GLM-4.5V']],
    ['cohere/command/a+plus', ['Introducing Command A+: Making sovereign agentic capabilities available to all']],
    ['cohere/command/a+vision', ['Introducing Command A Vision: Multimodal AI built for business']],
    ['cohere/aya/global+tiny', ['CohereLabs/tiny-aya-global']],
    ['stability/stable-diffusion/2.1', ['stabilityai/stable-diffusion-2-1']],
    ['nvidia/nemotron/3.5/lightning', ['nvidia/Nemotron-3.5-Lightning-30B-A3B', 'Nemotron 3.5 Lightning is out']],
    ['nvidia/nemotron/2/nano', ['nvidia/NVIDIA-Nemotron-Nano-9B-v2']],
    ['nvidia/nemotron/1.5/super', ['nvidia/Llama-3_3-Nemotron-Super-49B-v1_5']],
    ['nous/deephermes/3/preview', ['NousResearch/DeepHermes-3-Llama-3-8B-Preview']],
    ['nous/hermes/3', ['NousResearch/Hermes-3-Llama-3.1-8B', 'NousResearch/Hermes-3-Llama-3.2-3B']],
    ['meta/dino/3', ['facebook/dinov3-vitb16', 'DINOv3: self-supervised learning for vision at unprecedented scale']],
  ])('%s', (key, texts) => {
    expect(texts.map(keyOf)).toEqual(texts.map(() => key));
  });

  test('a word that nobody listed is another model, in a repository and in a headline', () => {
    const texts = [
      'GLM 5',
      'GLM 5 Air',
      'zai-org/GLM-5-Zephyrine',
      'Z.ai releases GLM 5 Windrose',
      'GLM-5-Windrose-X2',
      'zai-org/GLM-5-TTS',
    ];
    expect(new Set(texts.map(keyOf)).size).toBe(texts.length);
    expect(keyOf('Z.ai releases GLM 5 Windrose')).toBe(keyOf('zai-org/GLM-5-Windrose-32B'));
  });

  test('words that headlines are made of are none of a name', () => {
    for (const title of [
      'GLM 5 Released By Z.ai',
      'GLM 5 Is Here',
      'GLM 5 Weights Now Available On Hugging Face',
      'GLM 5 Technical Report',
      'GLM 5 beats all',
      'GLM 5 and friends',
      'GLM 5 vision capabilities, tested',
    ])
      expect(keyOf(title), title).toBe('zai/glm/5');
  });

  test.each([
    'Grok',
    '그록은',
    'Llama',
    'DeepSeek',
    'DeepSeek open sources DSpark, a new framework to speed up inference',
    'Introducing quantized Llama models with increased speed',
    'xai-org/grok-build',
    'Grok Build',
    'xai-org/grok-prompts',
    'xai-org/x-algorithm',
    '라마단',
    '',
  ])('%s does not say which model', (text) => {
    expect(keyOf(text)).toBeNull();
  });

  test.each([
    ['xai-org/grok-2', 'Grok 2'],
    ['그록 2.5', 'Grok 2.5'],
    ['deepseek-ai/DeepSeek-V4-Flash-0731', 'DeepSeek V4 Flash'],
    ['moonshotai/Kimi-K2.6', 'Kimi K2.6'],
    ['Kimi K2 Thinking is out', 'Kimi K2 Thinking'],
    ['mistralai/Mistral-Large-3-675B-Base-2512', 'Mistral Large 3'],
    ['meta-llama/Llama-Guard-4-12B', 'Llama Guard 4'],
    ['Llama 4 Guard', 'Llama 4 Guard'],
    ['openai/gpt-oss-20b', 'gpt-oss'],
    ['openai/gpt-oss-safeguard-20b', 'gpt-oss-safeguard'],
    ['zai-org/GLM-4.5V', 'GLM 4.5V'],
    ['google/gemma-3n-E4B-it', 'Gemma 3n'],
    ['LGAI-EXAONE/K-EXAONE-236B-A23B', 'K-EXAONE'],
    ['Qwen/Qwen3-VL-8B-Instruct', 'Qwen 3 VL'],
    ['Introducing NVIDIA Nemotron 3 Nano Omni: Long-Context Multimodal Intelligence', 'Nemotron 3 Nano Omni'],
    ['nvidia/NVIDIA-Nemotron-3-Ultra-253B', 'Nemotron 3 Ultra'],
    ['Granite Embedding Multilingual R2: open embeddings', 'Granite Embedding Multilingual R2'],
    ['Introducing Command A+: Making sovereign agentic capabilities available', 'Command A+'],
    ['Cohere Labs Launches Tiny Aya, Making Multilingual AI Accessible', 'Tiny Aya'],
    ['PP-OCRv6 on Hugging Face: 50-Language OCR', 'PP-OCRv6'],
    ['Mistral 7B', 'Mistral 7B'],
    ['mistralai/Mixtral-8x22B', 'Mixtral 8x22B'],
    ['네모트론 3 울트라 공개', 'Nemotron 3 Ultra'],
    ['DeepSeek', null],
    ['Grok', null],
  ])('%s is called %s', (text, name) => {
    expect(productOf(text)?.name ?? null).toBe(name);
  });

  test('a model that something is held against is not the subject', () => {
    expect(keyOf('Kimi K3 rivals GPT-5.2 on coding')).toBe('moonshot/kimi/k3');
    expect(keyOf('New open model rivals GPT-5.2')).toBeNull();
    expect(keyOf('It beats OpenAI’s GPT-5.5 and Claude, Qwen 3.5 included: MiniMax M3 is out')).toBe(
      'minimax/minimax/m3',
    );
    expect(keyOf('GPT-5.2 뛰어넘는 솔라 오픈 2 공개')).toBe('upstage/solar-open/2');
    expect(keyOf('솔라 오픈 2, GPT-5.2보다 빠르다')).toBe('upstage/solar-open/2');
  });
});
