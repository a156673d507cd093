import { describe, expect, test } from 'vitest';
import { compileSelectionOf, eventOf, problemOf } from './testing.ts';

type Row = readonly [selection: string, value: unknown, matches: boolean];

/** Asks a selection about an event whose only field is `F`; `undefined` leaves it absent. */
function matches(selection: string, value: unknown): boolean {
  return compileSelectionOf(selection).matches(eventOf(value === undefined ? {} : { F: value }));
}

function table(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows)('%s on %o is %s', (selection, value, expected) => {
      expect(matches(selection, value)).toBe(expected);
    });
  });
}

table('strings', [
  ["{F: 'Value'}", 'vaLUE', true],
  ["{F: 'Value'}", 'Value ', false],
  ["{F: ''}", '', true],
  ["{F: ''}", null, false],
  ["{F: ''}", undefined, false],
  ["{F: ['a', 'b']}", 'B', true],
  ["{F: ['a', 'b']}", 'ab', false],
  ["{F|cased: 'Value'}", 'Value', true],
  ["{F|cased: 'Value'}", 'value', false],
  ["{F|contains|cased: 'alu'}", 'VAlue', false],
  ["{F: 'ß'}", 'SS', false],
  ["{F: 'ẞ'}", 'ß', true],
  ["{F: 'İ'}", 'i', false],
  ["{F: 'I'}", 'ı', false],
  ["{F: 's'}", 'ſ', true],
  ["{F: 'k'}", '\u212a', true],
  ["{F: 'ΣΑΣ'}", 'σας', true],
]);

table('wildcards and escapes', [
  ["{F: 'a*c'}", 'abbbC', true],
  ["{F: 'a*c'}", 'ac', true],
  ["{F: 'a?c'}", 'ac', false],
  ["{F: 'a?c'}", 'a😀c', true],
  ["{F: 'a??c'}", 'a😀c', false],
  ["{F: '*'}", '', true],
  ["{F: '*'}", undefined, false],
  ["{F: '?*'}", '', false],
  ["{F: '*b?d*f'}", 'a b\nd e f', true],
  ["{F: 'a\\*c'}", 'a*c', true],
  ["{F: 'a\\*c'}", 'abc', false],
  ["{F: 'a\\?c'}", 'a?c', true],
  ["{F: 'C:\\Windows'}", 'c:\\windows', true],
  ["{F: 'C:\\\\Windows'}", 'c:\\windows', true],
  ["{F: 'C:\\\\*'}", 'c:\\windows', true],
  ["{F: 'C:\\\\\\*'}", 'c:\\*', true],
  ["{F: 'C:\\\\\\*'}", 'c:\\windows', false],
  ["{F: '\\\\\\\\server'}", '\\\\server', true],
  ["{F: '\\\\\\server'}", '\\\\server', true],
  ["{F: 'end\\'}", 'end\\', true],
  ["{F|contains: 'b*d'}", 'abcde', true],
  ["{F|startswith: 'a?'}", 'abc', true],
  ["{F|startswith: 'b'}", 'abc', false],
  ["{F|endswith: '?c'}", 'abc', true],
  ["{F|endswith: '\\cmd.exe'}", 'C:\\CMD.EXE', true],
  ["{F|endswith: 'b'}", 'abc', false],
  ["{F|contains: ''}", '', true],
]);

table('other types', [
  ['{F: 4625}', 4625, true],
  ['{F: 4625}', '4625', true],
  ["{F: '4625'}", 4625, true],
  ['{F: 1.5}', 1.5, true],
  ['{F: 1.0}', 1, true],
  ['{F: 12345678901234567890}', '12345678901234567890', true],
  ['{F: 9007199254740993}', '9007199254740992', false],
  ['{F: 9007199254740993}', 9007199254740993n, true],
  ['{F: 00000429}', '00000429', true],
  ['{F: 00000429}', '429', false],
  ['{F: true}', true, true],
  ['{F: true}', 'True', true],
  ["{F: 'false'}", false, true],
  ['{F: yes}', 'yes', true],
  ["{F: '[object Object]'}", {}, false],
  ["{F: '*'}", { a: 1 }, false],
]);

table('null and existence', [
  ['{F: null}', undefined, true],
  ['{F: null}', null, true],
  ['{F: null}', '', false],
  ['{F: null}', 'null', false],
  ['{F: null}', [], false],
  ['{F: null}', ['a', null], true],
  ['{F: []}', undefined, true],
  ["{F: ['', null]}", '', true],
  ["{F: ['', null]}", undefined, true],
  ['{F|exists: true}', null, true],
  ['{F|exists: true}', '', true],
  ['{F|exists: true}', {}, true],
  ['{F|exists: true}', undefined, false],
  ['{F|exists: false}', undefined, true],
  ['{F|exists: false}', null, false],
]);

table('arrays', [
  ["{F: 'b'}", ['a', 'B'], true],
  ["{F: 'b'}", [['a', ['b']]], true],
  ['{F: 2}', [1, 2], true],
  ["{F: '*'}", [], false],
  ["{F|contains|all: ['x', 'y']}", ['ax', 'by'], true],
  ["{F|contains|all: ['x', 'z']}", ['ax', 'by'], false],
  ['{F|gt: 5}', [1, 9], true],
]);

table('all and neq', [
  ["{F|contains|all: ['a', 'b']}", 'xbxax', true],
  ["{F|contains|all: ['a', 'b']}", 'xax', false],
  ["{F|all: ['a*', '*b']}", 'ab', true],
  ["{F|neq: 'a'}", 'b', true],
  ["{F|neq: 'a'}", 'A', false],
  ["{F|neq: ['a', 'b']}", 'b', false],
  ["{F|neq: 'a'}", undefined, true],
  ['{F|neq: 5}', 6, true],
  ['{F|neq: 5}', '5', false],
  ["{F|contains|neq: 'a'}", 'bab', false],
  ["{F|re|neq: '^a'}", 'ba', true],
]);

table('numbers', [
  ['{F|gt: 5}', 6, true],
  ['{F|gt: 5}', '5', false],
  ['{F|gt: 5}', '5.01', true],
  ['{F|gte: 5}', '5', true],
  ['{F|lt: 5}', '-1e3', true],
  ['{F|lte: 5}', 'five', false],
  ['{F|lte: 5}', '', false],
  ['{F|lte: 5}', undefined, false],
  ['{F|gt: 9007199254740992}', '9007199254740993', true],
  ['{F|gt: 9007199254740993}', 9007199254740992, false],
  ['{F|lt: 16}', '0x0f', false],
]);

table('cidr', [
  ['{F|cidr: 192.168.0.0/16}', '192.168.3.4', true],
  ['{F|cidr: 192.168.0.0/16}', '192.169.0.0', false],
  ['{F|cidr: 192.168.0.0/16}', '::ffff:192.168.3.4', false],
  ['{F|cidr: 10.0.0.0/8}', '10.0.0.1:80', false],
  ['{F|cidr: 10.0.0.0/8}', '10.0.0.01', false],
  ['{F|cidr: 0.0.0.0/0}', '8.8.8.8', true],
  ['{F|cidr: 0.0.0.0/0}', '-', false],
  ['{F|cidr: 1.2.3.4/32}', '1.2.3.4', true],
  ['{F|cidr: 1.2.3.4}', '1.2.3.5', false],
  ['{F|cidr: 10.0.0.128/25}', '10.0.0.127', false],
  ["{F|cidr: 'fe80::/10'}", 'FEBF::1%eth0', true],
  ["{F|cidr: 'fe80::/10'}", 'fec0::1', false],
  ["{F|cidr: '::1/128'}", '0:0:0:0:0:0:0:1', true],
  ["{F|cidr: 'fc00::/7'}", 'fd12:3456::', true],
  ["{F|cidr: '::/0'}", '1.2.3.4', false],
  ["{F|cidr: '::ffff:0:0/96'}", '::ffff:192.168.3.4', true],
  ["{F|cidr: ['10.0.0.0/8', '::1']}", '::1', true],
  ["{F|cidr: '::/0'}", '1::2::3', false],
  ["{F|cidr: '::/0'}", '1:2:3:4:5:6:7:8:9', false],
]);

table('numbers as regular expressions', [
  ['{F|re: 46}', 4625, true],
  ['{F|re: 46}', 4725, false],
]);

table('times', [
  ['{F|minute: 7}', '2025-08-02T23:07:59Z', true],
  ['{F|hour: 23}', '2025-08-02 23:07:59', true],
  ['{F|hour: 23}', '2025-08-02T23:07:59+05:00', true],
  ['{F|hour: 0}', '2025-08-02', false],
  ['{F|hour: 23}', '2025/08/02 23:07:59', true],
  ['{F|hour: 23}', '2025-08-02t23:07:59z', true],
  ['{F|day: 2}', '2025-08/02', false],
  ['{F|day: 2}', '2025-08-02', true],
  ['{F|week: 31}', '2025-08-02', true],
  ['{F|week: 1}', '2024-12-30', true],
  ['{F|week: 53}', '2021-01-03', true],
  ['{F|month: 8}', '2025-08-02T23:07:59.1234567Z', true],
  ['{F|year: [2024, 2025]}', '2025-08-02', true],
  ['{F|month: 2}', '2025-02-30', false],
  ['{F|year: 2025}', 'August 2025', false],
  ['{F|hour|gte: 22}', '2025-08-02T23:07', true],
  ['{F|hour|lt: 22}', '2025-08-02T23:07', false],
  ['{F|hour|neq: 23}', '2025-08-02T23:07', false],
]);

table('encodings', [
  ["{F|base64: 'foobar'}", 'Zm9vYmFy', true],
  ["{F|base64|contains: 'foobar'}", 'xx Zm9vYmFy yy', true],
  ["{F|cased|base64: 'foobar'}", 'zm9vymfy', false],
  ["{F|base64|cased: 'foobar'}", 'zm9vymfy', false],
  ["{F|base64: 'foobar'}", 'zm9vymfy', true],
  ["{F|base64: 'ü'}", 'w7w=', true],
  ["{F|base64offset|contains: 'foobar'}", 'Zm9vYmFy', true],
  ["{F|base64offset|contains: 'foobar'}", Buffer.from('xfoobar').toString('base64'), true],
  ["{F|base64offset|contains: 'foobar'}", Buffer.from('xxfoobarx').toString('base64'), true],
  ["{F|base64offset|contains: 'foobar'}", Buffer.from('xxfoXbar').toString('base64'), false],
  ["{F|base64offset|contains: 'bäh'}", Buffer.from('x bäh x').toString('base64'), true],
  ["{F|wide|base64offset|contains: 'cmd'}", Buffer.from('x cmd', 'utf16le').toString('base64'), true],
  ["{F|wide|base64offset|contains: 'cmd'}", Buffer.from('x cmd').toString('base64'), false],
  ["{F|utf16le|base64: 'ü€'}", Buffer.from('ü€', 'utf16le').toString('base64'), true],
  ["{F|utf16be|base64: 'cmd'}", 'AGMAbQBk', true],
  ["{F|utf16|base64: 'cmd'}", '//5jAG0AZAA=', true],
  ["{F|wide: 'cmd'}", 'c\0m\0d\0', true],
  ["{F|utf16be|contains: 'cmd'}", 'x\0c\0m\0d', true],
  ["{F|utf16: 'cmd'}", '\ufeffc\0m\0d\0', true],
  ["{F|wide|contains: 'c*d'}", 'xc\0m\0d\0', true],
]);

table('windash', [
  ["{F|windash|contains: ' -foo'}", 'x -foo', true],
  ["{F|windash|contains: ' -foo'}", 'x /foo', true],
  ["{F|windash|contains: ' -foo'}", 'x \u2013foo', true],
  ["{F|windash|contains: ' -foo'}", 'x \u2014foo', true],
  ["{F|windash|contains: ' -foo'}", 'x \u2015foo', true],
  ["{F|windash|contains: ' -foo'}", 'x +foo', false],
  ["{F|contains|windash: ' /foo'}", 'x -foo', true],
  ["{F|windash: '-foo-bar'}", '/foo-bar', true],
  ["{F|windash: '-foo-bar'}", '/foo/bar', false],
  ["{F|windash: '-a -b -c'}", '/a \u2013b \u2014c', true],
  ["{F|windash: '--foo'}", '-/foo', true],
  ["{F|windash: '- foo'}", '/ foo', false],
  ["{F|contains|all|windash: ['-a', '-b']}", '/a /b', true],
  ["{F|contains|all|windash: ['-a', '-b']}", '/a', false],
]);

table('regular expressions', [
  ["{F|re: 'b+c'}", 'abbcd', true],
  ["{F|re: '^b'}", 'ab', false],
  ["{F|re: 'B'}", 'abc', false],
  ["{F|re|i: 'B'}", 'abc', true],
  ["{F|re|i: 'k'}", '\u212a', true],
  ["{F|re: '(?i)B'}", 'abc', true],
  ["{F|re: 'a.c'}", 'a\nc', false],
  ["{F|re|s: 'a.c'}", 'a\nc', true],
  ["{F|re: '^b'}", 'a\nb', false],
  ["{F|re|m: '^b$'}", 'a\nb\nc', true],
  ["{F|re|i|m|s: '^B.C'}", 'a\nb\nc', true],
  ["{F|re: 'a\\*b'}", 'a*b', true],
  ["{F|re: '\\\\\\\\x'}", '\\\\x', true],
  ["{F|re|startswith: 'b|c'}", 'ca', true],
  ["{F|re|startswith: 'b|c'}", 'ac', false],
  ["{F|re|endswith: 'b|c'}", 'ba', false],
  ["{F|re|contains: 'b'}", 'abc', true],
  ["{F|re: ['x', 'b']}", 'abc', true],
  ["{F|re|all: ['a', 'b']}", 'bca', true],
  ["{F|re: '^$'}", undefined, false],
]);

describe('fieldref', () => {
  test.each([
    ['{F|fieldref: G}', 'Ab', 'aB', true],
    ['{F|fieldref: G}', 'a', 'b', false],
    ['{F|fieldref: G}', undefined, undefined, false],
    ['{F|fieldref: G}', null, null, false],
    ['{F|fieldref: G}', 5, '5', true],
    ['{F|fieldref: G}', ['x', 'y'], ['z', 'y'], true],
    ['{F|fieldref|startswith: G}', 'abc', 'AB', true],
    ['{F|fieldref|endswith: G}', 'abc', 'bc', true],
    ['{F|fieldref|endswith: G}', 'abc', 'ab', false],
    ['{F|fieldref|contains: G}', 'abc', 'b', true],
    ['{F|fieldref|neq: G}', 'a', 'b', true],
    ['{F|fieldref|neq: G}', 'a', undefined, true],
  ] as const)('%s on %j and %j is %s', (selection, F, G, expected) => {
    const rule = compileSelectionOf(selection);
    expect(rule.fields).toEqual(['F', 'G']);
    expect(rule.matches(eventOf({ F, G }))).toBe(expected);
  });
});

describe('placeholders', () => {
  const placeholders = { servers: ['srv1', 'db*'], one: ['x'] };
  test.each([
    ["{F|expand: '%servers%'}", 'DB7', true],
    ["{F|expand: '%servers%'}", '%servers%', false],
    ["{F: '%servers%'}", '%servers%', true],
    ["{F|expand|contains: '%servers%'}", 'my srv1!', true],
    ["{F|contains|expand: '%one%-%servers%'}", 'ax-srv1b', true],
    ["{F|expand: '\\%one%servers%'}", '%onesrv1', true],
    ["{F|re|expand: '^%one%+$'}", 'xxx', true],
    ["{F|expand: '100%'}", '100%', true],
    ["{F|expand: 'C:\\\\%one%\\y'}", 'C:\\x\\y', true],
    ["{F|expand: 'C:\\%one%\\y'}", 'C:%one%\\y', true],
    ["{F|expand: 'C:\\\\\\%one%\\y'}", 'C:\\%one%\\y', true],
    ["{F|re|expand: '^C:\\\\%one%\\\\y$'}", 'C:\\x\\y', true],
    ["{F|base64|expand: '%one%%one%%one%'}", 'eHh4', true],
  ])('%s on %j is %s', (selection, F, expected) => {
    expect(compileSelectionOf(selection, { placeholders }).matches(eventOf({ F }))).toBe(expected);
  });

  test.each(["{F|expand: '%none%'}", "{F|re|expand: '%none%'}", "{F|expand: 'a%none%'}"])(
    '%s is rejected',
    (selection) => {
      expect(problemOf(`{selection: ${selection}, condition: selection}`, { placeholders })).toBe(
        'placeholder.unresolved',
      );
    },
  );
});

test('field aliases name the event fields that are read', () => {
  const rule = compileSelectionOf('{Image: a, User|fieldref: Image}', { fieldAliases: { Image: 'process.path' } });
  expect(rule.fields).toEqual(['User', 'process.path']);
  expect(rule.matches(eventOf({ 'process.path': 'A', User: 'a' }))).toBe(true);
});

describe('what does not fit is rejected', () => {
  test.each([
    ['{F|contians: a}', 'modifier.unknown'],
    ['{F|Contains: a}', 'modifier.unknown'],
    ['{F|: a}', 'modifier.unknown'],
    ['{F|contains: 5}', 'modifier.value'],
    ['{F|contains: null}', 'modifier.value'],
    ['{F|cased: 5}', 'modifier.value'],
    ["{F|gt: '5'}", 'modifier.value'],
    ['{F|gt: true}', 'modifier.value'],
    ['{F|cidr: 10.0.0.1/8}', 'modifier.value'],
    ['{F|cidr: 10.0.0.0/33}', 'modifier.value'],
    ['{F|cidr: ten}', 'modifier.value'],
    ['{F|contains|cidr: 10.0.0.0/8}', 'modifier.value'],
    ['{F|exists: 1}', 'modifier.value'],
    ['{F|exists: [true, false]}', 'modifier.value'],
    ['{F|hour: 24}', 'modifier.value'],
    ['{F|hour: 1.5}', 'modifier.value'],
    ["{F|base64: 'a*'}", 'modifier.value'],
    ["{F|base64offset: 'a?'}", 'modifier.value'],
    ["{F|wide: 'ü'}", 'modifier.value'],
    ["{F|wide|utf16be: 'a'}", 'modifier.value'],
    ["{F|fieldref: 'a*'}", 'modifier.value'],
    ["{F|startswith|fieldref: 'a'}", 'modifier.value'],
    ["{F|i: 'a'}", 'modifier.value'],
    ["{F|contains|re: 'a'}", 'modifier.value'],
    ['{F|re: true}', 'modifier.value'],
    ["{F|re|cased: 'a'}", 'modifier.value'],
    ["{F|windash: '-a -b -c -d -e -f'}", 'limit.expansion'],
    ['{F: {a: b}}', 'value.type'],
    ['{F: [[a]]}', 'value.type'],
    ["{F|re: '(?=a)'}", 'regex.unsupported'],
    ["{F|re: '(a'}", 'regex.syntax'],
    ["{'|gt': 5}", 'modifier.value'],
    ["{'|exists': true}", 'modifier.value'],
    ["{'|fieldref': a}", 'modifier.value'],
    ['[null]', 'value.type'],
    ["{'|all': []}", 'value.type'],
    ['{}', 'detection.empty'],
    ['[]', 'detection.empty'],
    ['[{}]', 'detection.empty'],
  ])('%s: %s', (selection, code) => {
    expect(problemOf(`{selection: ${selection}, condition: selection}`)).toBe(code);
  });
});
