// What sources read about a model beside its terms: its weights, what it is for, and what its README says.

/** Every field is optional and left out when not seen. */
export interface ModelFacts {
  /** What a repository of a model is, as its files and its card say it. */
  readonly artefact?: 'model' | 'adapter' | 'quantisation' | 'merge' | 'other';
  /** Weight files of a model, of all its copies; never those of an adapter. */
  readonly files?: number;
  /** One usable copy, in bytes: what the library loads by default. */
  readonly bytes?: number;
  readonly formats?: readonly string[];
  /** The copy that `bytes` is about. */
  readonly copy?: { readonly format: string; readonly precision: string | null; readonly files: number };
  /** Further whole copies, by format; `least` and `most` in bytes, left out where sizes are not known. */
  readonly otherCopies?: readonly {
    readonly format: string;
    readonly count: number;
    readonly least?: number;
    readonly most?: number;
  }[];
  readonly quantisations?: readonly string[];
  /** The smallest whole copy, in bytes. */
  readonly smallestBytes?: number;
  readonly parameters?: number;
  /** 'unpacked': counted from packed elements whose packing is known. */
  readonly parametersFrom?: 'safetensors' | 'unpacked' | 'gguf' | 'name';
  readonly activeParameters?: number;
  readonly activeFrom?: 'name' | 'config.json';
  /** Tokens. */
  readonly contextLength?: number;
  readonly contextFrom?: 'config.json' | 'gguf';
  /** `pipeline_tag`: `text-generation`. */
  readonly task?: string;
  /** The repository's name without its owner. */
  readonly subjectName?: string;
  readonly tuning?: 'base' | 'instruct';
  readonly tuningFrom?: 'name' | 'tags';
  /** Codes as the card writes them: `en`, `ko`. */
  readonly languages?: readonly string[];
  /** The gate refuses people in the European Union. */
  readonly euDisallowed?: boolean;
  /** The README at this revision: 'absent' where the repository has none, 'unreadable' where we may not read it. */
  readonly readme?: 'read' | 'absent' | 'unreadable';
  /** Known training data that the README names. */
  readonly namedData?: readonly string[];
  /** The README speaks of pre-training on the data that it names. */
  readonly pretraining?: boolean;
  /** What was seen of data sets; those that were not looked at are missing. */
  readonly dataLooks?: readonly {
    readonly id: string;
    readonly readable: boolean;
    readonly licences: readonly string[];
    /** An extract of what the model was trained on. */
    readonly extract: boolean;
  }[];
  readonly trainingCodeUrl?: string;
  /** `arXiv:ID`, a link, or a file of the repository: the report about this model. */
  readonly report?: string;
  readonly reportUrl?: string;
  /** True when the parameter count is of packed elements (quantised), so not the model's. */
  readonly packed?: boolean;
}
