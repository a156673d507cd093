const LONG_INTEGER = /\d{16}/;
const STRING_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** JSON.parse, but integers of 16 digits or more become the text as written, since a double would change them. `undefined`: not JSON. */
export function parseJson(text: string): unknown {
  const exact = LONG_INTEGER.test(text)
    ? text.replace(STRING_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`))
    : text;
  try {
    return JSON.parse(exact) as unknown;
  } catch {
    return undefined;
  }
}
