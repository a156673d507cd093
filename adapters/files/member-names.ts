import { COMPRESSED_ENDING } from './container.ts';
import { printable } from './printable.ts';

/** Names that are longer are cut at their beginning: the end tells more. */
export const MAX_NAME_CHARACTERS = 1_024;

/** What a member is called: packed as it is, or by the file inside. */
export interface MemberName {
  readonly outer: string;
  /** Without `.gz` or `.zst`. */
  readonly inner: string;
}

/** Names the members of one archive; no two are called the same. */
export class MemberNames {
  private readonly taken = new Set<string>();
  /** How many were called so: names need not be tried again from the first. */
  private readonly copies = new Map<string, number>();

  /** Cleans the name of the next member. `.gz` and `.zst` stay where the name without them is taken, and `~2` tells equal names apart. */
  claim(rawName: string): MemberName {
    const outer = this.free(cleanMemberName(rawName));
    const inner = outer.replace(COMPRESSED_ENDING, '');
    this.taken.add(outer);
    if (this.taken.has(inner)) return { outer, inner: outer };
    this.taken.add(inner);
    return { outer, inner };
  }

  private free(name: string): string {
    let copy = this.copies.get(name) ?? 1;
    const nameOf = (): string => (copy === 1 ? name : `${name}~${copy}`);
    while (this.taken.has(nameOf())) copy++;
    this.copies.set(name, copy);
    return nameOf();
  }
}

/** A member's name as a relative path: `/`-separated, without drive, `.`, `..`, empty segments or control characters. */
export function cleanMemberName(rawName: string): string {
  const segments = printable(rawName)
    .split(/[/\\]/)
    .filter((segment, index) => segment !== '' && segment !== '.' && segment !== '..' && !isDrive(segment, index));
  const name = segments.join('/') || 'unnamed';
  return name.length > MAX_NAME_CHARACTERS ? `…${name.slice(1 - MAX_NAME_CHARACTERS)}` : name;
}

function isDrive(segment: string, index: number): boolean {
  return index === 0 && /^[a-z]:$/i.test(segment);
}
