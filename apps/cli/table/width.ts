/** How wide the terminal behind a stream is; undefined where nothing says that there is one. */
export function widthOf({ columns, isTTY }: NodeJS.WriteStream): number | undefined {
  return columns || Number(process.env['COLUMNS']) || (isTTY ? 80 : undefined);
}
