import { isObject, type Fields } from '@yuheng/engine';

/**
 * DNS in all of EVE's versions by the names of version 2: `dns.rrname` and `dns.rrtype` of the question, `dns.rdata` of the answers.
 * Version 1 writes an event for each answer, version 3 (Suricata 8) puts questions into a list.
 */
export function addDnsQueries(fields: Fields): void {
  const questions = objects(fields['dns.queries'] ?? fields['dns.query']);
  const [first] = questions;
  if (first) {
    fields['dns.rrname'] ??= first['rrname'];
    fields['dns.rrtype'] ??= first['rrtype'];
  }
  const answers = objects(fields['dns.answers']).map((answer) => answer['rdata']);
  const texts = answers.filter((text) => typeof text === 'string');
  if (texts.length > 0) fields['dns.rdata'] ??= texts;
}

function objects(value: unknown): { readonly [key: string]: unknown }[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
