import type { Fields } from '@yuheng/engine';

/** One sentence that a program writes. */
export interface MessagePattern {
  /** Its named groups become fields. */
  readonly sentence: RegExp;
  /** What the sentence means: `action` and whatever it says without naming it. */
  readonly says: { readonly [field: string]: string };
}

/** Reads a message by the first pattern that it fits; false where none does. */
export function readMessage(patterns: readonly MessagePattern[], message: string, fields: Fields): boolean {
  for (const { sentence, says } of patterns) {
    const match = sentence.exec(message);
    if (!match) continue;
    for (const [name, value] of Object.entries(match.groups ?? {})) {
      if (value !== undefined && value !== '') fields[name] = value;
    }
    Object.assign(fields, says);
    return true;
  }
  return false;
}
