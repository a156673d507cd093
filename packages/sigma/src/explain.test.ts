import { describe, expect, test } from 'vitest';
import { compileDetection, eventOf, loadText, ruleText } from './testing.ts';

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
        'selection_img User ["root","SYSTEM"] = ["root"] true',
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

  test('says of every selection whether it holds, however the condition is written', () => {
    const held = (condition: string): string => {
      const rule = compileDetection(`
  sel_a: {F: [x, y]}
  sel_b: [{G: 1}, {H: 2}]
  neq: {F|neq: x}
  words: [secret]
  condition: ${condition}
`);
      const { selections } = rule.explain(eventOf({ F: 'x', H: 2 }));
      return selections.map(({ name, holds }) => `${holds ? '' : '!'}${name}`).join(' ');
    };
    expect(held('sel_a and not sel_b')).toBe('sel_a sel_b');
    expect(held('1 of sel_* and not neq')).toBe('sel_a sel_b !neq');
    expect(held('all of sel_b* or (not words and sel_a)')).toBe('sel_b !words sel_a');
    expect(held('all of them')).toBe('sel_a sel_b !neq !words');
    expect(held('not 1 of wor*')).toBe('!words');
    expect(held('[neq, not sel_a or sel_a]')).toBe('!neq sel_a');
  });

  test('says which filters let the event pass', () => {
    const { rules } = loadText(`${ruleText('{s: {F: x}, condition: s}')}---
title: Filter
id: f1
logsource: {product: any}
filter: {rules: any, quiet: {G: 1}, condition: not quiet}
`);
    const of = (record: object) => rules[0]!.explain(eventOf({ F: 'x', ...record }));
    expect(of({ G: 1 })).toMatchObject({ selections: [{ name: 's' }], filters: [{ uid: 'f1', passes: false }] });
    expect(of({ G: 2 }).filters).toEqual([{ uid: 'f1', passes: true }]);
  });

  test('tells of alternatives that all failed the nearest first', () => {
    const rule = compileDetection('{s: [{A: 1}, {B: 2, C: 3}, {A: 2}], t: {A: 1, B: 2}, condition: s or t}');
    const { decisive } = rule.explain(eventOf({ B: 2 }));
    expect(decisive.map(({ selection, key, expected }) => `${selection} ${key} ${expected.join()}`)).toEqual([
      's C 3',
      's A 1',
      's A 2',
      't A 1',
    ]);
  });

  test.each([
    ['F|endswith', '[a, b, c, d, e, xyz, z]', 'WXYZ', 'xyz'],
    ['F|re', "[a, b, c, d, e, '^w.*z$']", 'wxyz', '^w.*z$'],
    ['F|cidr', '[1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8, 4.0.0.0/8, 5.0.0.0/8, 10.0.0.0/8]', '10.1.2.3', '10.0.0.0/8'],
    ['F', "[a, b, c, d, e, 'w*?z']", 'wxyz', 'w*?z'],
    ['F|gt', '[70, 80, 90, 91, 92, 5]', '6', '5'],
    ['F', '[a, b, c, d, e, 7]', '7', '7'],
    ['F', '[a, b, c, d, e, true]', 'true', 'true'],
    ['F', '[a, b, c, d, e, null]', null, 'null'],
    ['F|fieldref', '[A, B, C, D, E, G]', 'g', 'G'],
    ['F|windash|contains', "[a, b, c, d, e, ' -x']", 'q /x', ' /x'],
    ["'|all'", '[secret]', 'a secret', 'secret'],
  ])('shows the value that hit before others: %s: %s', (key, values, found, hit) => {
    const rule = compileDetection(`{s: {${key}: ${values}}, condition: s}`);
    const [atom] = rule.explain(eventOf({ F: found, G: 'g' })).decisive;
    expect([atom?.matched, atom?.expected[0]]).toEqual([true, hit]);
    expect(atom?.expected.length).toBeLessThanOrEqual(5);
  });

  test('counts the values of a comparison', () => {
    const rule = compileDetection('{s: {F: [a, b, c, d, e, f, g]}, condition: not s}');
    expect(rule.explain(eventOf({ F: 'g' })).decisive).toMatchObject([
      { values: 7, expected: ['g', 'a', 'b', 'c', 'd'], negated: true },
    ]);
    expect(rule.explain(eventOf({ F: 'x' })).decisive).toMatchObject([{ expected: ['a', 'b', 'c', 'd', 'e'] }]);
  });

  test('shows little of long values', () => {
    const rule = compileDetection(
      `{s: {F: [${Array.from({ length: 9 }, (_, index) => index).join(', ')}]}, condition: s}`,
    );
    const [atom] = rule.explain(eventOf({ F: Array.from({ length: 9 }, () => 'x'.repeat(1_000)) })).decisive;
    expect(atom?.expected).toEqual(['0', '1', '2', '3', '4']);
    expect(atom?.actual).toEqual(Array.from({ length: 3 }, () => 'x'.repeat(200)));
  });

  test('shows the end of what has to end in something', () => {
    const rule = compileDetection('{s: {F|endswith: z}, condition: s}');
    const [atom] = rule.explain(eventOf({ F: `${'x'.repeat(1_000)}y` })).decisive;
    expect(atom?.actual).toEqual([`${'x'.repeat(199)}y`]);
  });
});
