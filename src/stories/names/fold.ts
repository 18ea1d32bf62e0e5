// Brings case, width, hyphens and quotation marks to one spelling.

const dashes = /[\u2010-\u2015\u2212]/g;
const singles = /[\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4]/g;
const doubles = /[\u201c-\u201f\u00ab\u00bb\u300a-\u300f\u2039\u203a]/g;

/** Compatibility forms (NFKC), `-` for all dashes, `'` and `"` for all quotation marks, single spaces. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(dashes, '-')
    .replace(singles, "'")
    .replace(doubles, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `normalise`, in lower case. */
export function fold(text: string): string {
  return normalise(text).toLowerCase();
}

export const hasHangul = (text: string): boolean => /[\uac00-\ud7a3]/.test(text);

/** Korean particles that may follow a Hangul name without being part of it, up to two together: 그록은, 그록에서도. */
const particle =
  '(?:을|를|이|가|은|는|의|와|과|도|로|으로|에|에서|에게|만|까지|부터|보다|처럼|라는|이라는|란|이란|랑|이랑|이나|나|용|급|판|측|엔|선|하고|라고|이라고|인|이며|며)';
export const particles = `${particle}{0,2}(?![\\uac00-\\ud7a3])`;

/** The source of an expression for a name, in which the separators between its parts are optional and interchangeable. */
export function spellingPattern(name: string): string {
  const parts = fold(name)
    .split(/[-_ .:]+/)
    .filter((part) => part !== '');
  const escaped = parts.map((part) => part.replace(/[^\p{L}\p{N}]/gu, String.raw`\$&`));
  return escaped.join('[-_ .:]?');
}
