import { Readable } from 'node:stream';
import { MAX_CHUNK_BYTES } from '@yuheng/sigma';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameOptions, Refusal } from './options.ts';
import type { Frame } from '../record.ts';
import { jsonValues } from './json.ts';
import { MAX_JSON_DEPTH } from './json-scanner.ts';
import { lines } from './lines.ts';
import { LineFrame } from './skim.ts';
import { MAX_XML_DEPTH, parseXml, xmlElements } from './xml.ts';

type Framer = (bytes: AsyncIterable<Uint8Array>, options: FrameOptions) => AsyncIterable<Frame[]>;

interface Cut {
  readonly texts: string[];
  readonly numbers: number[];
  readonly offsets: number[];
  readonly values: unknown[];
  readonly refusals: Refusal[];
}

async function cut(
  framer: Framer,
  content: string | Uint8Array,
  options: Partial<FrameOptions> = {},
  chunk = 7,
): Promise<Cut> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const refusals: Refusal[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const frames: Frame[] = [];
  const all = { maxRecordBytes: 1000, refuse: (refusal: Refusal) => void refusals.push(refusal), ...options };
  for await (const batch of framer(chunks(), all)) frames.push(...batch);
  return {
    texts: frames.map((frame) => frame.text),
    numbers: frames.map((frame) => frame.number),
    offsets: frames.map((frame) => frame.offset),
    values: frames.map((frame) => frame.value),
    refusals,
  };
}

describe('lines', () => {
  it('numbers lines from 1, lets blank ones pass and keeps offsets', async () => {
    const { texts, numbers, offsets } = await cut(lines, 'one\r\n\ntwo\nthree');
    expect(texts).toEqual(['one', 'two', 'three']);
    expect(numbers).toEqual([1, 3, 4]);
    expect(offsets).toEqual([0, 6, 10]);
  });

  it('reads UTF-8 where it is valid and GB18030 where it is not, line by line', async () => {
    const gbk = Buffer.from([0xb5, 0xc7, 0xc2, 0xbc]); // 登录
    const content = Buffer.concat([Buffer.from('用户 a\n'), gbk, Buffer.from('\nplain\n')]);
    expect((await cut(lines, content)).texts).toEqual(['用户 a', '登录', 'plain']);
  });

  it('skims no line that is too long to be skimmed', async () => {
    const content = Buffer.alloc(MAX_CHUNK_BYTES + 30, 'x');
    content[10] = 10;
    content[MAX_CHUNK_BYTES + 25] = 10;
    const options = { maxRecordBytes: 2 * MAX_CHUNK_BYTES, skim: () => true };
    const frames: Frame[] = [];
    const pieces = [content.subarray(0, 5), content.subarray(5, 100), content.subarray(100)];
    for await (const batch of lines(Readable.from(pieces), { ...options, refuse: () => {} })) frames.push(...batch);
    expect(frames.map((frame) => [frame instanceof LineFrame, frame.text.length])).toEqual([
      [true, 10],
      [false, MAX_CHUNK_BYTES + 14],
      [true, 4],
    ]);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('follows the byte-order mark of %s', async (encoding) => {
    const little = Buffer.from('\ufeff甲\nb\n', 'utf16le');
    expect((await cut(lines, encoding === 'utf-16le' ? little : Buffer.from(little).swap16())).texts).toEqual([
      '甲',
      'b',
    ]);
  });

  it('takes the encoding that is given', async () => {
    expect((await cut(lines, Buffer.from([0xe9, 0x0a]), { encoding: 'latin1' })).texts).toEqual(['é']);
  });

  it.each(['utf-8', 'latin1'])('does not guess where %s is asked for', async (encoding) => {
    const { texts } = await cut(lines, Buffer.from([0xb5, 0xc7, 0x0a]), { encoding });
    expect(texts).toEqual([encoding === 'utf-8' ? '\ufffd\ufffd' : '\u00b5\u00c7']);
  });

  it('refuses a line over the bound with its offset and length, and reads on', async () => {
    const { texts, refusals } = await cut(lines, `a\n${'x'.repeat(50)}\nb\n`, { maxRecordBytes: 10 });
    expect(texts).toEqual(['a', 'b']);
    expect(refusals).toMatchObject([{ reason: 'too-long', offset: 2, length: 50 }]);
  });

  it('never holds more of a long line than the bound', async () => {
    const size = 64 * 1024 * 1024;
    async function* endless(): AsyncGenerator<Uint8Array> {
      const block = Buffer.alloc(1024 * 1024, 120);
      for (let sent = 0; sent < size; sent += block.length) yield block;
    }
    const refusals: Refusal[] = [];
    const before = process.memoryUsage().arrayBuffers;
    for await (const frames of lines(endless(), {
      maxRecordBytes: 1024,
      refuse: (refusal) => void refusals.push(refusal),
    })) {
      expect(frames).toEqual([]);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
    }
    expect(refusals).toMatchObject([{ reason: 'too-long', length: size }]);
  });

  it('cuts the same whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', 'é', '中', '\n', '\r\n', '\u{1f600}') }),
        fc.integer({ min: 1, max: 9 }),
        async (text, size) => {
          expect(await cut(lines, text, {}, size)).toEqual(await cut(lines, text, {}, 1_000_000));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('JSON', () => {
  const values = [{ a: 1 }, { b: '}{][' }, { c: ['\\"', { d: null }] }];
  it.each([
    ['one a line', values.map((value) => JSON.stringify(value)).join('\n')],
    ['an array on one line', JSON.stringify(values)],
    ['an array over many lines', JSON.stringify(values, null, 2)],
    ['one after another over many lines', values.map((value) => JSON.stringify(value, null, 1)).join('\n')],
    ['one behind the other on a line', values.map((value) => JSON.stringify(value)).join('')],
  ])('reads %s', async (_, text) => {
    const found = await cut(jsonValues, text);
    expect(found.values).toEqual(values);
    expect(found.refusals).toEqual([]);
    expect(new Set(found.numbers).size).toBe(3);
  });

  it('reads an array of any length on one line, element by element', async () => {
    const many = Array.from({ length: 500 }, (_, id) => ({ id, name: '事件' }));
    const { values: read, refusals } = await cut(jsonValues, JSON.stringify(many), { maxRecordBytes: 64 }, 1000);
    expect(read).toEqual(many);
    expect(refusals).toEqual([]);
  });

  it('reads values one behind the other on a line of any length', async () => {
    const many = Array.from({ length: 5000 }, (_, id) => ({ id, name: '事件' }));
    const text = many.map((value) => JSON.stringify(value)).join('');
    const { values: read, refusals } = await cut(jsonValues, text, { maxRecordBytes: 64 }, 65_536);
    expect(read).toEqual(many);
    expect(refusals).toEqual([]);
  });

  it('keeps integers of 16 digits and more as they are written', async () => {
    const { values: read } = await cut(
      jsonValues,
      '{"Keywords":-9214364837600034816,"s":"n: 12345678901234567","n":12}\n',
    );
    expect(read).toEqual([{ Keywords: '-9214364837600034816', s: 'n: 12345678901234567', n: 12 }]);
  });

  it('gives a frame without a value for a line that is no JSON, and reads on', async () => {
    const { values: read, texts } = await cut(jsonValues, '{"a":1}\nnot json\n{"b":2}\n');
    expect(read).toEqual([{ a: 1 }, undefined, { b: 2 }]);
    expect(texts[1]).toBe('not json');
  });

  it('looks at a string that never ends once, however many quotes are in it', async () => {
    const line = `${'{"a":'.repeat(MAX_JSON_DEPTH + 1)}"${'\\"'.repeat(200_000)}\n`;
    // In time that grows with its square it would be minutes.
    const { refusals, texts } = await cut(jsonValues, `{}\n${line}`, { maxRecordBytes: 1_000_000 }, 65_536);
    expect([texts, refusals.map(({ reason }) => reason)]).toEqual([['{}'], ['too-deep']]);
  });

  it.each([
    ['truncated', '[{"a":1},{"b":', [{ a: 1 }]],
    ['too-long', `[{"a":"${'x'.repeat(2000)}"},{"b":2}]`, [{ b: 2 }]],
    ['too-deep', `[${'['.repeat(MAX_JSON_DEPTH + 1)}${']'.repeat(MAX_JSON_DEPTH + 1)},{"b":2}]`, [{ b: 2 }]],
    ['not-json', '[{"a":1} nonsense {"b":2}]', [{ a: 1 }, { b: 2 }]],
  ])('refuses what is %s and reads the rest', async (reason, text, rest) => {
    const found = await cut(jsonValues, text);
    expect(found.values).toEqual(rest);
    expect(found.refusals.map((refusal) => refusal.reason)).toEqual([reason]);
  });

  it.each([
    ['{', [{ a: 1 }, { b: 2 }, { c: 3 }], [0, 2]],
    ['{"x": [', [{ a: 1 }, { b: 2 }, { c: 3 }], [0, 8]],
    ['{"x":"', [{ a: 1 }, { b: 2 }, { c: 3 }], [0, 7]],
    ['  {"x":\n{"y":1},\n', [{ a: 1 }, { b: 2 }, { c: 3 }], [2, 15]],
  ])('loses no line behind %s, which is open', async (open, rest, [offset, length]) => {
    const { values: read, refusals } = await cut(jsonValues, `${open}\n{"a":1}\n{"b":2}\r\n{"c":3}`);
    expect(read).toEqual(rest);
    expect(refusals).toMatchObject([{ reason: 'truncated', offset, length }]);
  });

  it('takes objects on lines of their own for parts of a value that goes on', async () => {
    const text = '{ "x":[\n{"a":1}\n,{"b":2}\n,\n{"c":3}\n]}\n{"d":4}';
    const { values: read, refusals } = await cut(jsonValues, text);
    expect(read).toEqual([{ x: [{ a: 1 }, { b: 2 }, { c: 3 }] }, { d: 4 }]);
    expect(refusals).toEqual([]);
  });

  it('tells text between values when the next value begins', async () => {
    const { values: read, refusals } = await cut(jsonValues, '{}\n[1]\n{"a":1}\n[2]\n{"b":2}\n');
    expect(read).toEqual([{}, { a: 1 }, { b: 2 }]);
    expect(refusals.map(({ offset }) => offset)).toEqual([4, 16]);
  });

  it('cuts the same whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.object(), { maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (objects, size, pretty) => {
          const text = JSON.stringify(objects, null, pretty ? 2 : undefined);
          expect(await cut(jsonValues, text, {}, size)).toEqual(await cut(jsonValues, text, {}, 1_000_000));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('XML', () => {
  const events = (bytes: AsyncIterable<Uint8Array>, options: FrameOptions): AsyncIterable<Frame[]> =>
    xmlElements(bytes, 'Event', options);

  it('cuts elements out of whatever stands around them', async () => {
    const { texts, numbers } = await cut(
      events,
      '<?xml version="1.0"?><Events><Event a="1"><X/></Event>\n<Event>中</Event></Events>',
    );
    expect(texts).toEqual(['<Event a="1"><X/></Event>', '<Event>中</Event>']);
    expect(numbers).toEqual([1, 2]);
  });

  it('refuses an element over the bound, and one that does not end', async () => {
    const { texts, refusals } = await cut(events, `<Event>${'x'.repeat(2000)}</Event><Event>b</Event><Event>c`);
    expect(texts).toEqual(['<Event>b</Event>']);
    expect(refusals.map(({ reason, offset }) => [reason, offset])).toEqual([
      ['too-long', 0],
      ['truncated', 2031],
    ]);
  });

  it('gives the element behind one that is torn', async () => {
    const { texts, refusals } = await cut(events, '<Event><a>1</a></Event><Event><a>2<Event><a>3</a></Event>');
    expect(texts).toEqual(['<Event><a>1</a></Event>', '<Event><a>3</a></Event>']);
    expect(refusals.map(({ reason }) => reason)).toEqual(['truncated']);
  });

  it('reads attributes, text, CDATA and entities', () => {
    expect(parseXml('<a b="&lt;1&gt;">x&amp;<![CDATA[<y>]]><c/></a>')).toEqual({
      name: 'a',
      attributes: [['b', '<1>']],
      children: ['x&<y>', { name: 'c', attributes: [], children: [] }],
    });
  });

  it.each([
    ['entities that a document defines itself', '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'],
    ['broken markup', '<a><b></a>'],
    ['nesting over the bound', '<a>'.repeat(MAX_XML_DEPTH + 1) + '</a>'.repeat(MAX_XML_DEPTH + 1)],
  ])('refuses %s', (_, text) => expect(parseXml(text)).toBeUndefined());
});
