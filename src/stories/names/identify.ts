// Reads what a repository id, a title or a headline names, what it announces, and for when.
import { dayIn } from '../days.ts';
import { type DateTables, dueWindow } from '../due/window.ts';
import { type Headline, readHeadline } from '../headlines/headline.ts';
import type { Label } from '../headlines/reading.ts';
import type { Tables } from '../tables.ts';
import { type Chain, quantised, readChain } from './chain.ts';
import { fold } from './fold.ts';
import { type LabTable, noFamily } from './labs.ts';
import { findMentions, type Mention } from './mentions.ts';
import { type Product, productOf } from './product.ts';
import { labOfAccount, type Repository, readRepository } from './repository.ts';
import { unstated } from './words.ts';

export interface Identity {
  /** Id of the lab that makes the family, whoever uploads it; without a family, of the lab named, if it is the only one. */
  readonly lab: string | null;
  readonly family: string | null;
  /** As written: aliases are resolved only in the story's key. */
  readonly version: string | null;
  readonly size: string | null;
  /** Words sorted, joined by `+`. */
  readonly variant: string | null;
  readonly format: string | null;
  /** The account belongs to the family's lab; without a family, to any known lab. Null when the text has no account. */
  readonly official: boolean | null;
  /** Null for a repository: a name alone announces nothing. */
  readonly label: Label | null;
  /** Days, YYYY-MM-DD, both included; null = no window. */
  readonly dueFrom: string | null;
  readonly dueTo: string | null;
}

/** What a text names, with the product as its lab writes it; `product` is null when no family is named. */
export interface NamedProduct {
  readonly identity: Identity;
  readonly product: Product | null;
  /** The headline as it was read; null for a repository. */
  readonly headline: Headline | null;
}

export interface IdentifyContext {
  readonly labs: Tables;
  /** When it was said: a day (YYYY-MM-DD, used unchanged) or a moment (ISO 8601, converted to the lab's time zone). */
  readonly at: string;
}

const nothing = { lab: null, family: null, version: null, size: null, variant: null, format: null, official: null };

/** Pure; never throws. */
export function identify(text: string, context: IdentifyContext): Identity {
  const { identity } = nameIn(text, context);
  // A lab without listed families has nothing to hold the model against, so its account does not prove whose model it is.
  const listed = (context.labs.byId.get(identity.lab ?? '')?.families.length ?? 0) > 0;
  return identity.official === true && !listed ? { ...identity, official: false } : identity;
}

/** As `identify`, with the product from which the story's key and name are made. */
export function nameIn(text: string, { labs, at }: IdentifyContext): NamedProduct {
  const repository = readRepository(text);
  if (repository !== null) {
    const { fields, product } = identifyRepository(repository, labs);
    return { identity: { ...fields, label: null, dueFrom: null, dueTo: null }, product, headline: null };
  }
  const headline = readHeadline(text, labs);
  const { fields, product } = identifyText(text, headline, labs);
  const zone = labs.byId.get(fields.lab ?? '')?.zone ?? 'UTC';
  const due =
    headline.label === 'unrelated' ? null : dueOf(headline, at.includes('T') ? dayIn(at, zone) : at, labs.dates);
  return {
    identity: { ...fields, label: headline.label, dueFrom: due?.from ?? null, dueTo: due?.to ?? null },
    product,
    headline,
  };
}

interface Found {
  readonly fields: Omit<Identity, 'label' | 'dueFrom' | 'dueTo'>;
  readonly product: Product | null;
}

function identifyRepository({ owner, name }: Repository, labs: LabTable): Found {
  const account = labOfAccount(owner, labs);
  const text = fold(name);
  const { models, labs: beside } = findMentions(text, labs, 'repository', account);
  const own =
    account ?? beside.find((lab) => models.some((model) => model.family.lab === lab.id && !model.family.brand)) ?? null;
  const first = models.find((one) => one.family.lab === own?.id) ?? models[0];
  const model = models.find((one) => one.family === first?.family && one.chain.version !== null) ?? first;
  if (model === undefined) return { fields: unlisted(text, account?.id ?? null), product: null };
  const distilled = models.find(
    (one) => one.start > model.start && text.slice(model.start, one.start).endsWith('distill-'),
  );
  const official = account?.id === model.family.lab;
  const extra = distilled === undefined || !official ? [] : [distilled.family.id];
  const chain = official ? model.chain : { ...model.chain, formats: packings(model.chain.formats) };
  const fields = { ...describe(model, chain, extra), official };
  return { fields, product: productOf({ text: name, model, models }, labs, 'repository') };
}

/** A single quantisation names the file that is meant; several only describe how the uploader mixed them, and are dropped. */
function packings(formats: readonly string[]): readonly string[] {
  const mixed = formats.includes('gguf') && formats.filter((format) => quantised.test(format)).length > 1;
  return mixed ? formats.filter((format) => !quantised.test(format)) : formats;
}

/** For a model of no listed family: only its size and format can be read. */
function unlisted(text: string, account: string | null): Found['fields'] {
  const { size, formats } = readChain({ text, start: 0 }, noFamily, 'repository');
  return { ...nothing, lab: account, size, format: joined(formats), official: account !== null };
}

function identifyText(text: string, headline: Headline, labs: LabTable): Found {
  const { models, labs: beside } = headline.mentions;
  const folded = fold(text);
  const model = models.find((one) => one.exact) ?? models.find((one) => !one.family.brand) ?? models[0];
  const onlyLab = beside.length === 1 ? (beside[0]?.id ?? null) : null;
  const alone = model !== undefined && model.start === 0 && model.end >= folded.length;
  const brandOnly = model?.family.brand && !model.exact && !alone;
  if (model === undefined || (brandOnly && headline.label === 'unrelated'))
    return { fields: { ...nothing, lab: onlyLab }, product: null };
  return {
    fields: { ...describe(model, model.chain, []), official: null },
    product: productOf({ text, model, models }, labs, 'text'),
  };
}

const joined = (words: readonly string[]): string | null => (words.length === 0 ? null : words.toSorted().join('+'));

function describe({ family }: Mention, chain: Chain, extra: readonly string[]): Omit<Found['fields'], 'official'> {
  return {
    lab: family.lab,
    family: family.id,
    version: chain.version,
    size: chain.size,
    variant: joined([...chain.words.filter((word) => !unstated.has(word)), ...extra]),
    format: joined(chain.formats),
  };
}

/** The window is read from what is promised or rumoured, never from words about what is out already. */
function dueOf({ label, clauses }: Headline, said: string, dates: DateTables): ReturnType<typeof dueWindow> {
  const promising = clauses.filter((clause) => clause.label === 'pledge' || clause.label === 'rumour');
  for (const clause of promising) {
    const window = dueWindow(clause.text, said, dates);
    if (window !== null) return window;
  }
  if (label === 'release') return null;
  return dueWindow(clauses.map((clause) => clause.text).join('; '), said, dates);
}
