// Further lines of the openness card that readers ask for: input and output, use, languages.
import type { Facts } from '../../types/core.ts';
import type { Openness } from '../../types/story.ts';
import type { LicenceEntry } from './entry.ts';
import type { FactBuilder } from './fact.ts';

/** Tasks of the hub → what a model takes and gives. https://huggingface.co/tasks */
const modalities: Readonly<Record<string, string>> = {
  'text-generation': 'text → text',
  'text2text-generation': 'text → text',
  'fill-mask': 'text → text',
  summarization: 'text → text',
  translation: 'text → text',
  'question-answering': 'text → text',
  'table-question-answering': 'table, text → text',
  'text-classification': 'text → labels',
  'token-classification': 'text → labels',
  'zero-shot-classification': 'text → labels',
  'text-ranking': 'text → scores',
  'sentence-similarity': 'text → vectors',
  'feature-extraction': 'text → vectors',
  'image-text-to-text': 'image, text → text',
  'image-to-text': 'image → text',
  'visual-question-answering': 'image, text → text',
  'document-question-answering': 'image, text → text',
  'visual-document-retrieval': 'image, text → vectors',
  'video-text-to-text': 'video, text → text',
  'audio-text-to-text': 'audio, text → text',
  'any-to-any': 'any → any',
  'text-to-image': 'text → image',
  'image-to-image': 'image → image',
  'image-text-to-image': 'image, text → image',
  'unconditional-image-generation': 'nothing → image',
  'text-to-video': 'text → video',
  'image-to-video': 'image → video',
  'image-text-to-video': 'image, text → video',
  'video-to-video': 'video → video',
  'text-to-3d': 'text → 3D',
  'image-to-3d': 'image → 3D',
  'text-to-speech': 'text → audio',
  'text-to-audio': 'text → audio',
  'audio-to-audio': 'audio → audio',
  'automatic-speech-recognition': 'audio → text',
  'audio-classification': 'audio → labels',
  'voice-activity-detection': 'audio → labels',
  'image-classification': 'image → labels',
  'zero-shot-image-classification': 'image, text → labels',
  'object-detection': 'image → boxes',
  'zero-shot-object-detection': 'image, text → boxes',
  'image-segmentation': 'image → masks',
  'mask-generation': 'image → masks',
  'depth-estimation': 'image → depth',
  'keypoint-detection': 'image → points',
  'image-feature-extraction': 'image → vectors',
  'video-classification': 'video → labels',
  'time-series-forecasting': 'numbers → numbers',
  'tabular-classification': 'table → labels',
  'tabular-regression': 'table → numbers',
  'reinforcement-learning': 'state → actions',
  robotics: 'image, text → actions',
  'graph-ml': 'graph → labels',
};

type Terms = Pick<Openness, 'licence' | 'territory'>;

export function profileLines(facts: Facts, entry: LicenceEntry | null, terms: Terms, say: FactBuilder) {
  const { task, tuning, contextLength, languages } = facts;
  const modality = Object.hasOwn(modalities, task ?? '') ? modalities[task ?? ''] : undefined;
  const { licence, territory } = terms;
  // A territorial limit that does not apply to this model is left out.
  const binding = entry?.limits.filter((limit) => limit !== 'territory' || territory.value !== null);
  const spoken = entry?.class === 'none' ? undefined : binding;
  const duties: Openness['duties'] =
    spoken === undefined
      ? { value: 'unknown', how: 'unknown', because: licence.because }
      : say.derived(spoken, licence.because);
  return {
    task: task === undefined ? say.unknown('pipeline_tag') : say.declared(task, 'pipeline_tag'),
    modality: modality === undefined ? say.unknown('pipeline_tag') : say.derived(modality, say.because('pipeline_tag')),
    tuning: tuning === undefined ? say.unknown('name') : say.derived(tuning, say.because(facts.tuningFrom ?? 'name')),
    context: say.seen(contextLength, facts.contextFrom === 'gguf' ? 'gguf.context_length' : 'config.json'),
    languages: languages === undefined ? say.unknown('language') : say.declared(languages, 'language'),
    duties,
  };
}
