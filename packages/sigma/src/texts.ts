/** Adds every scalar of a value as text: what a keyword search looks through. Values nest no deeper than a stack can follow. */
export function addTexts(value: unknown, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number' || typeof value === 'boolean') texts.push(String(value));
  else if (typeof value === 'object' && value !== null)
    for (const key in value) addTexts((value as { readonly [name: string]: unknown })[key], texts);
}
