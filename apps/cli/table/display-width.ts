import stringWidth from 'string-width';

/** Letters of scripts that are written without blanks, and others as wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

/** Punctuation that must not begin a line. */
const CLOSING = '[，。、；：！？）】》」』”’…]*';

/** Where a line may end: after a blank, and before and after each letter of a script that is written without blanks. */
const PIECES = new RegExp(String.raw`${WIDE.source}${CLOSING}|(?:(?!${WIDE.source})\S)+${CLOSING}\s*|\s+`, 'gu');

/** How many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** A text on one side of so many columns. */
export function padded(text: string, width: number, side: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return side === 'left' ? text + blanks : blanks + text;
}

/** A text in lines of so many columns; a word that is longer is broken where `breakWords` says so, else it stands out. */
export function folded(text: string, width: number, breakWords: boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? []) {
    const fits = displayWidth((line + piece).trimEnd()) <= width;
    if (line !== '' && !fits) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
    while (breakWords && displayWidth(line.trimEnd()) > width) {
      const first = beginning(line, width);
      lines.push(first);
      line = line.slice(first.length);
    }
  }
  return line.trimEnd() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

/** As many of the first characters as fit, one at least. */
function beginning(text: string, width: number): string {
  let taken = '';
  for (const character of text) {
    if (taken !== '' && displayWidth(taken + character) > width) break;
    taken += character;
  }
  return taken;
}
