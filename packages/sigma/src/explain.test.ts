import { describe, expect, test } from 'vitest';
import { compileDetection, eventOf } from './testing.ts';

const RULE = compileDetection(`
  selection_img: {Image|endswith: '\\cmd.exe', User: [SYSTEM, root]}
  selection_cli: {CommandLine|contains|all: [' /c ', 'whoami']}
  filter: {Parent: explorer.exe}
  words: [secret]
  condition: (all of selection_* or words) and not filter
`);

/** The decisive comparisons as `selection key = actual (matched, negated)`. */
function decisive(record: Readonly<Record<string, unknown>>): readonly string[] {
  const { matched, decisive: atoms } = RULE.explain(eventOf(record));
  return [
    String(matched),
    ...atoms.map(
      (atom) =>
        `${atom.selection} ${atom.key} ${JSON.stringify(atom.expected)} = ${JSON.stringify(atom.actual)} ${atom.matched}${atom.negated ? ' negated' : ''}`,
    ),
  ];
}

describe('explain', () => {
  test.each([
    [
      { Image: 'C:\\cmd.exe', User: 'root', CommandLine: 'cmd /c whoami' },
      [
        'true',
        'selection_img Image|endswith ["\\\\cmd.exe"] = ["C:\\\\cmd.exe"] true',
        'selection_img User ["SYSTEM","root"] = ["root"] true',
        'selection_cli CommandLine|contains|all [" /c "] = ["cmd /c whoami"] true',
        'selection_cli CommandLine|contains|all ["whoami"] = ["cmd /c whoami"] true',
        'filter Parent ["explorer.exe"] = "absent" false negated',
      ],
    ],
    [
      { Image: 'C:\\cmd.exe', User: null, CommandLine: 'cmd /c whoami' },
      [
        'false',
        'selection_img User ["SYSTEM","root"] = "null" false',
        'words  ["secret"] = ["C:\\\\cmd.exe","cmd /c whoami"] false',
      ],
    ],
    [
      { Parent: 'Explorer.EXE', CommandLine: 'secret' },
      ['false', 'filter Parent ["explorer.exe"] = ["Explorer.EXE"] true negated'],
    ],
    [
      { Image: {} },
      ['false', 'selection_img Image|endswith ["\\\\cmd.exe"] = "no text" false', 'words  ["secret"] = [] false'],
    ],
  ] as const)('%j', (record, expected) => {
    expect(decisive(record)).toEqual(expected);
    expect(RULE.explain(eventOf(record)).matched).toBe(RULE.matches(eventOf(record)));
  });

  test.each([
    [{ Image: 'C:\\cmd.exe', User: 'root', CommandLine: 'cmd /c whoami' }, 1],
    [{ Image: 'C:\\cmd.exe', User: 'root', CommandLine: 'cmd' }, 3 / 4],
    [{ Parent: 'explorer.exe' }, 0],
    [{}, 1 / 2],
  ])('%j comes near by %d', (record, share) => {
    expect(RULE.explain(eventOf(record)).share).toBe(share);
  });

  test('shows what the fields hold that a field is compared with', () => {
    const rule = compileDetection('{s: {User|fieldref: [Owner, Author]}, condition: s}');
    expect(rule.explain(eventOf({ User: 'eve', Owner: 'root' })).decisive).toMatchObject([
      {
        actual: ['eve'],
        references: [
          { field: 'Owner', actual: ['root'] },
          { field: 'Author', actual: 'absent' },
        ],
      },
    ]);
    const long = compileDetection(`{s: {User|fieldref: [A, B, C, D, E, F]}, condition: s}`);
    expect(long.explain(eventOf({})).decisive[0]?.references).toHaveLength(5);
  });

  test('shows little of long values', () => {
    const rule = compileDetection(
      `{s: {F: [${Array.from({ length: 9 }, (_, index) => index).join(', ')}]}, condition: s}`,
    );
    const [atom] = rule.explain(eventOf({ F: Array.from({ length: 9 }, () => 'x'.repeat(1_000)) })).decisive;
    expect(atom?.expected).toEqual(['0', '1', '2', '3', '4']);
    expect(atom?.actual).toEqual(Array.from({ length: 3 }, () => 'x'.repeat(200)));
  });
});
