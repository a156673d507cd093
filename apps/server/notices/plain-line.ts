/** Control characters, line ends of every kind, marks that change the direction of text, and halves of pairs. */
const UNPLAIN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Text from the world as one line of plain text of at most so many characters: it can begin no header and no line of its own. */
export function plainLine(text: string, most: number): string {
  const characters = [
    ...text
      .slice(0, 2 * most + 2)
      .replace(UNPLAIN, ' ')
      .trim(),
  ];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
