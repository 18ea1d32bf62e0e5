// The vocabulary of model names: variants, formats, product lines.

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that belong to a name wherever they stand in it. */
export const variants: ReadonlySet<string> = new Set(
  list(`
    instruct chat base it pt think thinking reasoning reasoner preview exp experimental beta alpha rc mini nano micro
    tiny small medium large xl xxl huge pro plus max ultra super lite light flash turbo air fast next vision vl omni audio
    image video ocr math coder code embed embedding rerank reranker reward rm guard safeguard guardian prompt moderation
    translate translation mt speech tts asr voice realtime transcribe multimodal distill dpo sft rl rlhf zero long moe mamba edit text
    t2v i2v s2v ti2v t2i v2v 3d world scout maverick behemoth nemo terminus captioner mix unified abliterated
    uncensored live deep hybrid agent safety medical cyber
  `),
);

/** Packings of the same weights; in another's account they mark a derivative. */
export const formats: ReadonlySet<string> = new Set(
  list(`
    gguf ggml awq gptq fp8 fp4 nvfp4 mxfp4 mxfp8 mlx hf bf16 fp16 f16 f32 fp32 int4 int8 w4a16 w8a8 w8a16 exl2 exl3 onnx
    safetensors openvino bnb 2bit 3bit 4bit 5bit 6bit 8bit 16bit eetq hqq aqlm coreml tflite litert quantized qat autoround
  `),
);

/** Korean readings of words that occur in names. */
export const hangulWords: ReadonlyMap<string, string> = new Map([
  ['미니', 'mini'],
  ['나노', 'nano'],
  ['스몰', 'small'],
  ['미디엄', 'medium'],
  ['라지', 'large'],
  ['프로', 'pro'],
  ['플러스', 'plus'],
  ['맥스', 'max'],
  ['울트라', 'ultra'],
  ['슈퍼', 'super'],
  ['라이트', 'light'],
  ['플래시', 'flash'],
  ['터보', 'turbo'],
  ['에어', 'air'],
  ['비전', 'vision'],
  ['옴니', 'omni'],
  ['이미지', 'image'],
  ['비디오', 'video'],
  ['오디오', 'audio'],
  ['코더', 'coder'],
  ['코드', 'code'],
  ['가드', 'guard'],
  ['스카우트', 'scout'],
  ['매버릭', 'maverick'],
  ['베히모스', 'behemoth'],
  ['프리뷰', 'preview'],
  ['베타', 'beta'],
  ['인스트럭트', 'instruct'],
  ['챗', 'chat'],
  ['베이스', 'base'],
  ['씽킹', 'thinking'],
  ['딥', 'deep'],
  ['빌드', 'build'],
  ['네모', 'nemo'],
  ['이매진', 'imagine'],
  ['앱', 'app'],
  ['스파크', 'spark'],
  ['글리머', 'glimmer'],
]);

/** Word of a name → the product line that has a story of its own; size, tuning, date and format have none. */
export const lines: ReadonlyMap<string, string> = new Map([
  ['guard', 'guard'],
  ['safeguard', 'guard'],
  ['guardian', 'guard'],
  ['moderation', 'guard'],
  ['vl', 'vision'],
  ['vision', 'vision'],
  ['coder', 'coder'],
  ['code', 'coder'],
  ['ocr', 'ocr'],
  ['audio', 'audio'],
  ['asr', 'audio'],
  ['tts', 'audio'],
  ['speech', 'audio'],
  ['voice', 'audio'],
  ['transcribe', 'audio'],
  ['embed', 'embed'],
  ['embedding', 'embed'],
  ['rerank', 'rerank'],
  ['reranker', 'rerank'],
  ['omni', 'omni'],
  ['math', 'math'],
  ['image', 'image'],
  ['t2i', 'image'],
  ['video', 'video'],
  ['t2v', 'video'],
  ['i2v', 'video'],
  ['s2v', 'video'],
  ['ti2v', 'video'],
  ['3d', '3d'],
  ['world', 'world'],
  ['reward', 'reward'],
  ['rm', 'reward'],
  ['translate', 'translate'],
  ['translation', 'translate'],
  ['mt', 'translate'],
]);
