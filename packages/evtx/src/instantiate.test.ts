import { describe, expect, it } from 'vitest';
import { MAX_CHUNK_CHARACTERS, MAX_CHUNK_NODES, MAX_DEPTH } from './budget.ts';
import type { EvtxBatch } from './chunk.ts';
import { readChunk } from './chunk.ts';
import type { EvtxElement } from './element.ts';
import { FILE_HEADER_SIZE } from './format.ts';
import type { SampleContent, SampleElement } from './testing/index.ts';
import { binXml, nullValue, rawValue, text, textArray, uint8, writeEvtx } from './testing/index.ts';
import { ARRAY_FLAG, ValueType } from './value-type.ts';
import { readEvtx } from './stream.ts';
import { toXml } from './xml.ts';

function read(...content: SampleContent[]): EvtxBatch {
  const file = writeEvtx([{ recordId: 1n, written: 0n, root: { name: 'E', content } }]);
  return readChunk(file.subarray(FILE_HEADER_SIZE), FILE_HEADER_SIZE);
}

function tree(...content: SampleContent[]): EvtxElement {
  const { records, losses } = read(...content);
  expect(losses).toEqual([]);
  return records[0]?.root ?? expect.fail('no record');
}

const leaf = (...content: SampleContent[]): SampleElement => ({ name: 'D', content });
const raw = (...bytes: number[]): SampleContent => ({ raw: Uint8Array.from(bytes) });
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('readEvent', () => {
  it.each<[string, SampleContent[], string]>([
    ['text and values', ['a', text('b'), 'c'], '<E>abc</E>'],
    ['the same template with another value', [leaf(text('a')), leaf(text('b'))], '<E><D>a</D><D>b</D></E>'],
    ['an array as one element an item', [leaf(textArray(['a', '', 'b']))], '<E><D>a</D><D></D><D>b</D></E>'],
    ['an array without items as one empty element', [leaf(textArray([]))], '<E><D></D></E>'],
    [
      'an array of numbers',
      [leaf(rawValue(ValueType.uint16 | ARRAY_FLAG, bytes(1, 0, 2, 0)))],
      '<E><D>1</D><D>2</D></E>',
    ],
    [
      'an array of SIDs',
      [leaf(rawValue(ValueType.sid | ARRAY_FLAG, bytes(1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0)))],
      '<E><D>S-1-1</D><D>S-1-5-18</D></E>',
    ],
    [
      'an array of ANSI strings',
      [leaf(rawValue(ValueType.ansiString | ARRAY_FLAG, bytes(0x61, 0, 0x62)))],
      '<E><D>a</D><D>b</D></E>',
    ],
    [
      'an array of sizes',
      [leaf(rawValue(ValueType.sizeT | ARRAY_FLAG, bytes(1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0)))],
      '<E><D>0x1</D><D>0x2</D><D>0x3</D></E>',
    ],
    [
      'two arrays as each with each',
      [leaf(textArray(['a', 'b']), textArray(['1', '2']))],
      '<E><D>a1</D><D>a2</D><D>b1</D><D>b2</D></E>',
    ],
    [
      'an array in an attribute',
      [{ name: 'D', attributes: { a: textArray(['1', '2']) } }],
      `<E><D a='1'/><D a='2'/></E>`,
    ],
    ['BinXML in a value', [binXml({ name: 'I', content: [text('x')] }), 'y'], '<E><I>x</I>y</E>'],
    ['BinXML in BinXML', [binXml({ name: 'I', content: [binXml(leaf('x'))] })], '<E><I><D>x</D></I></E>'],
    ['an element that depends on a NULL', [{ name: 'D', dependent: true, content: ['x', nullValue] }], '<E></E>'],
    ['an attribute that is NULL', [{ name: 'D', attributes: { a: nullValue, b: text('') } }], '<E><D/></E>'],
    ['a character reference', [leaf(raw(0x08, 0x3c, 0))], '<E><D>&lt;</D></E>'],
    ['a CDATA section', [leaf(raw(0x07, 1, 0, 0x3e, 0))], '<E><D>&gt;</D></E>'],
  ])('fills in %s', (_, content, xml) => {
    expect(toXml(tree(...content))).toBe(xml);
  });

  it('tells a value never set from an empty one', () => {
    const [absent, empty] = tree(leaf(nullValue), leaf(text(''))).children ?? [];
    expect([absent, empty]).toMatchObject([{ children: null }, { children: [''] }]);
  });

  it.each<[string, SampleContent[], object]>([
    ['a token that is none', [raw(0x1f)], { what: /token at/, expected: 'a token of BinXML', found: '0x1f' }],
    ['a value of no known type', [rawValue(0x77, [1])], { what: /value type/, found: '0x77' }],
    ['a number without room', [rawValue(ValueType.uint32, [1])], { expected: '4 bytes', found: '1' }],
    ['text that is no string', [raw(0x05, 0x08)], { expected: 'a string', found: 'type 0x8' }],
    ['an event that was never set', [], { expected: 'an element', found: 'none' }],
  ])('loses the record for %s', (what, content, loss) => {
    const root: SampleElement = { name: 'E', content, dependent: content.length === 0 };
    const file = writeEvtx([{ recordId: 7n, written: 0n, root: what.includes('never set') ? leaf(nullValue) : root }]);
    const { records, losses } = readChunk(file.subarray(FILE_HEADER_SIZE));
    expect(records).toEqual([]);
    const matched = Object.fromEntries(
      Object.entries(loss).map(([key, value]) => [key, value instanceof RegExp ? expect.stringMatching(value) : value]),
    );
    expect(losses).toEqual([expect.objectContaining({ offset: 512, records: 1, ...matched })]);
  });
});

describe('the bounds of a chunk', () => {
  const nested = (depth: number): SampleElement =>
    depth === 0 ? leaf('x') : { name: 'N', content: [nested(depth - 1)] };

  it('refuses elements nested deeper than MAX_DEPTH', () => {
    expect(read(nested(MAX_DEPTH - 4)).losses).toEqual([]);
    expect(read(nested(MAX_DEPTH)).losses).toMatchObject([{ expected: `at most ${MAX_DEPTH}`, found: 'more' }]);
  });

  it('refuses more nodes than MAX_CHUNK_NODES', () => {
    const bits = (count: number): SampleElement => leaf(...Array.from({ length: count }, () => textArray(['0', '1'])));
    expect(read(bits(8)).losses).toEqual([]);
    const { losses } = read(bits(20));
    expect(losses).toMatchObject([{ expected: `at most ${MAX_CHUNK_NODES}`, found: 'more', records: 1 }]);
  });

  it('refuses more text than MAX_CHUNK_CHARACTERS', () => {
    const long = text('x'.repeat(16_000));
    const items = (count: number): SampleContent =>
      leaf(long, rawValue(ValueType.uint8 | ARRAY_FLAG, new Uint8Array(count)));
    expect(read(items(100)).losses).toEqual([]);
    expect(read(items(1000)).losses).toMatchObject([{ expected: `at most ${MAX_CHUNK_CHARACTERS}`, found: 'more' }]);
  });

  it('takes them for each chunk anew', async () => {
    const hostile = leaf(...Array.from({ length: 20 }, () => textArray(['0', '1'])));
    const first = writeEvtx([{ recordId: 1n, written: 0n, root: hostile }]);
    const second = writeEvtx([{ recordId: 2n, written: 0n, root: leaf(uint8(1)) }]);
    const ids: bigint[] = [];
    for await (const { records } of readEvtx([first, second.subarray(FILE_HEADER_SIZE)])) {
      ids.push(...records.map((record) => record.recordId));
    }
    expect(ids).toEqual([2n]);
  });
});
