/** How often an address is decoded: attackers encode twice to pass filters, hardly ever more. */
const MAX_ROUNDS = 3;

const ENCODED = /(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}/gi;

/** Percent-encoding (RFC 3986 section 2.1, and IIS's `%uXXXX`) undone until nothing changes, three times at most; what is no UTF-8 reads as U+FFFD. */
export function percentDecoded(text: string): string {
  let decoded = text;
  for (let round = 0; round < MAX_ROUNDS && decoded.includes('%'); round++) {
    const next = decoded.replace(ENCODED, decodeRun);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

function decodeRun(run: string): string {
  if (/^%u/i.test(run)) return String.fromCharCode(Number.parseInt(run.slice(2), 16));
  return Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8');
}
