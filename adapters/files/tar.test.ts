import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { MAX_DESCRIPTION_BYTES, tarMembers } from './tar.ts';
import { PACKED_AT, tarOf } from './testing/archives.ts';
import { textOf } from './testing/expansion.ts';

interface Header {
  readonly name: string;
  readonly type: string;
  readonly content?: string;
  readonly magic?: string;
  readonly size?: string;
}

/** One member with exactly this header. */
function block({ name, type, content = '', magic = 'ustar\u000000', size }: Header): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(size ?? content.length.toString(8).padStart(11, '0'), 124, 12, 'latin1');
  header.write('00000000012', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(magic, 257, 'latin1');
  header.write(
    header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0'),
    148,
  );
  const data = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  data.write(content, 'latin1');
  return Buffer.concat([header, data]);
}

function pax(record: string): string {
  for (let length = record.length + 3; ; length++) {
    const line = `${length} ${record}\n`;
    if (line.length === length) return line;
  }
}

async function read(...blocks: Buffer[]): Promise<unknown[]> {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.concat(blocks);
  }
  const members: unknown[] = [];
  try {
    for await (const { rawName, modifiedMs, bytes } of tarMembers(new ByteReader(source()))) {
      members.push([rawName, modifiedMs, await textOf(bytes()).catch((error: Error) => error.name)]);
    }
  } catch (error) {
    members.push(error instanceof Error && 'reason' in error ? error.reason : error);
  }
  return members;
}

const FILE = { name: 'a', type: '0', content: 'text' };
const AT = 10_000;

describe('tarMembers', () => {
  it('reads what tar-stream writes, long names too', async () => {
    const long = `${'d/'.repeat(200)}x.log`;
    const archive = await tarOf([
      [long, 'one'],
      ['é.log', 'two'],
      ['folder'],
      [`${'p'.repeat(90)}/${'n'.repeat(90)}`, '3'],
    ]);
    expect(await read(archive)).toEqual([
      [long, PACKED_AT.getTime(), 'one'],
      ['é.log', PACKED_AT.getTime(), 'two'],
      [`${'p'.repeat(90)}/${'n'.repeat(90)}`, PACKED_AT.getTime(), '3'],
    ]);
  });

  it.each<[string, Buffer[], unknown[]]>([
    ['GNU long names', [block({ name: 'L', type: 'L', content: 'long\0' }), block(FILE)], [['long', AT, 'text']]],
    ['GNU long link targets', [block({ name: 'K', type: 'K', content: 'long\0' }), block(FILE)], [['a', AT, 'text']]],
    ['pax times', [block({ name: 'x', type: 'x', content: pax('mtime=1.5') }), block(FILE)], [['a', 1_500, 'text']]],
    ['pax sizes', [block({ name: 'x', type: 'x', content: pax('size=2') }), block(FILE)], [['a', AT, 'te']]],
    [
      'global pax headers',
      [block({ name: 'g', type: 'g', content: pax('path=p') }), block(FILE), block(FILE)],
      [
        ['p', AT, 'text'],
        ['p', AT, 'text'],
      ],
    ],
    [
      'the pax header of one member only',
      [block({ name: 'x', type: 'x', content: pax('path=p') }), block(FILE), block(FILE)],
      [
        ['p', AT, 'text'],
        ['a', AT, 'text'],
      ],
    ],
    [
      'old types of files and folders',
      [block({ ...FILE, type: '\0' }), block({ name: 'd/', type: '\0' }), block({ ...FILE, type: '7' })],
      [
        ['a', AT, 'text'],
        ['a', AT, 'text'],
      ],
    ],
    ['links, devices and pipes not at all', ['1', '2', '3', '4', '6'].map((type) => block({ name: 'l', type })), []],
    ['sizes in base 256', [block({ ...FILE, size: '\u0080\0\0\0\0\0\0\0\0\0\0\u0004' })], [['a', AT, 'text']]],
    ['nothing after the end mark', [block(FILE), Buffer.alloc(512), block(FILE)], [['a', AT, 'text']]],
    [
      'sparse files as a loss',
      [block({ ...FILE, type: 'S' }), block(FILE)],
      [
        ['a', AT, 'Loss'],
        ['a', AT, 'text'],
      ],
    ],
    [
      'pax sparse files as a loss',
      [block({ name: 'x', type: 'x', content: pax('GNU.sparse.major=1') }), block(FILE)],
      [['a', AT, 'Loss']],
    ],
    [
      'a plain key named __proto__',
      [block({ name: 'x', type: 'x', content: pax('__proto__=1') }), block(FILE)],
      [['a', AT, 'text']],
    ],
  ])('reads %s', async (_what, blocks, members) => {
    expect(await read(...blocks)).toEqual(members);
  });

  it.each<[string, Header]>([
    ['a size that is no number', { ...FILE, size: 'rubbish' }],
    [
      'a size above all bounds',
      { ...FILE, size: '\u0080\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f' },
    ],
    [
      'a description above the bound',
      { name: 'L', type: 'L', size: (MAX_DESCRIPTION_BYTES + 1).toString(8).padStart(11, '0') },
    ],
  ])('refuses %s', async (_what, header) => {
    expect(await read(block(header))).toEqual(['damaged']);
  });

  it('takes a description up to the bound', async () => {
    const description = block({ name: 'L', type: 'L', content: 'n\0'.padEnd(MAX_DESCRIPTION_BYTES) });
    expect(await read(description, block(FILE))).toEqual([['n', AT, 'text']]);
  });

  it.each(['-5 a=b', '0 a=b', '1 a=b', '99 path=p', 'rubbish', '1e1 path=p', ' path=p'])(
    'ends on the pax record %j',
    async (content) => {
      expect(await read(block({ name: 'x', type: 'x', content }), block(FILE))).toEqual([['a', AT, 'text']]);
    },
  );
});
