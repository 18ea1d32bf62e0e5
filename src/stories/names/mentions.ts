// Finds the families and labs that a folded text names, with the version, size and words beside each name.
import { type Chain, readChain, type Setting } from './chain.ts';
import { fold, particles } from './fold.ts';
import type { Family, Lab, LabTable } from './labs.ts';
import { rivalsAmong } from './rivals.ts';

export interface Mention {
  readonly family: Family;
  readonly chain: Chain;
  readonly start: number;
  /** Where the family's name ends. */
  readonly named: number;
  readonly end: number;
  /** A version, a size or a variant word comes with the name. */
  readonly exact: boolean;
  /** 'tool': a program with the family's name; 'closed': a model that is only hosted. */
  readonly sort: 'open' | 'mixed' | 'closed' | 'tool';
}

export interface Mentions {
  readonly models: readonly Mention[];
  /** Models that are only compared with (`beats GPT-5`): never what the text is about. */
  readonly rivals: readonly Mention[];
  readonly labs: readonly Lab[];
}

export function findLabs(text: string, table: LabTable): readonly Lab[] {
  const found = [...text.matchAll(table.labNames)].flatMap(([name]) => table.labOf(name) ?? []);
  return [...new Set(found)];
}

/** `owner`: the lab whose account the text belongs to, which counts as naming that lab. */
export function findMentions(text: string, table: LabTable, setting: Setting, owner: Lab | null = null): Mentions {
  const named = findLabs(text, table);
  const labs = owner === null || named.includes(owner) ? named : [owner, ...named];
  const hits = [...text.matchAll(table.familyNames)].flatMap((match) => {
    const family = table.familyOf(match[0]);
    return family === undefined ? [] : [{ family, start: match.index, end: match.index + match[0].length }];
  });
  const found = hits.flatMap(({ family, start, end }): readonly Mention[] => {
    if (isOther(text, start, family)) return [];
    const beside = readChain({ text, start: end }, family, setting);
    const chain =
      setting === 'text' && family.brand && !isExact(beside) ? (readApart(text, end, family) ?? beside) : beside;
    if (!isMeant(family, chain, labs, setting)) return [];
    return [{ family, chain, start, named: end, end: chain.end, exact: isExact(chain), sort: sortOf(family, chain) }];
  });
  if (setting === 'repository') return { models: found, rivals: [], labs };
  const rivals = rivalsAmong(text, found);
  return { models: found.filter((one) => !rivals.includes(one)), rivals, labs };
}

/** DeepSeek quietly uploads V3.1; 미스트랄, 라지 4: when lab and family share a name, a version further on belongs to it. */
function readApart(text: string, start: number, family: Family): Chain | null {
  for (const match of text.slice(start, start + 80).matchAll(wordStart)) {
    const chain = readChain({ text, start: start + match.index }, family, 'text');
    const lettered = chain.version !== null && family.letters.includes(chain.version.charAt(0));
    if (lettered || (chain.version !== null && chain.words.length > 0 && chain.end > start)) return chain;
  }
  return null;
}

const wordStart = /(?<=[ "'(,])[a-z\uac00-\ud7a3]/g;

const isExact = (chain: Chain): boolean => chain.version !== null || chain.size !== null || chain.words.length > 0;

/** Falcon 9 is a rocket, llama.cpp a program, and 그록 in a text about Groq is a maker of chips. */
function isOther(text: string, start: number, family: Family): boolean {
  if (family.id === 'grok' && /(?<![a-z])groq(?![a-z])/.test(text) && !/grok|xai|머스크/.test(text)) return true;
  return family.not.some((phrase) => {
    const folded = fold(phrase);
    return (
      text.startsWith(folded, start) && !/^[\p{L}\p{N}]/u.test(text.slice(start + folded.length).replace(beyond, ''))
    );
  });
}

const beyond = new RegExp(`^${particles}`);

function isMeant(family: Family, chain: Chain, labs: readonly Lab[], setting: Setting): boolean {
  const numbered = chain.version !== null || chain.size !== null;
  const own = chain.words.filter((word) => family.words.includes(word));
  const beside = labs.some((lab) => lab.id === family.lab);
  switch (family.needs) {
    case 'nothing':
      return true;
    case 'any':
      return numbered || beside || (own.length > 0 && chain.words.join('').length > 1);
    case 'version':
      return isExact(chain) || setting === 'repository';
    case 'lab':
      return beside || (setting === 'repository' && numbered);
  }
}

function sortOf(family: Family, chain: Chain): Mention['sort'] {
  if (chain.words.some((word) => family.tools.includes(word))) return 'tool';
  if (family.program && !chain.words.some((word) => family.words.includes(word))) return 'tool';
  if (chain.words.some((word) => family.closed.includes(word))) return 'closed';
  return family.weights;
}
