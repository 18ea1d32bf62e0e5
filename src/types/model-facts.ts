// What sources read about a model besides its terms: its weights, its use, and what its README says.

/** Every field is optional and left out when not seen. */
export interface ModelFacts {
  /** What kind of repository it is, by its files and its card. */
  readonly artefact?: 'model' | 'adapter' | 'quantisation' | 'merge' | 'other';
  /** Number of weight files in all copies; those of an adapter do not count. */
  readonly files?: number;
  /** Size of one usable copy, the one the library loads by default, in bytes. */
  readonly bytes?: number;
  readonly formats?: readonly string[];
  /** The copy whose size `bytes` is. */
  readonly copy?: { readonly format: string; readonly precision: string | null; readonly files: number };
  /** Further complete copies, by format; `least` and `most` in bytes, left out where sizes are not known. */
  readonly otherCopies?: readonly {
    readonly format: string;
    readonly count: number;
    readonly least?: number;
    readonly most?: number;
  }[];
  readonly quantisations?: readonly string[];
  /** Size of the smallest complete copy, in bytes. */
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
  /** The access gate refuses people in the European Union. */
  readonly euDisallowed?: boolean;
  /** The README at this revision: 'absent' when the repository has none, 'unreadable' when we may not read it. */
  readonly readme?: 'read' | 'absent' | 'unreadable';
  /** Known data sets that the README names as training data. */
  readonly namedData?: readonly string[];
  /** The README says that the model was pre-trained on the data that it names. */
  readonly pretraining?: boolean;
  /** What was seen of data sets; those that were not looked at are missing. */
  readonly dataLooks?: readonly {
    readonly id: string;
    readonly readable: boolean;
    readonly licences: readonly string[];
    /** It is an extract of what the model was trained on. */
    readonly extract: boolean;
  }[];
  readonly trainingCodeUrl?: string;
  /** `arXiv:ID`, a link, or a file of the repository: the report about this model. */
  readonly report?: string;
  readonly reportUrl?: string;
  /** True when `parameters` counts packed (quantised) elements and so is not the model's parameter count. */
  readonly packed?: boolean;
}
