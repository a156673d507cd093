/** Names that upstream misspelt or that say too little alone; only ours change, the schema's stay as they are. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['event_log_actvity', 'EventLogActivity'],
  ['inventory_info', 'DeviceInventoryInfo'],
  ['user_access', 'UserAccessManagement'],
]);

/** TypeScript name of a class or object: `win/reg_key` -> `RegKey`. */
export function typeName(key: string): string {
  return RENAMED.get(key) ?? pascalCase(key.slice(key.indexOf('/') + 1));
}

/** `tls_extension_list` -> `TlsExtensionList`. */
export function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Enum captions as property names: `Set Security` -> `SetSecurity`, `2FA` -> `_2FA`; a name twice gets its value behind it. */
export function memberNames(values: readonly (readonly [value: string, caption: string])[]): string[] {
  const taken = new Set<string>();
  return values.map(([value, caption]) => {
    const words = caption.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    const plain = /^\d/.test(joined) ? `_${joined}` : joined;
    const name = taken.has(plain) ? `${plain}_${value}` : plain;
    taken.add(name);
    return name;
  });
}

const MAX_DOC = 100;
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&', nbsp: ' ', apos: "'" };

/** First sentence of an upstream description as plain text, at most {@link MAX_DOC} characters. */
export function firstSentence(description: string | null): string {
  const text = (description ?? '')
    .replace(/<(?:p|br|ul|li)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .replaceAll('*/', '* /')
    .trim();
  const sentence = /^.*?[^.]{3}\.(?= |$)/.exec(text)?.[0] ?? text;
  if (sentence.length <= MAX_DOC) return sentence;
  return `${sentence.slice(0, sentence.lastIndexOf(' ', MAX_DOC))} …`;
}
