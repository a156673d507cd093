/** Text that is HTML already; only this file makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = Html | string | number | undefined | false | readonly Content[];

/** Builds HTML; every interpolated value is escaped unless it is HTML itself. `undefined` and `false` give nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = parts[0]!;
  values.forEach((value, index) => {
    text += contentText(value) + parts[index + 1]!;
  });
  return new Html(text);
}

function contentText(value: Content): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(contentText).join('');
  return escapeText(String(value));
}

const ESCAPES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escaped for text and quoted attributes; control characters and marks that turn text round are shown as what they are. */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ESCAPES[character]!)
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g,
      visible,
    );
}

function visible(character: string): string {
  return `<span class="ctl">U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}</span>`;
}

/** For attributes and SVG text, where no element may stand: control characters stand in brackets. */
export function attribute(text: string): Html {
  return new Html(escapeText(text).replace(/<span class="ctl">([^<]*)<\/span>/g, '[$1]'));
}

/** The first parts that fit into so many characters. */
export function within(characters: number, parts: readonly Html[]): readonly Html[] {
  let sum = 0;
  return parts.filter((part) => (sum += part.text.length) <= characters);
}
