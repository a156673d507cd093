import { formatInstant } from '@yuheng/engine';
import { describe, expect, it } from 'vitest';
import { recordsOf, sourceOf } from '../proof/corpus.ts';
import { zeekJson } from './zeek-json.ts';
import { zeekTsv } from './zeek-tsv.ts';

const HEADER = ['#separator \\x09', '#set_separator\t,', '#empty_field\t(empty)', '#unset_field\t-', '#path\tdns'];

describe('Zeek TSV', () => {
  it('reads values by their types', async () => {
    const text = [
      ...HEADER,
      '#fields\tts\tuid\tid.orig_h\tid.orig_p\tquery\trejected\tanswers\trtt\tbig\tflags\t__proto__',
      '#types\ttime\tstring\taddr\tport\tstring\tbool\tvector[string]\tinterval\tcount\tset[string]\tstring',
      '1772532000.123456\tC1\t10.0.0.15\t5353\ta\\x09b\\\\c\tF\tx\\x2cy,z\t0.5\t18446744073709551615\t(empty)\tp',
    ].join('\n');
    const { records, counts } = await recordsOf(text, zeekTsv);
    expect(counts).toMatchObject({ read: 1, parsed: 1, unparsed: 0, balanced: true });
    expect(Object.entries(records[0]!.fields)).toEqual([
      ['ts', '1772532000.123456'],
      ['uid', 'C1'],
      ['id.orig_h', '10.0.0.15'],
      ['id.orig_p', 5353],
      ['query', 'a\tb\\c'],
      ['rejected', false],
      ['answers', ['x,y', 'z']],
      ['rtt', 0.5],
      ['big', '18446744073709551615'],
      ['flags', []],
      ['__proto__', 'p'],
      ['_path', 'dns'],
    ]);
    expect(formatInstant(records[0]!.time)).toBe('2026-03-03T10:00:00.123456Z');
  });

  it('follows new #fields, other separators and other marks', async () => {
    const text = [
      ...HEADER,
      '#fields\tts\tquery',
      '1.0\ta',
      '#separator |',
      '#unset_field|NULL',
      '#path|conn',
      '#fields|ts|uid|query',
      '2.0|C1|NULL',
    ].join('\n');
    const { records } = await recordsOf(text, zeekTsv);
    expect(records.map(({ fields, kind }) => [kind, fields['uid'], fields['query']])).toEqual([
      ['zeek-tsv:dns', undefined, 'a'],
      ['zeek-tsv:conn', 'C1', undefined],
    ]);
  });

  it.each([
    ['before #fields', [...HEADER, '1.0\ta']],
    ['with another number of columns', [...HEADER, '#fields\tts\tquery', '1.0\ta\tb']],
  ])('counts a line %s', async (_, lines) => {
    const { counts } = await recordsOf(lines.join('\n'), zeekTsv);
    expect(counts).toMatchObject({ parsed: 0, unparsed: 1, balanced: true });
  });

  it('keeps an entry whose time is none, and says so', async () => {
    const { records } = await recordsOf([...HEADER, '#fields\tts\tquery', 'XXX\ta'].join('\n'), zeekTsv);
    expect(records[0]).toMatchObject({ time: { ms: 0, ns: 0 }, assumed: ['missing'] });
  });
});

describe('Zeek JSON', () => {
  it.each([
    ['seconds', 1772532000.5, '2026-03-03T10:00:00.500Z'],
    ['milliseconds', 1772532000500, '2026-03-03T10:00:00.500Z'],
    ['ISO 8601', '2026-03-03T10:00:00.500000Z', '2026-03-03T10:00:00.500Z'],
  ])('reads times in %s', async (_, ts, expected) => {
    const { records } = await recordsOf(JSON.stringify({ _path: 'conn', ts, uid: 'C1' }), zeekJson);
    expect(formatInstant(records[0]!.time)).toBe(expected);
  });

  it.each([
    ['conn', { ts: 1, uid: 'C1', 'id.orig_h': '10.0.0.1', proto: 'tcp', conn_state: 'SF' }],
    ['dns', { ts: 1, uid: 'C1', id: { orig_h: '10.0.0.1' }, query: 'a', qtype_name: 'A' }],
    ['ssl', { ts: 1, uid: 'C1', established: true, resumed: false }],
    ['x509', { ts: 1, certificate: { serial: '01' } }],
  ])('knows %s by its fields', async (path, entry) => {
    const text = JSON.stringify(entry);
    expect(sourceOf(Buffer.from(text))?.id).toBe('zeek-json');
    const { records } = await recordsOf(text, zeekJson);
    expect(records[0]!.fields['_path']).toBe(path);
    if ('id' in entry) expect(records[0]!.fields['id.orig_h']).toBe('10.0.0.1');
  });

  it('shares one kind among streams that no rule names', async () => {
    const text = ['a', 'b'].map((path) => JSON.stringify({ _path: `made_up_${path}`, ts: 1 })).join('\n');
    const { records } = await recordsOf(text, zeekJson);
    expect(records.map(({ kind }) => kind)).toEqual(['zeek-json', 'zeek-json']);
  });

  it('counts what is none of Zeek’s', async () => {
    const { counts } = await recordsOf('{"ts":1,"hello":"world"}\n[]\nno json\n', zeekJson);
    expect(counts).toMatchObject({ parsed: 0, balanced: true });
  });
});
