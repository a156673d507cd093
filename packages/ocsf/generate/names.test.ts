import { expect, it } from 'vitest';
import { firstSentence, memberNames, typeName } from './names.ts';

it.each([
  ['win/reg_key', 'RegKey'],
  ['http_request', 'HttpRequest'],
  ['ja4_fingerprint', 'Ja4Fingerprint'],
  ['event_log_actvity', 'EventLogActivity'],
])('typeName(%s) = %s', (key, name) => {
  expect(typeName(key)).toBe(name);
});

it('memberNames makes captions property names, each once', () => {
  const captions = ['Set Security', 'e-mail', '2FA', 'Other', 'other!', 'Other'];
  const names = memberNames(captions.map((caption, index) => [String(index), caption] as const));
  expect(names).toEqual(['SetSecurity', 'EMail', '_2FA', 'Other', 'Other_4', 'Other_5']);
});

it.each([
  [null, ''],
  ['The <code>uid</code> of a &quot;user&quot;. More text.', 'The uid of a "user".'],
  ['Ends a comment */ here.', 'Ends a comment * / here.'],
  [`${'word '.repeat(30)}end.`, `${'word '.repeat(20).trim()} …`],
])('firstSentence %#', (description, sentence) => {
  expect(firstSentence(description)).toBe(sentence);
});
