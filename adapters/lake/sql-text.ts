/** A text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}

/** A SETTINGS clause. */
export function settings(values: { readonly [name: string]: number | string }): string {
  const pairs = Object.entries(values).map(
    ([name, value]) => `${name} = ${typeof value === 'number' ? value : quoted(value)}`,
  );
  return `SETTINGS ${pairs.join(', ')}`;
}
