/** What Windows-1252 has from 0x80 to 0x9f, where it differs from Latin-1. (TextDecoder of Node 20 takes it for Latin-1.) */
export const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** What makes strings of short pieces at half the price of `toString`; the types of Node leave it out. */
type Bytes = Buffer & Record<'latin1Slice' | 'ucs2Slice', (start: number, end: number) => string>;

/** The Latin-1 text in `[start, end)`, which must lie within the buffer. */
export function latin1(buffer: Buffer, start: number, end: number): string {
  return (buffer as Bytes).latin1Slice(start, end);
}

/** The UTF-16LE text in `[start, end)`, up to its first NUL. Half a surrogate pair becomes U+FFFD. */
export function decodeUtf16(buffer: Buffer, start: number, end: number): string {
  const text = (buffer as Bytes).ucs2Slice(start, end);
  const nul = text.indexOf('\0');
  return (nul < 0 ? text : text.slice(0, nul)).toWellFormed();
}

/** The 8-bit text in `[start, end)`, up to its first NUL, read as Windows-1252: the file does not name its code page. */
export function decodeAnsi(buffer: Buffer, start: number, end: number): string {
  const text = latin1(buffer, start, end);
  const nul = text.indexOf('\0');
  const whole = nul < 0 ? text : text.slice(0, nul);
  return whole.replace(/[\x80-\x9f]/g, (byte) => WINDOWS_1252.charAt(byte.charCodeAt(0) - 0x80));
}
