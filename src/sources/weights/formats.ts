// File names in model repositories: formats, precisions, and the words that tell weights from other files.

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Extensions that hold a model's weights and little else. */
export const weightExtensions: ReadonlySet<string> = new Set(
  list(`
    safetensors gguf ggml ggjt onnx ort nemo tflite litertlm ckpt keras llamafile ot pte ptl distcp mlmodel
    task pdparams pdiparams caffemodel t7 mnn rknn hef dlc engine plan trt weights torchscript qnn ftz mlc
  `),
);

/** Extensions that hold weights as often as anything else: the name, the library or neighbouring files decide. */
export const mixedExtensions: ReadonlySet<string> = new Set(
  list('bin pt pth pt2 pb h5 hdf5 npz npy msgpack pkl pickle joblib skops zip tar params whl mar'),
);

/** Extensions that never hold a model's weights, however large the file. */
export const otherExtensions: ReadonlySet<string> = new Set(
  list(`
    json jsonl ndjson yaml yml toml ini cfg xml txt md rst html css js ts py ipynb sh c cpp h cu rs go java lock proto
    parquet arrow feather csv tsv db sqlite sqlite3 lmdb mdb tgz gz bz2 xz zst 7z rar tbz warc
    pdf doc docx ppt pptx xls xlsx png jpg jpeg gif webp svg bmp tiff ico mp4 mov avi webm mkv mp3 wav flac ogg m4a
    faiss index ann hnsw ivf usearch annoy spm vocab model tiktoken bpe merges imatrix dat log events tfevents lance
    gitattributes gitignore srt vtt glb gltf obj ply stl usd usdz ttf otf
  `),
);

/** By library: the extensions that hold its models although they say little by themselves. */
export const libraryExtensions: ReadonlyMap<string, readonly string[]> = new Map([
  ['stable-baselines3', ['zip']],
  ['sklearn', ['pkl', 'joblib', 'skops', 'pickle']],
  ['skops', ['pkl', 'joblib', 'skops', 'pickle']],
  ['fastai', ['pkl']],
  ['fasttext', ['bin', 'ftz']],
  ['spacy', ['whl']],
  ['keras', ['h5', 'hdf5', 'pb', 'keras']],
  ['tf-keras', ['h5', 'hdf5', 'pb', 'keras']],
  ['tensorflow', ['h5', 'pb']],
  ['flax', ['msgpack', 'npz', 'npy']],
  ['jax', ['msgpack', 'npz', 'npy']],
  ['mlx', ['npz', 'safetensors']],
  ['espnet', ['zip', 'pth']],
  ['paddlepaddle', ['tar']],
  ['xgboost', ['pkl', 'bin']],
  ['torchserve', ['mar']],
]);

/** Words in a file's own name that mark the state of a training run. */
export const trainingStateWords: ReadonlySet<string> = new Set(
  list('optimizer optimiser optim scheduler sched scaler rng trainer training'),
);

/** Words in a file's or folder's name that mark data, results, an index, or parts of a tokenizer. */
export const dataWords: ReadonlySet<string> = new Set(
  list(`
    dataset datasets data corpus corpora eval evals evaluation evaluations results result outputs output predictions
    preds logits activations latents features embeddings embeds vectors index indexes indices faiss cache cached stats
    statistics samples sample imatrix tokenizer tokeniser tokenizers vocab vocabulary sentencepiece spiece merges train
    val valid validation test dev benchmark benchmarks logs speakers speaker voices
  `),
);

/** Folders whose files are never the model. A separate list, as other data words also occur in models' names. */
export const dataFolders: ReadonlySet<string> = new Set(
  list(`
    data dataset datasets corpus eval evals evaluation evaluations results outputs index indexes indices embeddings
    faiss logs runs samples examples assets images demo demos optimizer optimizers optim tokenizer tokenizers
    feature_extractor scheduler voices speakers cache benchmark benchmarks activations
  `),
);

const stems = [
  'model',
  'pytorch_model',
  'tf_model',
  'flax_model',
  'rust_model',
  'diffusion_pytorch_model',
  'open_clip_(?:pytorch_)?model',
  'openvino_(?:[a-z]+_)*model',
  'saved_model',
  'weights?',
  'params',
  'checkpoint',
  'ckpt',
  'consolidated',
  'ggml',
  'whisper',
  'encoder',
  'decoder',
  'generator',
  'net',
  'network',
  'unet',
  'vae',
  'transformer',
  'dit',
  'lm_head',
  'embeddings?_model',
  'flax',
  'keras',
  'variables',
  'bert_model',
  'best',
  'last',
  'final',
  'policy',
  'actor',
  'critic',
  'agent',
];
/** Stems under which programs save a model. */
export const modelStems = new RegExp('^(?:' + stems.join('|') + String.raw`)(?:$|[-_. \d])`, 'i');

const precisions = [
  'iq[1-4]_(?:xxs|xs|s|m|nl|kt|ks|k|kss|r4)(?:_r[48])?',
  'q[2-8]_k(?:_(?:xxs|xs|s|m|l|xl|p))?',
  'q[2-8]_[01](?:_\\d+_\\d+)?',
  'tq[12]_0',
  'q[2-8]f\\d+(?:_\\d)?',
  'q[48]',
  'mxfp4(?:_moe)?',
  'mxfp8',
  'nvfp4',
  'fp4',
  'nf4',
  'fp8(?:_?(?:e4m3(?:fn)?|e5m2)(?:_scaled)?)?',
  'f8_e4m3',
  'fp16',
  'fp32',
  'fp64',
  'f16',
  'f32',
  'bf16',
  'float16',
  'float32',
  'half',
  'bfloat16',
  'int8',
  'int4',
  'u?int8',
  'qint8',
  'uint8',
  'bnb4',
  'w4a16',
  'w8a8',
  'w8a16',
  '[2-8]bits?',
  '[234568]bpw',
  '\\d\\.\\d+bpw',
  'dynamic',
  'quantized',
  'quant',
  'awq',
  'gptq',
  'int8_float(?:16|32)',
];
/** Precision and quantisation as file names give them; the longer one first where one is the beginning of another. */
export const precisionPattern = new RegExp(
  '(?:^|[-_. ])((?:ud|i1)[-_. ])?(' + precisions.join('|') + String.raw`)(?=$|[-_. ])`,
  'gi',
);

/** Marks of one shard: `-00001-of-00003`, `.part1of2`, `-split-a`, `.00`, `-TP-common`, `rank3`. */
export const shardPatterns: readonly RegExp[] = [
  /[-_.]{0,2}\d{1,6}[-_]of[-_](\d{1,6})/i,
  /[-_.]part[-_]?\d+of(\d+)/i,
  /[-_.](?:split|part)[-_]?(?:[a-z]{1,2}|\d{1,3})$/i,
  /[-_](?:tp|mp|pp|dp|rank|mp_rank)[-_]?(?:\d+|common)/gi,
  /(?:^|[-_.])(?:layer_\d+-model_\d+|mp_rank_\d+|__\d+_\d+|tensor\d+(?:_\d+)?)/i,
  /\.\d{2}$/,
  /-\d{5}$/,
];

const secondary = [
  'original',
  'metal',
  'onnx',
  'openvino',
  'coreml',
  'mlx',
  'gguf',
  'ggml',
  'tf',
  'tensorflow',
  'flax',
  'jax',
  'ct2',
  'ctranslate2',
  'tensorrt',
  'trt',
  'tflite',
  'litert',
  'rust',
  'fp16',
  'bf16',
  'fp32',
  'fp8',
  'int8',
  'int4',
  'quantized',
  'checkpoints?(?:[-_/].*)?',
  'ckpts?',
  'epoch.*',
  'step.*',
  'global_step.*',
  'iter.*',
  'ema',
  'non_ema',
  'old',
  'legacy',
  'backup',
  'previous',
  'deprecated',
  'comfyui',
  'split_files',
  'single_file',
  'transformers',
  'vllm',
  'android',
  'ios',
  'web',
  'executorch',
  'qnn',
];
/** Folders that hold another copy of the weights, or an earlier state of them: the root is preferred. */
export const secondaryFolders = new RegExp('^(?:' + secondary.join('|') + ')$', 'i');

const pipelineParts = [
  'unet',
  'transformer',
  'transformer_\\d',
  'vae',
  'vqvae',
  'movq',
  'text_encoder',
  'text_encoder_\\d',
  'image_encoder',
  'image_encoder_\\d',
  'safety_checker',
  'prior',
  'prior_prior',
  'prior_text_encoder',
  'prior_image_encoder',
  'decoder',
  'vqgan',
  'controlnet',
  'connectors',
  'vocoder',
  'audio_vae',
  'bert',
  'melgan',
  'notes_encoder',
  'continuous_encoder',
  'projection_model',
  'language_model',
  'text_decoder',
  'vision_language_encoder',
  'mllm',
  'condition_image_encoder',
  'low_res_unet',
  'motion_adapter',
  'audio_encoder',
];
/** The parts of a diffusers pipeline; other folders beside them are other copies. */
export const pipelineFolders = new RegExp('^(?:' + pipelineParts.join('|') + ')$', 'i');
export const denoiserFolders = /^(?:unet|transformer|transformer_\d|prior|prior_prior|decoder|controlnet|melgan)$/i;
