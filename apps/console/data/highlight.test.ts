import { describe, expect, it } from 'vitest';
import { stretchesOf } from './highlight.ts';

const marked = (text: string, ...reasons: { field: string; value: string }[]): string[] =>
  stretchesOf(text, reasons).map(([from, to]) => text.slice(from, to));

describe('what is marked', () => {
  it.each<[string, string, string, string, string[]]>([
    ['a value beside its field', '{"pid":4,"Image":"4","x":"4"}', 'Image', '4', ['4']],
    ['a value in key=value', 'uid=0 exe="/bin/sh" path=/bin/sh', 'exe', '/bin/sh', ['/bin/sh']],
    ['a value in XML', '<Data Name="Image">C:\\a &amp; b</Data>', 'Image', 'C:\\a & b', ['C:\\a &amp; b']],
    ['a value that JSON escapes', '{"Image":"C:\\\\a.exe"}', 'Image', 'C:\\a.exe', ['C:\\\\a.exe']],
    ['a value alone, wherever it is whole', 'GET /x sqlmap/1 sqlmapper', 'agent', 'sqlmap/1', ['sqlmap/1']],
    ['no part of a longer word', 'sqlmapper rsqlmap', 'agent', 'sqlmap', []],
    ['no short value without its field', 'port 22 22', 'EventID', '22', []],
    ['a keyword in any case, also within a word', 'xUNION select', '', 'union', ['UNION']],
    ['a keyword behind letters that grow in lower case', 'İİİ UNION', '', 'union', ['UNION']],
    ['nothing for an empty value', 'abc', 'a', '', []],
    ['a field of a path by its last part', '{"process":{"name":"sh"}}', 'process.name', 'sh', ['sh']],
    ['letters that are no ASCII', '账户=管理员 x', '账户', '管理员', ['管理员']],
    ['the field for what it is, and no pattern', 'a.b=ccc', '.*', 'ccc', ['ccc']],
  ])('%s', (_, text, field, value, expected) => expect(marked(text, { field, value })).toEqual(expected));

  it('goes on where the value was cut', () => {
    const long = 'x'.repeat(300);
    expect(marked(`a="${long}"`, { field: 'a', value: long.slice(0, 200) })).toEqual([long.slice(0, 200)]);
    expect(marked(`a="${long}"`, { field: 'a', value: long.slice(0, 199) })).toEqual([]);
  });

  it('is apart, in order and bounded', () => {
    expect(marked('abc bcd', { field: '', value: 'bc' }, { field: '', value: 'abc' })).toEqual(['abc', 'bc']);
    expect(marked('ab '.repeat(1_000), { field: '', value: 'ab' })).toHaveLength(200);
  });
});
