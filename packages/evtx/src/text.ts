const SURROGATE = /[\ud800-\udfff]/;
const utf16 = new TextDecoder('utf-16le');
const windows1252 = new TextDecoder('windows-1252');

/** The UTF-16LE text in `[start, end)`, up to its first NUL. Half a surrogate pair becomes U+FFFD. */
export function decodeUtf16(buffer: Buffer, start: number, end: number): string {
  const text = buffer.toString('utf16le', start, end);
  const nul = text.indexOf('\0');
  const whole = nul < 0 ? text : text.slice(0, nul);
  return SURROGATE.test(whole) ? utf16.decode(buffer.subarray(start, start + whole.length * 2)) : whole;
}

/** The 8-bit text in `[start, end)`, up to its first NUL, read as Windows-1252: the file does not name its code page. */
export function decodeAnsi(buffer: Buffer, start: number, end: number): string {
  const text = windows1252.decode(buffer.subarray(start, end));
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}
