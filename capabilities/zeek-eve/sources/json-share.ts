import { valueShare, type Head } from '@yuheng/engine';

/** The share of a JSON file's objects for which `test` holds; nothing of files that only hold JSON somewhere (an .ini with samples). */
export function jsonShare(head: Head, test: Parameters<typeof valueShare>[1]): number {
  return /^\s*(?:\[\s*)?\{/.test(head.text) ? valueShare(head, test) : 0;
}
