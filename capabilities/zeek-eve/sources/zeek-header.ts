/** What the directives of a Zeek log said so far (Zeek documentation, *Zeek Log Formats*, "Zeek TSV Format Logs"). */
export interface ZeekHeader {
  readonly separator: string;
  readonly setSeparator: string;
  readonly emptyField: string;
  readonly unsetField: string;
  /** The log stream: `conn`, `dns` … */
  readonly path: string;
  readonly fields: readonly string[];
  /** As many as `fields`, or none: then every column is text. */
  readonly types: readonly string[];
}

/** Zeek's own defaults, as they hold before the first directive. */
export const ZEEK_DEFAULTS: ZeekHeader = {
  separator: '\t',
  setSeparator: ',',
  emptyField: '(empty)',
  unsetField: '-',
  path: 'unknown',
  fields: [],
  types: [],
};

/** The header after one more directive line; other lines that begin with `#` change nothing. New `#fields` drop the old types. */
export function applyDirective(header: ZeekHeader, line: string): ZeekHeader {
  const separator = /^#separator (\S+)/.exec(line)?.[1];
  if (separator !== undefined) return { ...ZEEK_DEFAULTS, separator: unescapeHex(separator) };
  const [name, ...values] = line.split(header.separator);
  const value = values[0] ?? '';
  switch (name) {
    case '#set_separator':
      return { ...header, setSeparator: value };
    case '#empty_field':
      return { ...header, emptyField: value };
    case '#unset_field':
      return { ...header, unsetField: value };
    case '#path':
      return { ...header, path: value };
    case '#fields':
      return { ...header, fields: values, types: [] };
    case '#types':
      return { ...header, types: values };
    default:
      return header;
  }
}

/** Zeek's escapes: `\\` and `\xHH`, the latter byte by byte, so that runs of them may be UTF-8. */
export function unescapeHex(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\\\|(?:\\x[0-9a-fA-F]{2})+/g, (escape) => {
    if (escape === '\\\\') return '\\';
    const bytes = Buffer.from(escape.replaceAll('\\x', ''), 'hex');
    const decoded = bytes.toString('utf8');
    return decoded.includes('\ufffd') ? bytes.toString('latin1') : decoded;
  });
}
