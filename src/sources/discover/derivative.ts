// Tells original models from derivatives: quantisations, fine-tunes, merges and adapters are not releases of their own.

interface Origin {
  /** `owner/name`. */
  readonly id: string;
  readonly tags: readonly string[];
  readonly library: string | null;
}

const packedAs =
  /(?:^|[-_.])(?:gguf|ggml|gptq|awq|exl[23]|onnx|mlx|bnb|hqq|aqlm|imatrix|quanti[sz]ed|repackaged)(?:$|[-_.])/i;
const packedIn =
  /(?:^|[-_.])(?:int[48]|[2-8](?:\.\d{1,3})?[-_]?bits?|fp8|fp4|nvfp4|mxfp4|mxfp8|w[48]a\d{1,3})(?:$|[-_.])/i;
const altered =
  /(?:^|[-_.])(?:abliterated|uncensored|heretic|derestricted|lora|loras|qlora|merged?|finetuned?|fine-tuned?)(?:$|[-_.])/i;
const derivedTags: ReadonlySet<string> = new Set(['merge', 'mergekit', 'lora', 'adapter', 'abliterated', 'uncensored']);
const derivedLibraries: ReadonlySet<string> = new Set(['peft', 'adapter-transformers', 'adapters', 'gguf', 'mlx']);

const ownerOf = (id: string): string => id.slice(0, id.indexOf('/')).toLowerCase();

/** The base models named by `base_model:` tags; one without a relation counts as a fine-tune. */
function bases(tags: readonly string[]): readonly { readonly relation: string; readonly id: string }[] {
  const said = tags.flatMap((tag) => /^base_model:(?:([a-z]+):)?([^:/]+\/[^:/]+)$/.exec(tag)?.slice(1, 3) ?? []);
  const relations = new Map<string, string>();
  for (let at = 0; at < said.length; at += 2) {
    const [relation, id = ''] = [said[at], said[at + 1]];
    relations.set(id, relation ?? relations.get(id) ?? 'finetune');
  }
  return [...relations].map(([id, relation]) => ({ id, relation }));
}

/**
 * `isSameLab`: whether two accounts belong to the same lab. A model that a lab trains from its own (an instruct model from its
 * base) is an original; a repackaging of it is not.
 */
export function isDerivative(
  { id, tags, library }: Origin,
  isSameLab: (one: string, other: string) => boolean = () => false,
): boolean {
  const name = id.slice(id.indexOf('/') + 1);
  if (packedAs.test(name) || packedIn.test(name) || altered.test(name)) return true;
  if (tags.some((tag) => derivedTags.has(tag.toLowerCase()))) return true;
  if (library !== null && derivedLibraries.has(library.toLowerCase())) return true;
  if (tags.includes('gguf') && !tags.includes('safetensors')) return true;
  return bases(tags).some((base) => {
    if (base.id.toLowerCase() === id.toLowerCase()) return false;
    if (base.relation !== 'finetune') return true;
    return ownerOf(base.id) !== ownerOf(id) && !isSameLab(ownerOf(base.id), ownerOf(id));
  });
}
