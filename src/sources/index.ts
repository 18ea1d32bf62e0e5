// The list of sources. A new one needs its folder, a test, fixtures, and a line here.
import type { SourceKind } from './define.ts';
import { discover } from './discover/source.ts';
import { feed } from './feed/source.ts';
import { github } from './github/source.ts';
import { huggingface } from './huggingface/source.ts';
import { modelscope } from './modelscope/source.ts';
import { page } from './page/source.ts';
import { sitemap } from './sitemap/source.ts';

export const sources: readonly SourceKind[] = [github, huggingface, modelscope, feed, page, sitemap, discover];
