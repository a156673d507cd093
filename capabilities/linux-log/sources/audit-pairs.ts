/** The pairs of one audit record, in order; several may have one name. */
export type AuditPairs = readonly (readonly [name: string, value: string])[];

/** Values that the kernel or libaudit writes in hexadecimal when they hold blanks, quotes or control characters (auparse's "escaped" type). */
const ENCODED = new Set(
  `path comm exe file name watch cwd cmd acct dir key vm old-disk new-disk old-fs new-fs device cgroup proctitle
   ocomm data grp new_group sw root_dir invalid_context`.split(/\s+/),
);
/** Between the raw record and what auditd's log_format=ENRICHED adds to it. */
const ENRICHED_SEPARATOR = '\x1d';

const PAIR = /([A-Za-z_][\w-]{0,63}(?:\[\d{1,6}\])?)=(?:"([^"]*)"?|([^\s"\x1d]*))/g;
/** Linux before 3.13 wrote `old auid=… new auid=…`. */
const OLD_NAMES = /\b(old|new) (auid|ses)=/g;
const LOST_SEPARATOR = /(?:"|\(null\)|')(?=(?:ARCH|AUID|UID|OUID|ID|SADDR)=)/g;
const ACCESS_VECTOR = /^avc: {1,2}(\w+) {1,2}\{ ([\w ]+) \} for/;

/** Reads `key=value` pairs of a record of `type`: quotes off, hexadecimal decoded, `msg='…'` opened, empty values (`?`, `(null)`) left out. */
export function readAuditPairs(type: string, body: string): AuditPairs {
  const pairs: [string, string][] = [];
  const vector = ACCESS_VECTOR.exec(body);
  if (vector) pairs.push(['seresult', vector[1]!], ['seperms', vector[2]!.trim()]);
  for (const [, name, quoted, bare] of mended(body).matchAll(PAIR)) {
    const value = quoted ?? decode(type, name!, bareValue(bare!));
    if (value !== '' && value !== '?' && value !== '(null)' && value !== '{') pairs.push([name!, value]);
  }
  return pairs;
}

/** Ubuntu doubles an equals sign; old records bracket their pairs: `(hostname=?, addr=?, terminal=cron res=success)`. */
function bareValue(text: string): string {
  const value = text.startsWith('=') ? text.slice(1) : text;
  return value.startsWith('(') ? value : value.replace(/[,)]+$/, '');
}

/** The body with `msg='…'` opened, old names joined, and the separator put back that copying through a terminal loses. */
function mended(body: string): string {
  return unwrap(body).replace(OLD_NAMES, '$1-$2=').replace(LOST_SEPARATOR, '$& ');
}

/** User-space records keep their own pairs in `msg='…'`. */
function unwrap(body: string): string {
  const start = body.indexOf("msg='");
  if (start < 0) return body;
  const separator = body.indexOf(ENRICHED_SEPARATOR, start);
  const end = body.lastIndexOf("'", separator < 0 ? body.length : separator);
  const inner = body.slice(start + 5, end > start + 4 ? end : body.length);
  return `${body.slice(0, start)} ${inner} ${separator < 0 ? '' : body.slice(separator)}`;
}

function decode(type: string, name: string, value: string): string {
  const encoded =
    type === 'EXECVE' ? /^a\d/.test(name) : ENCODED.has(name) || (name === 'data' && type.endsWith('TTY'));
  if (!encoded || value.length % 2 !== 0 || !/^[0-9A-F]+$/.test(value)) return value;
  const text = Buffer.from(value, 'hex').toString('utf8');
  return name === 'proctitle' ? text.replaceAll('\0', ' ').trimEnd() : text;
}
