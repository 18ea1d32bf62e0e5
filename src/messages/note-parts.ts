// Builds the parts of release notes from the tags and texts that an HTML parser reports in order.

/** A stretch of text in one style; `url` as written, when it is a link. */
export interface NoteSpan {
  readonly text: string;
  readonly style: 'plain' | 'strong' | 'emphasis' | 'code';
  readonly url: string | null;
}

/** The attributes that are used. */
export type TagAttributes = {
  readonly href?: string;
  readonly class?: string;
  readonly type?: string;
  readonly start?: string;
  readonly checked?: string;
};

/** `lead`: what stands before the line, such as quote marks, indentation and the bullet of a list. */
export type NotePart =
  | { readonly kind: 'heading' | 'line'; readonly lead: string; readonly spans: readonly NoteSpan[] }
  | { readonly kind: 'code'; readonly lead: string; readonly language: string; readonly lines: readonly string[] }
  | { readonly kind: 'gap' };

/** Elements that begin and end a line. */
const blocks = new Set(
  'address article blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
/** Elements whose content is not for readers. */
const silent = new Set(
  'audio head iframe math noscript object script select style svg template textarea title video'.split(' '),
);
const spaced = new Set(['p', 'blockquote', 'ul', 'ol', 'table', 'details', 'pre']);

/** GitHub's alerts: `> [!WARNING]`. */
const alerts: Readonly<Record<string, string>> = {
  NOTE: 'ℹ️',
  TIP: '💡',
  IMPORTANT: '❗',
  WARNING: '⚠️',
  CAUTION: '🛑',
};
const boxes: Readonly<Record<string, string>> = { '[ ]': '☐', '[x]': '☑', '[X]': '☑' };

/** Lists are indented no deeper than this, because phones are narrow. */
const deepest = 4;

/** Takes tags and text in order; `finish` returns the parts. */
export class NoteReading {
  readonly parts: NotePart[] = [];
  readonly #lists: { readonly ordered: boolean; next: number }[] = [];
  #spans: NoteSpan[] = [];
  #bullet = '';
  #heading = false;
  #quotes = 0;
  #silent = 0;
  #strong = 0;
  #emphasis = 0;
  #code = 0;
  #pre: { text: string; language: string } | null = null;
  #url: string | null = null;
  #cells = 0;

  open(tag: string, attributes: TagAttributes): void {
    if (silent.has(tag)) this.#silent += 1;
    if (blocks.has(tag)) this.#end();
    if (spaced.has(tag) && this.#lists.length === 0) this.#gap();
    switch (tag) {
      case 'br':
        this.#end();
        break;
      case 'ul':
      case 'ol': {
        const first = Number(attributes.start ?? 1);
        this.#lists.push({ ordered: tag === 'ol', next: Number.isSafeInteger(first) ? first : 1 });
        break;
      }
      case 'li': {
        const list = this.#lists.at(-1);
        this.#bullet = list?.ordered === true ? `${list.next}. ` : '- ';
        if (list !== undefined) list.next += 1;
        break;
      }
      case 'input':
        if (attributes.type === 'checkbox') this.text('checked' in attributes ? '☑ ' : '☐ ');
        break;
      case 'blockquote':
        this.#quotes += 1;
        break;
      case 'pre':
        this.#pre = { text: '', language: '' };
        break;
      case 'tr':
        this.#cells = 0;
        break;
      case 'td':
      case 'th':
        if (this.#cells > 0) this.text(' · ');
        this.#cells += 1;
        break;
      case 'a':
        this.#url = attributes.href?.trim() || null;
        break;
      case 'code':
        if (this.#pre !== null)
          this.#pre.language = /^language-([\w+#-]{1,20})/.exec(attributes.class ?? '')?.[1] ?? '';
        break;
      default:
        break;
    }
    this.#styled(tag, 1);
    if (/^h[1-6]$/.test(tag)) {
      if (this.#lists.length === 0) this.#gap();
      this.#heading = true;
    }
  }

  close(tag: string): void {
    if (silent.has(tag)) this.#silent = Math.max(0, this.#silent - 1);
    if (tag === 'pre') this.#endCode();
    if (blocks.has(tag)) this.#end();
    if (tag === 'ul' || tag === 'ol') this.#lists.pop();
    if (tag === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1);
    if (spaced.has(tag) && this.#lists.length === 0) this.#gap();
    if (tag === 'a') this.#url = null;
    this.#styled(tag, -1);
    if (/^h[1-6]$/.test(tag)) this.#heading = false;
  }

  text(written: string): void {
    if (this.#silent > 0) return;
    if (this.#pre !== null) {
      this.#pre.text += written;
      return;
    }
    const last = this.#spans.at(-1);
    const joined = written.replaceAll(/\s+/g, ' ');
    const text = last === undefined || last.text.endsWith(' ') ? joined.trimStart() : joined;
    if (text === '') return;
    const style = this.#code > 0 ? 'code' : this.#strong > 0 ? 'strong' : this.#emphasis > 0 ? 'emphasis' : 'plain';
    if (last !== undefined && last.style === style && last.url === this.#url)
      this.#spans[this.#spans.length - 1] = { ...last, text: last.text + text };
    else this.#spans.push({ text, style, url: this.#url });
  }

  finish(): readonly NotePart[] {
    this.#endCode();
    this.#end();
    const { parts } = this;
    while (parts.at(-1)?.kind === 'gap') parts.pop();
    return parts;
  }

  #styled(tag: string, by: 1 | -1): void {
    const changed = (count: number) => Math.max(0, count + by);
    if (tag === 'strong' || tag === 'b') this.#strong = changed(this.#strong);
    if (tag === 'em' || tag === 'i') this.#emphasis = changed(this.#emphasis);
    if (tag === 'code' || tag === 'kbd' || tag === 'samp' || tag === 'tt') this.#code = changed(this.#code);
  }

  #gap(): void {
    this.#end();
    const last = this.parts.at(-1)?.kind ?? 'gap';
    // No gap after a heading: phone screens are small.
    if (last !== 'gap' && last !== 'heading') this.parts.push({ kind: 'gap' });
  }

  #lead(): string {
    const depth = Math.min(this.#lists.length - 1, deepest);
    const indent = '  '.repeat(Math.max(0, depth));
    const bullet = this.#bullet;
    this.#bullet = '';
    const hanging = bullet === '' && this.#lists.length > 0 ? '  ' : '';
    return `${'> '.repeat(Math.min(this.#quotes, 1))}${indent}${bullet}${hanging}`;
  }

  #end(): void {
    const spans = signed(trimmed(this.#spans), this.#bullet !== '', this.#quotes > 0);
    this.#spans = [];
    const [first] = spans;
    if (first === undefined) return;
    if (spans.length === 1 && Object.values(alerts).includes(first.text)) {
      // The marker of an alert has a line of its own: its sign is put before the text that follows.
      this.#spans = [{ ...first, text: `${first.text} ` }];
      return;
    }
    this.parts.push({ kind: this.#heading ? 'heading' : 'line', lead: this.#lead(), spans });
  }

  #endCode(): void {
    const pre = this.#pre;
    this.#pre = null;
    const lines = pre?.text.replace(/\n$/, '').split('\n') ?? [];
    if (pre === null || lines.every((line) => line.trim() === '')) return;
    this.parts.push({ kind: 'code', lead: this.#lead(), language: pre.language, lines });
  }
}

/** Without space around a line, and without links that have no text (badges). */
function trimmed(spans: readonly NoteSpan[]): readonly NoteSpan[] {
  const kept = spans.filter(({ text, url }) => text !== '' && (url === null || text.trim() !== ''));
  return kept
    .map((span, index) => {
      const start = index === 0 ? span.text.trimStart() : span.text;
      return { ...span, text: index === kept.length - 1 ? start.trimEnd() : start };
    })
    .filter(({ text }) => text !== '');
}

/** Replaces `[x]` at the beginning of a list item by a box, and `[!WARNING]` at the beginning of a quote by a sign. */
function signed(spans: readonly NoteSpan[], item: boolean, quote: boolean): readonly NoteSpan[] {
  const [first, ...others] = spans;
  if (first === undefined || first.style !== 'plain' || first.url !== null) return spans;
  const [word = ''] = /^\[(?:[ xX]|!\w{3,9})\]/.exec(first.text) ?? [];
  const sign = (item ? boxes[word] : undefined) ?? (quote ? alerts[word.slice(2, -1)] : undefined);
  return sign === undefined ? spans : [{ ...first, text: sign + first.text.slice(word.length) }, ...others];
}
