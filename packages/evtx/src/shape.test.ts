import { describe, expect, it } from 'vitest';
import { MAX_CHUNK_NODES } from './budget.ts';
import { ChunkData } from './chunk-data.ts';
import { MAX_SHAPE_DEPTH } from './compile-shape.ts';
import { MAX_LINE_ROOM } from './json-lines.ts';
import { MAX_KNOWN_BYTES, MAX_VARIANTS } from './known-template.ts';
import { readChunk } from './chunk.ts';
import { eventFields } from './fields.ts';
import { CHUNK_HEADER_SIZE, FILE_HEADER_SIZE } from './format.ts';
import { placeRecord } from './places.ts';
import { toJsonLines } from './record.ts';
import { RECORD_HEADER_SIZE, RECORD_TRAILER_SIZE } from './record-frame.ts';
import { arePlacesSound } from './sound-places.ts';
import type { SampleContent, SampleElement } from './testing/index.ts';
import { binXml, nullValue, rawValue, text, textArray, uint16, uint32, writeEvtx } from './testing/index.ts';
import { ValueType } from './value-type.ts';

const leaf = (name: string, ...content: SampleContent[]): SampleElement => ({ name, content });
const named = (name: string, ...content: SampleContent[]): SampleElement => ({
  name: 'Data',
  attributes: { Name: name },
  content,
});
const raw = (...bytes: number[]): SampleContent => ({ raw: Uint8Array.from(bytes) });
const system = (...content: SampleContent[]): SampleElement => leaf('System', ...content);
const eventData = (...content: SampleContent[]): SampleElement => leaf('EventData', ...content);

function chunkOf(...content: SampleContent[]): Buffer {
  const file = writeEvtx([{ recordId: 1n, written: 0n, root: { name: 'Event', content } }]);
  return Buffer.from(file.subarray(FILE_HEADER_SIZE));
}

/** Whether the first record of a chunk is read without its tree. */
function isPlaced(chunk: Buffer): boolean {
  const data = new ChunkData(chunk);
  const end = CHUNK_HEADER_SIZE + chunk.readUInt32LE(CHUNK_HEADER_SIZE + 4) - RECORD_TRAILER_SIZE;
  const shape = placeRecord(data, CHUNK_HEADER_SIZE + RECORD_HEADER_SIZE, end);
  return shape !== undefined && arePlacesSound(data, shape);
}

const EXOTIC = 'naïve 玉 😀 "\\\u0001\t</x>';

describe('the shape of an event', () => {
  it.each<[string, SampleContent[], object]>([
    [
      'numbers and texts',
      [system(leaf('EventID', uint16(7)), leaf('Channel', text('C')))],
      { EventID: 7, Channel: 'C' },
    ],
    ['an event id that is text', [system(leaf('EventID', text('0007')))], { EventID: 7 }],
    ['an empty text in System', [system(leaf('Channel', text('')), leaf('Task', uint16(0)))], { Task: '0' }],
    [
      'an empty text in System that never changes',
      [system(leaf('Task', raw(0x05, 1, 0, 0)), leaf('Level', text('4')))],
      { Level: '4' },
    ],
    ['a value never set', [eventData(named('A', nullValue))], { A: null }],
    ['an empty text', [eventData(named('A', text('')))], { A: '' }],
    ['what never changes', [eventData(named('A', 'x'), leaf('B', 'y'))], { A: 'x', B: 'y' }],
    ['text and values', [eventData(named('A', 'x', text('y'), 'z'))], { A: 'xyz' }],
    ['a name that comes again', [eventData(named('A', text('1')), named('A', nullValue))], { A: ['1', null] }],
    ['an array', [eventData(leaf('Data', textArray(['1', '', '2'])))], { Data: ['1', '', '2'] }],
    ['an array without items', [eventData(leaf('Data', textArray([])))], { Data: '' }],
    [
      'an array and a value',
      [eventData(leaf('Data', textArray(['1', '2'])), leaf('Data', text('3')))],
      { Data: ['1', '2', '3'] },
    ],
    ['a name that System has', [system(leaf('Task', uint16(1))), eventData(named('Task', text('x')))], { Task: '1' }],
    [
      'a name that System leaves free',
      [system(leaf('Task', text(''))), eventData(named('Task', text('x')))],
      { Task: 'x' },
    ],
    ['attributes of System', [system({ name: 'A', attributes: { b: text('c') } })], { A_b: 'c' }],
    ['BinXML as a section', [system(), binXml(eventData(named('A', uint32(1))))], { A: '1' }],
    ['BinXML in UserData', [leaf('UserData', binXml(leaf('X', leaf('A', text('1')))))], { A: '1' }],
    [
      'leaves within leaves',
      [leaf('UserData', leaf('X', leaf('Y', leaf('A', text('1'))), leaf('B')))],
      { A: '1', B: '' },
    ],
    ['RenderingInfo', [leaf('RenderingInfo', leaf('A', text('1')))], {}],
    [
      'exotic text',
      [eventData(named(EXOTIC, text(EXOTIC)), named('__proto__', text('x')))],
      { [EXOTIC]: EXOTIC, ['__proto__']: 'x' },
    ],
    ['ANSI text', [eventData(named('A', rawValue(ValueType.ansiString, [0xe9, 0x80, 0x22, 0])))], { A: 'é€"' }],
    [
      'half a surrogate pair',
      [eventData(named('A', rawValue(ValueType.string, [0, 0xd8, 0x41, 0])))],
      { A: '\ufffdA' },
    ],
  ])('tells %s', (_, content, table) => {
    const chunk = chunkOf(...content);
    const { records, losses } = readChunk(chunk);
    const fields = { ...records[0]?.fields };
    expect([isPlaced(chunk), losses]).toEqual([true, []]);
    expect(JSON.stringify(fields)).toBe(JSON.stringify({ ...eventFields(records[0]!.root) }));
    expect(fields).toEqual(Object.fromEntries(Object.entries(table)));
    expect(toJsonLines(records).toString()).toBe(`${JSON.stringify(fields)}\n`);
  });

  it.each<[string, SampleContent[]]>([
    ['BinXML in a value', [eventData(named('A', binXml(leaf('X', text('1')))))]],
    [
      'two sections of BinXML',
      [binXml(eventData(named('A', text('1')))), binXml(leaf('UserData', leaf('B', text('2'))))],
    ],
    ['a name in a value', [eventData({ name: 'Data', attributes: { Name: text('A') }, content: ['1'] })]],
    ['an array in System', [system(leaf('A', textArray(['1', '2'])))]],
    [
      'the place of a value that no record can have',
      [eventData(named('A', raw(0x0d, 0x00, 0x40, 1)), binXml(leaf('B')))],
    ],
    ['a number without room', [eventData(named('A', rawValue(ValueType.uint32, [1])))]],
    ['a SID without room', [eventData(named('A', rawValue(ValueType.sid, [1, 1])))]],
  ])('is not told for %s: the tree tells', (_, content) => {
    const chunk = chunkOf(...content);
    expect(isPlaced(chunk)).toBe(false);
    for (const record of readChunk(chunk).records) expect(record.fields).toEqual(eventFields(record.root));
  });

  it('is not told for elements nested deeper than MAX_SHAPE_DEPTH', () => {
    const nested = (depth: number): SampleElement => leaf('N', depth === 0 ? text('x') : nested(depth - 1));
    // The event, UserData and the innermost element, which holds no others, are no levels between.
    const chunk = (depth: number): Buffer => chunkOf(leaf('UserData', nested(depth)));
    expect([isPlaced(chunk(MAX_SHAPE_DEPTH - 2)), isPlaced(chunk(MAX_SHAPE_DEPTH - 1))]).toEqual([true, false]);
    expect(readChunk(chunk(MAX_SHAPE_DEPTH)).records[0]?.fields).toEqual({ N: 'x' });
  });

  it('gives a line that might take more than MAX_LINE_ROOM as well', () => {
    const names = Array.from({ length: 40 }, (_, index) => `F${index}`);
    const long = 'x'.repeat(20_000);
    // Two bytes a character, and for each of them eight may be needed.
    expect(8 * 2 * long.length).toBeGreaterThan(MAX_LINE_ROOM);
    const chunk = chunkOf(eventData(...names.map((name) => named(name, text(name === 'F7' ? long : name)))));
    const { records } = readChunk(chunk);
    expect(isPlaced(chunk)).toBe(true);
    expect(toJsonLines(records).toString()).toBe(`${JSON.stringify(eventFields(records[0]!.root))}\n`);
  });

  it('is written where room is given, or elsewhere if it does not suffice', () => {
    const { records } = readChunk(chunkOf(eventData(named('A', text('x')))));
    const [room, little] = [Buffer.alloc(4_096), Buffer.alloc(8)];
    expect(toJsonLines(records, room).buffer).toBe(room.buffer);
    expect(toJsonLines(records, little).toString()).toBe('{"A":"x"}\n');
  });

  it('is found again when more templates were seen than MAX_KNOWN_BYTES hold', () => {
    const chunk = (index: number): Buffer => chunkOf(eventData(named(`F${index}`, 'x'.repeat(20_000), text('y'))));
    const before = readChunk(chunk(0)).records[0]?.fields;
    const chunks = Math.ceil(MAX_KNOWN_BYTES / 40_000) + 1;
    for (let index = 1; index <= chunks; index++) readChunk(chunk(index));
    expect(readChunk(chunk(0)).records[0]?.fields).toEqual(before);
    expect(before).toEqual({ F0: `${'x'.repeat(20_000)}y` });
  });

  it('is found again among more than MAX_VARIANTS templates of the same id and size', () => {
    const word = (index: number): string => `word ${100 + index}`;
    const chunk = (index: number): Buffer => chunkOf(eventData(named('A', word(index), text('!'))));
    const indexes = Array.from({ length: 2 * MAX_VARIANTS }, (_, index) => index);
    for (const index of [...indexes, ...indexes]) {
      expect(readChunk(chunk(index)).records[0]?.fields).toEqual({ A: `${word(index)}!` });
    }
  });

  it('is told for a template that many others are nested in', () => {
    const chunk = (index: number): Buffer => chunkOf(system(), binXml(eventData(named(`F${index}`, text('x')))));
    for (let index = 0; index < 200; index++) {
      expect(readChunk(chunk(index)).records[0]?.fields).toEqual({ [`F${index}`]: 'x' });
    }
  });

  it('does not exceed the bounds of a chunk', () => {
    const [lists, items] = [12, 800];
    const data = leaf('Data', textArray(Array<string>(items).fill('')));
    const chunk = chunkOf(eventData(...Array.from({ length: lists }, () => data)));
    // Its tree has a few nodes for each item; a shape reckons with all of its nodes for each.
    expect(4 * lists * items).toBeLessThan(MAX_CHUNK_NODES);
    expect([isPlaced(chunk), readChunk(chunk).losses]).toEqual([false, []]);
  });
});
