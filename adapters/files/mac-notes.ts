/** How macOS marks its notes about files: what name they have, and how they begin (AppleDouble, RFC 1740; the Finder's own format). */
const NOTES = [
  { name: /(?:^|\/)\._[^/]+$/, magic: Buffer.from([0x00, 0x05, 0x16, 0x07]) },
  { name: /(?:^|\/)\.DS_Store$/, magic: Buffer.from('\0\0\0\x01Bud1', 'latin1') },
];

/** So many first bytes tell a note. */
export const NOTE_BYTES = 8;

/** Whether a file is no file of its own, but what macOS leaves beside files in archives and folders. A log only called so is none. */
export function isMacNote(name: string, head: Uint8Array): boolean {
  return NOTES.some((note) => note.name.test(name) && note.magic.equals(head.subarray(0, note.magic.length)));
}
