// What a README says of data, code and report: only what is plainly about this model.
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/sources/huggingface/details.ts';
import { readReadme } from '../../../src/sources/huggingface/readme.ts';
import { isReportFile } from '../../../src/sources/huggingface/report.ts';
import { activeByConfig, parameterFacts, sizesInName } from '../../../src/sources/huggingface/size.ts';

const read = (text: string, id = 'lab/Skylark-2.5-7B-Instruct') => readReadme(text, id);

describe('training data', () => {
  test.each<readonly [string, readonly string[], boolean]>([
    [
      'Our pre-training dataset contains RefinedWeb, a subset of RedPajama and a subset of Dolma v1.6.',
      ['redpajama', 'refinedweb', 'dolma'],
      true,
    ],
    [
      '# Training data\n\n| source | share |\n|---|---|\n| C4 | 80 % |\n| Wikipedia | 20 % |\n',
      ['c4', 'wikipedia'],
      false,
    ],
    [
      'The model was pre-trained on BookCorpus, CC-News and OpenWebText.',
      ['bookcorpus', 'cc-news', 'openwebtext'],
      true,
    ],
    ['It was fine-tuned on UltraChat with DPO training data.', ['ultrachat'], false],
    [
      'Pre-trained on the [mix](https://huggingface.co/collections/lab/skylark-pretraining-datasets-68b).',
      ['a collection on the hub'],
      true,
    ],
    ['Pre-trained on RefinedWeb enhanced with curated corpora.', ['refinedweb'], false],
    ['Pre-trained on C4 and proprietary data.', ['c4'], false],
    ['Trained on 120,000 hours of Common Voice.', ['common voice'], false],
    // Plain words for everything name nothing.
    [
      'Our training data includes publicly available documents filtered for quality and synthetic textbooks.',
      [],
      false,
    ],
    ['We pre-train Skylark on 14.8 trillion tokens.', [], true],
    // Of something else, or not so.
    ['Evaluated on The Pile and WikiText, it outperforms models trained on C4.', [], false],
    ['The tokenizer was trained on Wikipedia.', [], false],
    ['It was never trained on Common Crawl data.', [], false],
    ['# Training data\n\nNot stated.\n\n# Evaluation\n\nResults on LibriSpeech and ImageNet.\n', [], false],
    ['# Pre-training\n\n## Evaluation results\n\n| C4 | 3.2 |\n', [], false],
    ['<!-- pre-trained on the Pile data -->\n```\npre-trained on C4 data\n```\n', [], false],
    ['---\ndatasets: [c4]\ntraining: data on wikipedia\n---\nHello.', [], false],
    ['', [], false],
  ])('%j names %j', (text, corpora, pretraining) => {
    expect(read(text)).toMatchObject({ corpora: expect.arrayContaining([...corpora]), pretraining });
    expect(read(text).corpora).toHaveLength(corpora.length);
  });

  test('data sets that are linked where it speaks of training', () => {
    const text = `# Skylark
Pretrained on [web](https://huggingface.co/datasets/lab/web) and https://huggingface.co/datasets/lab/books, then annealed.
Evaluated with https://huggingface.co/datasets/lab/exam as a benchmark.`;
    expect(read(text).datasets).toEqual(['lab/web', 'lab/books']);
  });
});

describe('training code', () => {
  test.each([
    ['Training code: https://github.com/lab/skylark-train', 'https://github.com/lab/skylark-train'],
    ['The model was trained with our [framework](https://github.com/lab/frame).', 'https://github.com/lab/frame'],
    [
      '- **Pretraining scripts:** [here](https://github.com/lab/frame/tree/main/scripts).',
      'https://github.com/lab/frame/tree/main/scripts',
    ],
    ['Training code will be released soon at https://github.com/lab/skylark', null],
    ['Code: https://github.com/lab/skylark', null],
    ['Fine-tuning scripts: see the training code of https://github.com/other/factory for fine-tuning code', null],
    ['Inference with https://github.com/vllm-project/vllm', null],
  ])('%j', (text, link) => {
    expect(read(text).trainingCode).toBe(link);
  });
});

describe('the report about this model', () => {
  const cite = (title: string, id: string) =>
    `@article{x,\n  title={${title}},\n  journal={arXiv preprint arXiv:${id}},\n}\n`;
  test.each([
    ['by its title', cite('Skylark 2.5 Technical Report', '2501.00001'), 'arXiv:2501.00001'],
    [
      'among others',
      cite('The Pile: an 800GB dataset', '2101.00027') + cite('Skylark-2.5: Better Birds', '2501.00002'),
      'arXiv:2501.00002',
    ],
    ['not that of an older version', cite('Skylark 2 Technical Report', '2401.00001'), null],
    ['not that of a newer version', cite('Skylark 3 Technical Report', '2601.00001'), null],
    [
      'not that of its data',
      `${cite('The Skylark-2.5 benchmark', '2502.00001')}${cite('Skylark 2.5', '2501.00003')}`,
      'arXiv:2501.00003',
    ],
    ['in words', 'Read [our technical report](https://arxiv.org/abs/2501.00004).', 'arXiv:2501.00004'],
    ['with its name in words', 'The Skylark-2.5 paper: https://arxiv.org/pdf/2501.00005', 'arXiv:2501.00005'],
    ['on a badge', '[![Paper](badge.svg)](https://arxiv.org/abs/2501.00006)', 'arXiv:2501.00006'],
    ['not what is only mentioned', 'It uses rotary embeddings (https://arxiv.org/abs/2104.09864).', null],
    [
      'as a PDF elsewhere',
      '[Technical Report](https://lab.example/skylark-2.5-report.pdf) of Skylark 2.5',
      'https://lab.example/skylark-2.5-report.pdf',
    ],
    ['nowhere', 'Hello.', null],
  ])('%s', (_, text, report) => {
    expect(read(text).report).toBe(report);
  });

  test.each([
    ['Skylark_Tech_Report.pdf', true],
    ['technical-report.pdf', true],
    ['docs/paper.pdf', true],
    ['LICENSE.pdf', false],
    ['manual.pdf', false],
    ['tech_report.md', false],
  ])('%s in the repository: %s', (path, is) => {
    expect(isReportFile(path)).toBe(is);
  });
});

describe('sizes', () => {
  test.each([
    ['Qwen3-30B-A3B', 30e9, 3e9],
    ['Skylark-2.4T-A95B', 2.4e12, 95e9],
    ['asr-0.6b', 0.6e9, null],
    ['pythia-70m', 70e6, null],
    ['Tiny-1.1B-intermediate-1431k-3T', 1.1e9, null],
    ['Scout-17B-16E', null, 17e9],
    ['Mixtral-8x7B-v0.1', null, null],
    ['OLMoE-1B-7B-0924', null, null],
    ['gemma-3n-E4B-it', null, null],
    ['Pixal3D', null, null],
    ['Llama-4bit', null, null],
    ['Qwen2.5-7B-Instruct-1M', 7e9, null],
  ])('%s', (name, total, active) => {
    expect(sizesInName(`lab/${name}`)).toEqual({ total, active });
  });

  test('packed elements are counted as what they pack where that is known, else the name speaks', () => {
    const safetensors = { parameters: { BF16: 2_167_371_072, U8: 118_244_966_400 }, total: 120_412_337_472 };
    const bytes = 65_248_815_744;
    expect(parameterFacts({ id: 'lab/oss', safetensors }, bytes)).toEqual({
      parameters: 116_829_156_672,
      parametersFrom: 'unpacked',
    });
    expect(parameterFacts({ id: 'lab/oss-120b', safetensors }, null)).toEqual({
      parameters: 120e9,
      parametersFrom: 'name',
    });
    expect(parameterFacts({ id: 'lab/oss', safetensors }, null)).toMatchObject({ packed: true });
    expect(parameterFacts({ id: 'lab/oss-7b', gguf: { total: 6_900_000_000 } }, null)).toEqual({
      parameters: 6_900_000_000,
      parametersFrom: 'gguf',
    });
  });

  test('what of a mixture is active is told by its configuration', () => {
    const mixtral = readConfig(
      JSON.stringify({
        num_local_experts: 8,
        num_experts_per_tok: 2,
        hidden_size: 4096,
        intermediate_size: 14_336,
        num_hidden_layers: 32,
        max_position_embeddings: 32_768,
      }),
    );
    expect(mixtral).toMatchObject({ context: 32_768, experts: 8, chosen: 2 });
    expect(activeByConfig(mixtral ?? {}, 46_702_792_704)).toBeCloseTo(12.9e9, -8);
    expect(activeByConfig({ context: 8_192 }, 7e9)).toBeNull();
    expect(readConfig('{"text_config": {"max_position_embeddings": 131072}}')).toMatchObject({ context: 131_072 });
    expect(readConfig('no json')).toBeNull();
    expect(readConfig('{"max_position_embeddings": -1, "hidden_size": "x"}')?.context).toBeUndefined();
  });
});
