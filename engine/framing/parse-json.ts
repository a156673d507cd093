const LONG_INTEGER = /\d{16}/;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG = /^-?\d{16,}$/;

/** JSON.parse, but integers of 16 digits or more become the text as written, since a double would change them. `undefined`: not JSON. */
export function parseJson(text: string): unknown {
  const exact = LONG_INTEGER.test(text)
    ? text.replace(STRING_OR_NUMBER, (token) => (LONG.test(token) ? `"${token}"` : token))
    : text;
  try {
    return JSON.parse(exact) as unknown;
  } catch {
    return undefined;
  }
}
