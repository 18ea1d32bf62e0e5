// Names with what is in them: input | family | version | size | variant | format; for repositories also official (y, n).
export const repositories = `
meta-llama/Llama-4-Scout-17B-16E-Instruct | llama | 4 | 17b-16e | instruct+scout | | y
meta-llama/Llama-4-Maverick-17B-128E | llama | 4 | 17b-128e | maverick | | y
meta-llama/Llama-Guard-4-12B | llama | 4 | 12b | guard | | y
meta-llama/Llama-3.1-405B-Instruct-FP8 | llama | 3.1 | 405b | instruct | fp8 | y
meta-llama/Llama-Prompt-Guard-2-86M | llama | 2 | 86m | guard+prompt | | y
facebook/dinov3-vitb16 | dino | 3 | | | | y
openai/gpt-oss-120b | gpt-oss | | 120b | | | y
openai/gpt-oss-safeguard-20b | gpt-oss | | 20b | safeguard | | y
openai-community/gpt2-xl | gpt | 2 | | xl | | y
openai/whisper-large-v3-turbo | whisper | 3 | | large+turbo | | y
google/gemma-3-27b-it | gemma | 3 | 27b | it | | y
google/gemma-3-270m | gemma | 3 | 270m | | | y
google/gemma-4-31B-it | gemma | 4 | 31b | it | | y
google/embeddinggemma-300m | embeddinggemma | | 300m | | | y
google/paligemma2-3b-mix-448 | paligemma | 2 | 3b | mix | | y
google/codegemma-7b-it | codegemma | | 7b | it | | y
google/t5gemma-2b-2b-ul2-it | t5gemma | | 2b-2b | it | | y
google/medgemma-1.5-4b-it | medgemma | 1.5 | 4b | it | | y
mistralai/Mistral-Small-3.2-24B-Instruct-2506 | mistral | 3.2 | 24b | 2506+instruct+small | | y
mistralai/Mistral-Nemo-Instruct-2407 | mistral | | | 2407+instruct+nemo | | y
mistralai/Magistral-Small-2509 | magistral | | | 2509+small | | y
mistralai/Devstral-2-123B-Instruct-2512 | devstral | 2 | 123b | 2512+instruct | | y
mistralai/Codestral-22B-v0.1 | codestral | 0.1 | 22b | | | y
mistralai/Pixtral-12B-2409 | pixtral | | 12b | 2409 | | y
mistralai/Voxtral-Mini-3B-2507 | voxtral | | 3b | 2507+mini | | y
mistralai/Ministral-8B-Instruct-2410 | ministral | | 8b | 2410+instruct | | y
mistralai/Mistral-7B-v0.1 | mistral | 0.1 | 7b | | | y
tiiuae/falcon-180B-chat | falcon | | 180b | chat | | y
tiiuae/Falcon3-10B-Instruct | falcon | 3 | 10b | instruct | | y
tiiuae/falcon-mamba-7b | falcon | | 7b | mamba | | y
deepseek-ai/DeepSeek-V3-0324 | deepseek | v3 | | 0324 | | y
deepseek-ai/DeepSeek-V3.2-Exp | deepseek | v3.2 | | exp | | y
deepseek-ai/DeepSeek-V3.1-Terminus | deepseek | v3.1 | | terminus | | y
deepseek-ai/DeepSeek-R1-0528 | deepseek | r1 | | 0528 | | y
deepseek-ai/DeepSeek-R1-Distill-Qwen-32B | deepseek | r1 | 32b | distill+qwen | | y
deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct | deepseek | v2 | | coder+instruct+lite | | y
deepseek-ai/deepseek-vl2-tiny | deepseek | 2 | | tiny+vl | | y
deepseek-ai/DeepSeek-OCR | deepseek | | | ocr | | y
deepseek-ai/deepseek-llm-67b-chat | deepseek | | 67b | chat | | y
deepseek-ai/DeepSeek-Math-V2 | deepseek | v2 | | math | | y
Qwen/Qwen2.5-Coder-32B-Instruct-AWQ | qwen | 2.5 | 32b | coder+instruct | awq | y
Qwen/Qwen3-Coder-480B-A35B-Instruct | qwen | 3 | 480b-a35b | coder+instruct | | y
Qwen/Qwen2.5-VL-72B-Instruct | qwen | 2.5 | 72b | instruct+vl | | y
Qwen/Qwen3-Embedding-8B | qwen | 3 | 8b | embedding | | y
Qwen/Qwen3-Omni-30B-A3B-Captioner | qwen | 3 | 30b-a3b | omni | | y
Qwen/Qwen-Image-Edit-2509 | qwen | | | 2509+edit+image | | y
Qwen/QwQ-32B-Preview | qwq | | 32b | preview | | y
Qwen/Qwen1.5-110B-Chat-GGUF | qwen | 1.5 | 110b | chat | gguf | y
Wan-AI/Wan2.2-T2V-A14B | wan | 2.2 | a14b | t2v | | y
moonshotai/Kimi-K2-Instruct-0905 | kimi | k2 | | 0905+instruct | | y
moonshotai/Kimi-K2.6 | kimi | k2.6 | | | | y
moonshotai/Kimi-VL-A3B-Thinking-2506 | kimi | | a3b | 2506+thinking+vl | | y
moonshotai/Kimi-Linear-48B-A3B-Instruct | kimi | | 48b-a3b | instruct+linear | | y
THUDM/chatglm3-6b | chatglm | 3 | 6b | | | y
THUDM/GLM-4-9B-0414 | glm | 4 | 9b | 0414 | | y
zai-org/GLM-4.6-FP8 | glm | 4.6 | | | fp8 | y
zai-org/GLM-4.7-Flash | glm | 4.7 | | flash | | y
zai-org/GLM-OCR | glm | | | ocr | | y
MiniMaxAI/MiniMax-M1-80k | minimax | m1 | | | | y
MiniMaxAI/MiniMax-Text-01 | minimax | 01 | | text | | y
tencent/Hunyuan-A13B-Instruct | hunyuan | | a13b | instruct | | y
tencent/HunyuanImage-3.0 | hunyuan | 3.0 | | image | | y
tencent/Hunyuan-7B-Instruct-0124 | hunyuan | | 7b | 0124+instruct | | y
baidu/ERNIE-4.5-300B-A47B-PT | ernie | 4.5 | 300b-a47b | pt | | y
baidu/ERNIE-4.5-VL-28B-A3B-Thinking | ernie | 4.5 | 28b-a3b | thinking+vl | | y
ByteDance-Seed/Seed-OSS-36B-Instruct | seed-oss | | 36b | instruct | | y
stepfun-ai/Step-3.5-Flash | step | 3.5 | | flash | | y
stepfun-ai/step3 | step | 3 | | | | y
XiaomiMiMo/MiMo-7B-RL-0530 | mimo | | 7b | 0530+rl | | y
XiaomiMiMo/MiMo-V2-Flash | mimo | 2 | | flash | | y
meituan-longcat/LongCat-Flash-Thinking | longcat | | | flash+thinking | | y
inclusionAI/Ling-1T | ling | | 1t | | | y
inclusionAI/Ring-flash-2.0 | ring | 2.0 | | flash | | y
internlm/internlm2_5-7b-chat | internlm | 2.5 | 7b | chat | | y
internlm/Intern-S1-mini | intern-s1 | | | mini | | y
OpenGVLab/InternVL3_5-241B-A28B | internvl | 3.5 | 241b-a28b | | | y
Qwen/Qwen2.5-14B-Instruct-1M | qwen | 2.5 | 14b | instruct | | y
NousResearch/Hermes-2-Theta-Llama-3-8B | hermes | 2 | 8b | theta | | y
Wan-AI/Wan2.1-FLF2V-14B-480P | wan | 2.1 | 14b | flf2v | | y
google/gemma-3n-E4B-it-litert-lm | gemma | 3n | e4b | it | | y
somebody/DeepSeek-R1-Distill-Llama-8B-GGUF | deepseek | r1 | 8b | distill | gguf | n
somebody/gemma-3-1b-it-IQ4_K-Q8_0-GGUF | gemma | 3 | 1b | it | gguf | n
tencent/Hunyuan3D-2mini | hunyuan | 2 | | mini | | y
nomic-ai/nomic-embed-text-v1.5 | | | | | | n
tencent/HunyuanWorld-1 | hunyuan | 1 | | world | | y
sensenova/SenseNova-U1-8B | sensenova | u1 | 8b | | | y
01-ai/Yi-1.5-34B-Chat-16K | yi | 1.5 | 34b | chat | | y
nvidia/Llama-3.1-Nemotron-70B-Instruct-HF | nemotron | | 70b | instruct | hf | y
nvidia/NVIDIA-Nemotron-Nano-9B-v2 | nemotron | 2 | 9b | nano | | y
nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16 | nemotron | 3 | 30b-a3b | nano | bf16 | y
microsoft/phi-2 | phi | 2 | | | | y
microsoft/Phi-3-mini-128k-instruct-onnx | phi | 3 | | instruct+mini | onnx | y
microsoft/Phi-3.5-MoE-instruct | phi | 3.5 | | instruct+moe | | y
microsoft/Phi-4-multimodal-instruct | phi | 4 | | instruct+multimodal | | y
ibm-granite/granite-4.0-h-small | granite | 4.0 | | h+small | | y
ibm-granite/granite-3.3-8b-instruct | granite | 3.3 | 8b | instruct | | y
ibm-granite/granite-embedding-english-r2 | granite | r2 | | embedding | | y
allenai/Llama-3.1-Tulu-3-405B-DPO | tulu | 3 | 405b | dpo | | y
allenai/Molmo-7B-D-0924 | molmo | | 7b | 0924+d | | y
allenai/OLMo-2-1124-13B-Instruct | olmo | 2 | 13b | 1124+instruct | | y
ai21labs/AI21-Jamba-1.5-Mini | jamba | 1.5 | | mini | | y
databricks/dbrx-instruct | dbrx | | | instruct | | y
Snowflake/snowflake-arctic-embed-l-v2.0 | arctic | 2.0 | | embed+l | | y
LiquidAI/LFM2-VL-1.6B | lfm | 2 | 1.6b | vl | | y
stabilityai/stable-diffusion-3.5-large-turbo | stable-diffusion | 3.5 | | large+turbo | | y
stabilityai/stable-diffusion-xl-base-1.0 | stable-diffusion | 1.0 | | base+xl | | y
black-forest-labs/FLUX.1-Kontext-dev | flux | 1 | | dev+kontext | | y
black-forest-labs/FLUX.2-klein-4B | flux | 2 | 4b | klein | | y
HuggingFaceTB/SmolLM3-3B-Base | smollm | 3 | 3b | base | | y
HuggingFaceTB/SmolLM2-1.7B-Instruct | smollm | 2 | 1.7b | instruct | | y
NousResearch/Hermes-4-405B-FP8 | hermes | 4 | 405b | | fp8 | y
NousResearch/Hermes-3-Llama-3.1-8B | hermes | 3 | 8b | | | y
bigcode/starcoder2-15b | starcoder | 2 | 15b | | | y
swiss-ai/Apertus-70B-Instruct-2509 | apertus | | 70b | 2509+instruct | | y
LGAI-EXAONE/EXAONE-4.0-32B-GPTQ | exaone | 4.0 | 32b | | gptq | y
LGAI-EXAONE/EXAONE-Deep-2.4B | exaone | | 2.4b | deep | | y
upstage/SOLAR-10.7B-Instruct-v1.0 | solar | 1.0 | 10.7b | instruct | | y
upstage/Solar-Open2-250B | solar-open | 2 | 250b | | | y
skt/A.X-4.0-Light | a.x | 4.0 | | light | | y
skt/A.X-K1 | a.x | k1 | | | | y
naver-hyperclovax/HyperCLOVAX-SEED-Text-Instruct-1.5B | hyperclovax-seed | | 1.5b | instruct+text | | y
naver-hyperclovax/HyperCLOVAX-SEED-Omni-8B | hyperclovax-seed | | 8b | omni | | y
kakaocorp/kanana-1.5-8b-instruct-2505 | kanana | 1.5 | 8b | 2505+instruct | | y
NCSOFT/VARCO-VISION-2.0-14B | varco | 2.0 | 14b | vision | | y
K-intelligence/Midm-2.0-Base-Instruct | midm | 2.0 | | base+instruct | | y
CohereForAI/c4ai-command-r-plus-08-2024 | command | | | 08-2024+plus+r | | y
CohereLabs/command-a-03-2025 | command | | | 03-2025+a | | y
CohereLabs/aya-expanse-32b | aya | | 32b | expanse | | y
EleutherAI/pythia-6.9b-deduped | pythia | | 6.9b | deduped | | y
xai-org/grok-prompts | grok | | | prompts | | y
TheBloke/Llama-2-7B-Chat-GGUF | llama | 2 | 7b | chat | gguf | n
unsloth/gpt-oss-20b-unsloth-bnb-4bit | gpt-oss | | 20b | | 4bit+bnb | n
mlx-community/Qwen3-4B-4bit | qwen | 3 | 4b | | 4bit | n
lmstudio-community/gemma-3-12b-it-GGUF | gemma | 3 | 12b | it | gguf | n
RedHatAI/Mistral-Small-24B-Instruct-2501-FP8-dynamic | mistral | | 24b | 2501+instruct+small | fp8 | n
cognitivecomputations/DeepSeek-R1-AWQ | deepseek | r1 | | | awq | n
bartowski/Qwen_Qwen3-14B-GGUF | qwen | 3 | 14b | | gguf | n
bartowski/nvidia_Llama-3_3-Nemotron-Super-49B-v1_5-GGUF | nemotron | 1.5 | 49b | super | gguf | n
nvidia/DeepSeek-R1-FP4 | deepseek | r1 | | | fp4 | n
https://huggingface.co/xai-org/grok-2/tree/main | grok | 2 | | | | y
https://github.com/deepseek-ai/DeepSeek-V3/releases | deepseek | v3 | | | | y
hf.co/unsloth/Kimi-K3-GGUF:Q4_K_M | kimi | k3 | | | gguf+q4_k_m | n
somebody/llama-recipes-cookbook | llama | | | cookbook+recipes | | n
xai-org/grok-2-base | grok | 2 | | base | | y
meta-llama/Llama-3.2-1B | llama | 3.2 | 1b | | | y
meta-llama/CodeLlama-34b-Instruct-hf | code-llama | | 34b | instruct | hf | y
meta-llama/Llama-3.3-70B-Instruct | llama | 3.3 | 70b | instruct | | y
mistralai/Mistral-Large-Instruct-2411 | mistral | | | 2411+instruct+large | | y
mistralai/Mamba-Codestral-7B-v0.1 | codestral | 0.1 | 7b | | | y
mistralai/Ministral-3-14B-Instruct-2512 | ministral | 3 | 14b | 2512+instruct | | y
tiiuae/Falcon-H1R-7B | falcon | h1r | 7b | | | y
tiiuae/falcon-40b-instruct | falcon | | 40b | instruct | | y
deepseek-ai/DeepSeek-V4-Pro | deepseek | v4 | | pro | | y
deepseek-ai/DeepSeek-V2.5-1210 | deepseek | v2.5 | | 1210 | | y
deepseek-ai/DeepSeek-R1-Zero | deepseek | r1 | | zero | | y
deepseek-ai/DeepSeek-R1-Distill-Llama-8B | deepseek | r1 | 8b | distill+llama | | y
deepseek-ai/Janus-Pro-7B | | | 7b | | | y
Qwen/Qwen3-30B-A3B-Thinking-2507-FP8 | qwen | 3 | 30b-a3b | 2507+thinking | fp8 | y
Qwen/Qwen3-VL-8B-Instruct | qwen | 3 | 8b | instruct+vl | | y
Qwen/Qwen3-ASR-1.7B | qwen | 3 | 1.7b | asr | | y
Qwen/Qwen2-Audio-7B | qwen | 2 | 7b | audio | | y
Qwen/Qwen3Guard-Gen-8B | qwen | 3 | 8b | guard | | y
openai/gpt-oss-20b-base | gpt-oss | | 20b | base | | y
google/gemma-3-1b-it-qat-q4_0-gguf | gemma | 3 | 1b | it | gguf+q4_0+qat | y
google/gemma-4-E2B-it | gemma | 4 | e2b | it | | y
google/shieldgemma-2-4b-it | shieldgemma | 2 | 4b | it | | y
google/gemma-7b | gemma | | 7b | | | y
microsoft/Phi-3-vision-128k-instruct | phi | 3 | | instruct+vision | | y
microsoft/phi-1_5 | phi | 1.5 | | | | y
microsoft/bitnet-b1.58-2B-4T | bitnet | | 2b | | | y
allenai/Olmo-3.1-32B-Instruct | olmo | 3.1 | 32b | instruct | | y
allenai/OLMoE-1B-7B-0924 | olmo | | 1b-7b | 0924 | | y
ibm-granite/granite-4.0-h-1b | granite | 4.0 | 1b | h | | y
upstage/solar-pro-preview-instruct | solar | | | instruct+preview+pro | | y
LGAI-EXAONE/EXAONE-4.0.1-32B | exaone | 4.0.1 | 32b | | | y
LGAI-EXAONE/EXAONE-3.0-7.8B-Instruct | exaone | 3.0 | 7.8b | instruct | | y
skt/A.X-4.0-VL-Light | a.x | 4.0 | | light+vl | | y
kakaocorp/kanana-2-30b-a3b-thinking | kanana | 2 | 30b-a3b | thinking | | y
NC-AI-consortium-VAETKI/VAETKI | vaetki | | | | | y
moonshotai/Kimi-Dev-72B | kimi | | 72b | dev | | y
zai-org/GLM-4.5V-FP8 | glm | 4.5v | | | fp8 | y
zai-org/GLM-4.5-Air-Base | glm | 4.5 | | air+base | | y
MiniMaxAI/MiniMax-M2 | minimax | m2 | | | | y
MiniMaxAI/MiniMax-VL-01 | minimax | 01 | | vl | | y
tencent/Hunyuan-MT-7B | hunyuan | | 7b | mt | | y
tencent/Tencent-Hunyuan-Large | hunyuan | | | large | | y
baidu/ERNIE-4.5-0.3B-PT | ernie | 4.5 | 0.3b | pt | | y
unsloth/Llama-4-Scout-17B-16E-Instruct-GGUF | llama | 4 | 17b-16e | instruct+scout | gguf | n
mlx-community/DeepSeek-V3.1-4bit | deepseek | v3.1 | | | 4bit | n
QuantTrio/GLM-4.6-AWQ | glm | 4.6 | | | awq | n
MaziyarPanahi/Mixtral-8x22B-v0.1-GGUF | mixtral | 0.1 | 8x22b | | gguf | n
stabilityai/stable-diffusion-3-medium | stable-diffusion | 3 | | medium | | y
black-forest-labs/FLUX.1-schnell | flux | 1 | | schnell | | y
bigscience/bloom-560m | bloom | | 560m | | | y
ggml-org/llama.cpp | | | | | | n
vllm-project/vllm | | | | | | n
`;

export const texts = `
Grok 4 Fast | grok | 4 | | fast |
GROK-3 | grok | 3 | | |
grok2 | grok | 2 | | |
Gemma 3 27B | gemma | 3 | 27b | |
Llama-3-70B | llama | 3 | 70b | |
Llama 3.3 70B Instruct | llama | 3.3 | 70b | instruct |
llama3.2:3b | llama | 3.2 | 3b | |
gpt oss 120b | gpt-oss | | 120b | |
GPT‑OSS‑20B | gpt-oss | | 20b | |
DeepSeek V3.1 | deepseek | v3.1 | | |
DeepSeek-R1 | deepseek | r1 | | |
Kimi K2 Thinking | kimi | k2 | | thinking |
MiniMax M2 | minimax | m2 | | |
Qwen3-Next | qwen | 3 | | next |
Qwen 2.5 Coder 7B | qwen | 2.5 | 7b | coder |
Mistral Large 2 | mistral | 2 | | large |
Mistral Medium 3.1 | mistral | 3.1 | | medium |
Mixtral-8x22B | mixtral | | 8x22b | |
Falcon 180B | falcon | | 180b | |
Falcon H1 34B | falcon | h1 | 34b | |
Falcon 9 | | | | |
Falcon Heavy | | | | |
SpaceX Falcon 9 launch | | | | |
Groq LPU | | | | |
solar panels | | | | |
Solar Open 100B | solar-open | | 100b | |
Stable Diffusion 3.5 Large | stable-diffusion | 3.5 | | large |
Phi-4 | phi | 4 | | |
the golden ratio phi | | | | |
step by step | | | | |
in command of the situation | | | | |
Command R+ by Cohere | command | | | plus+r |
Nemotron 3 Ultra | nemotron | 3 | | ultra |
Granite 4.0 H Small | granite | 4.0 | | h+small |
Olmo 3 32B Think | olmo | 3 | 32b | think |
FLUX.1 [schnell] | flux | 1 | | schnell |
Hermes outgoing delivery | | | | |
Code Llama 70B | code-llama | | 70b | |
LlamaIndex 0.14 | | | | |
llamafile | | | | |
Llama Guard 4 | llama | 4 | | guard |
GLM-5 | glm | 5 | | |
GLM 4.5V | glm | 4.5v | | |
Meta's Llama 4 Maverick | llama | 4 | | maverick |
K-EXAONE 2.0 | k-exaone | 2.0 | | |
A.X 4.0 | a.x | 4.0 | | |
HyperCLOVA X SEED 14B | hyperclovax-seed | | 14b | |
그록 3 미니 | grok | 3 | | mini |
그록3를 | grok | 3 | | |
그록은 | grok | | | |
라마 4 스카우트 | llama | 4 | | scout |
라마4가 | llama | 4 | | |
라마다 호텔 | | | | |
파라마운트 | | | | |
미스트랄 라지 3 | mistral | 3 | | large |
믹스트랄 8x7B | mixtral | | 8x7b | |
딥시크-R1 | deepseek | r1 | | |
딥시크 V3.2 | deepseek | v3.2 | | |
큐원 2.5 코더 | qwen | 2.5 | | coder |
큐웬3 | qwen | 3 | | |
젬마 3n | gemma | 3n | | |
젬마 4의 | gemma | 4 | | |
팔콘 180B | falcon | | 180b | |
팰컨 9 로켓 | | | | |
키미 K2 | kimi | k2 | | |
K-엑사원 | k-exaone | | | |
엑사원 3.5 2.4B | exaone | 3.5 | 2.4b | |
솔라 오픈 100B | solar-open | | 100b | |
솔라나 시세 | | | | |
카나나 1.5 | kanana | 1.5 | | |
하이퍼클로바X 시드 3B | hyperclovax-seed | | 3b | |
에이닷엑스 4.0 | a.x | 4.0 | | |
믿음 2.0 | midm | 2.0 | | |
믿음과 신뢰 | | | | |
네모트론 3 | nemotron | 3 | | |
젬마와 라마 | gemma | | | |
Llama 2 70B | llama | 2 | 70b | | |
GPT-4o | gpt | 4o | | | |
Mixtral 8x7B Instruct v0.1 | mixtral | 0.1 | 8x7b | instruct | |
Gemma 3n E4B | gemma | 3n | e4b | | |
라마 3 | llama | 3 | | | |
믹스트랄 8x22B | mixtral | | 8x22b | | |
그록 2.5 | grok | 2.5 | | | |
솔라 프로 2 | solar | 2 | | pro | |
팔콘 3 | falcon | 3 | | | |
엑사원 4.5 33B | exaone | 4.5 | 33b | | |
GLM 5.2 | glm | 5.2 | | | |
Hy3 | hy | 3 | | | |
Yi-34B | yi | | 34b | | |
Step 3.5 Flash | | | | | |
그록(Grok) 3 | grok | 3 | | |
Mistral: Large 4 | mistral | 4 | | large |
1.7B€ in funding | | | | |
`;
