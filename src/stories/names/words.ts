// The vocabulary of model names: variants, formats, product lines.

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that belong to a name wherever they occur in it. */
export const variants: ReadonlySet<string> = new Set(
  list(`
    instruct chat base it pt think thinking reasoning reasoner preview exp experimental beta alpha rc mini nano micro
    tiny small medium large xl xxl huge pro plus max ultra super lite light flash turbo air fast next vision vl omni audio
    image video ocr math coder code embed embedding rerank reranker reward rm guard safeguard guardian prompt moderation
    translate translation mt speech tts asr voice realtime transcribe multimodal distill dpo sft rl rlhf zero long moe mamba edit text
    t2v i2v s2v ti2v t2i v2v flf2v 3d world scout maverick behemoth nemo terminus captioner mix unified abliterated
    uncensored live deep hybrid agent safety medical cyber
  `),
);

/** Words that make it a different product but are not reported as its variant. */
export const unstated: ReadonlySet<string> = new Set(list('3d captioner alpha uncensored abliterated'));

/** Packagings of the same weights; in somebody else's account they mark a derivative. */
export const formats: ReadonlySet<string> = new Set(
  list(`
    gguf ggml awq gptq fp8 fp4 nvfp4 mxfp4 mxfp8 mlx hf bf16 fp16 f16 f32 fp32 int4 int8 w4a16 w8a8 w8a16 exl2 exl3 onnx
    safetensors openvino bnb 2bit 3bit 4bit 5bit 6bit 8bit 16bit eetq hqq aqlm coreml tflite quantized qat autoround
  `),
);

/** Korean transliterations of words that occur in names. */
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

/** Word of a name → the product line, which has version numbers of its own. */
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

/** The closed list of words that do not make a different model: how it was tuned, and who packaged it. */
export const joining: ReadonlySet<string> = new Set(
  list(`
    base instruct instruction chat it hf pt pretrain pretrained unsloth imatrix i1 dynamic ud rtn community litert
  `),
);

/** Words that belong to a name even when a text writes them in lower case: Grok 3 mini. */
export const plainWords: ReadonlySet<string> = new Set(
  list(
    'mini nano micro tiny small medium large xl pro plus max ultra lite flash turbo air preview exp thinking instruct base',
  ),
);

/** Words of a name whose spelling is not just an initial capital. */
export const acronyms: ReadonlyMap<string, string> = new Map(
  list(
    'OCR VL VLM TTS ASR MT 3D XS XL XXL RL SFT DPO RLHF RM T2V I2V S2V TI2V T2I V2V FLF2V VLA LLM AI QA SQL R M S A B H D E O',
  ).map((word) => [word.toLowerCase(), word]),
);

/** Ordinary words of headlines: when capitalised after a name, they are still not part of it. */
export const ordinary: ReadonlySet<string> = new Set(
  list(`
    a about access across adds added after agent agents agentic ahead ai all alongside also amid an and announced announcement announces
    api apis app apps architecture are arrives arrived as at availability available based be beats beating becomes before benchmark
    benchmarks best better beyond big blog brings build building built but by can card challenge challenges chatbot checkpoint checkpoints china
    chinese cli closed cloud code collection comes coming company computer cost costs could cuts data dataset day debut debuts delay
    delayed delays demo deploy deployed deployment details developer developers development dev does don download downloads drops
    due during edition efficient enables engine enterprise equals era european evaluation ever every experience explained faces fails family
    faster features feature finally fine fine-tuned fine-tuning first for foundation framework free from full fully gains gets getting gives
    goes gone goodbye guide guides hands has have hello herd here hits how hub hugging huggingface i if imminent improved improves in
    inference inside integration into introducing introduces is it its joins just launch launched launches launching leads leak leaked
    leaks learning leaves license licence licensed like live local locally long looks low made make makes making may meet meets memory
    might million mit mobile model models moves multiple new news no not now of off on one ollama
    online only open opens opened open-source open-sourced open-sourcing open-weight open-weights openly or our out outperforms over overview
    paper parameter parameters partners partnership performance performs platform plus: post posted powered powers preview: price
    prices pricing production program prompt promise promises promised public published publishes quantization quantized ranks
    ready real really record release released releases releasing report research result results review reveals rivals roadmap run running runs
    safety says sdk secret see sees series server serves set sets shakes ships shipped should show shows slashes soon source sources
    spotted stack stable start starting startup state still study suite support supports surpasses system takes team teases technical
    technology test tested tests than that the their them then there these they this through time to tokens today tomorrow tool tools top
    tops training transformers trained tutorial under unveils unveiled unlocks up update updated updates upgrade upgraded us use used
    users uses using variant variants version versions via vs was way we week weight weights welcome what when where which while who why
    will with within without work works world worth would yet you your
    january february march april may june july august september october november december monday tuesday wednesday thursday friday
    saturday sunday apache meta's llms llm vllm sglang vs. gpu gpus mlx nim tpu tpus aws azure bedrock groqcloud groq together fireworks
    cerebras kaggle github reddit twitter x youtube japan korea korean europe america germany france india
  `),
);

/** First words of headlines that present something. */
export const openers: ReadonlySet<string> = new Set(
  list('introducing announcing meet welcome presenting launching releasing unveiling open-sourcing'),
);

/** Verbs for releasing a model. */
export const releaseVerbs: ReadonlySet<string> = new Set(
  list(`
    releases released launches launched unveils unveiled introduces introduced debuts drops dropped ships shipped publishes published
    open-sources open-sourced opensources opensourced uploads uploaded releasing
  `),
);

/** Words that may come between such a verb and the name. */
export const articles: ReadonlySet<string> = new Set(list('a an the its their new first latest own flagship open our'));

/** Nouns that show that a name belongs to a model. */
export const modelNouns: ReadonlySet<string> = new Set(
  list(`
    model models llm llms vlm vlms slm slms vla weights open-weight open-weights checkpoint checkpoints parameters parameter moe tts asr
    text-to-speech text-to-image text-to-video speech-to-text recognition decoder encoder transformer diffusion
  `),
);

/** Nouns that show that a name belongs to something else. */
export const toolNouns: ReadonlySet<string> = new Set(
  list(`
    framework agent agents harness dataset datasets benchmark benchmarks sdk cli app apps platform toolkit tool tools tooling library
    libraries algorithm algorithms index initiative studio api apis engine protocol plugin ide browser assistant program project fund hub
    chip chips gpu service server cookbook leaderboard corpus environment environments gym simulator paper workflow feature features
    compiler kernel kernels runtime stack spec specification standard scheduler infrastructure course guide challenge hackathon gallery
    partnership collaboration skill skills recipe recipes technique method optimizer evaluation database parser editor extension package
  `),
);

/** English words before a name that only compare something with it. */
export const comparedBefore: ReadonlySet<string> = new Set(
  list(`
    beat beats beating rival rivals rivaling rivalling rivaled outperform outperforms outperformed outperforming outpaces outscores
    surpass surpasses surpassed surpassing match matches matching than vs versus against unlike exceeds exceeding tops topping
    challenges challenging overtakes overtaking undercuts undercutting dethrones trails compared competitor competitors alternative
    equals near
  `),
);

/** Korean endings and words after a name that do the same. */
export const comparedAfter: readonly string[] = list(`
  보다 능가 제치 제친 제쳐 를제치 을제치 뛰어넘 넘어선 넘어서 넘는 대항 맞먹 급성능 급 대비 잡는 꺾 압도 추월 앞선 앞서 대안 대적
  를능가 을능가 를뛰어넘 을뛰어넘 를넘 을넘 를앞 을앞 를압도 을압도 에맞 에도전 와경쟁 과경쟁 와맞 과맞
`);
