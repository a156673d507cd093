import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.ts';
import { loadRules, type RuleSet } from '../load.ts';
import { corpusFolder, eventOf, filesBelow } from '../testing.ts';
import type { CompiledRule } from '../types.ts';
import { packKey, packRules, unpackRules } from './pack.ts';
import { unpackLessons } from './pack-lessons.ts';

const SELECTIONS = [
  "{F: 'a*b?c'}",
  "{F: ['x\\*', 'ſ', '\\ud800', '😀']}",
  '{F|cased: A, G: null}',
  '{F|re|i: "^a.+z$"}',
  '{F|cidr: 10.0.0.0/8}',
  '{F|gte: 9223372036854775807, G|lt: 1.5}',
  '{F|exists: false}',
  '{F|fieldref|startswith: G}',
  '{F|base64offset|contains: word}',
  "{F|windash|contains: ' -a'}",
  '{F|hour: 7}',
  '[key, word]',
  "{F|contains|all: [a, 'b'], G|neq: [1, true]}",
];
const EVENTS = [
  { F: 'axbyc' },
  { F: 's', G: 'x' },
  { F: 'A' },
  { F: 'a-Z' },
  { F: '10.1.2.3' },
  { F: '9223372036854775808', G: 1 },
  {},
  { F: 'gx', G: 'g' },
  { F: 'zdvcmR3b3Jk' },
  { F: 'x /a' },
  { F: '2026-01-01T07:00:00' },
  { F: 'a keyword' },
  { F: '\ud800', G: true },
].map(eventOf);

const RULES = SELECTIONS.map(
  (selection, index) =>
    `title: r${index}\nname: r${index}\nlogsource: {product: any}\ndetection: {s: ${selection}, condition: s}\n`,
);
const CORRELATION = `title: c
correlation: {type: value_count, rules: [r0], group-by: [F], timespan: 1h, condition: {gte: 2, field: G}}
`;
const FILTER = `title: f
logsource: {product: any}
filter: {rules: any, s: {G: nobody}, condition: not s}
`;
const SET = loadRules([{ file: 'r.yml', text: [...RULES, CORRELATION, FILTER, 'title: wrong\n'].join('---\n') }]);

function answers(set: RuleSet): unknown[] {
  return set.rules.flatMap((rule) =>
    EVENTS.map((event) => [rule.rule.title, rule.matches(event), rule.explain(event), rule.fields, rule.filters]),
  );
}

test('rules mean the same after they were packed', () => {
  const unpacked = unpackRules(packRules(SET, 'k'), 'k')!;
  expect(SET.rules).toHaveLength(RULES.length);
  expect(answers(unpacked)).toEqual(answers(SET));
  expect(unpacked.correlations).toEqual(SET.correlations.map(({ correlation }) => ({ correlation })));
  expect(unpacked.correlations).toHaveLength(1);
  expect(unpacked.filters).toEqual(SET.filters);
  expect(unpacked.filters).toHaveLength(1);
  expect(unpacked.silent).toEqual(SET.silent);
  expect(unpacked.problems).toEqual(SET.problems);
});

const rulesFolder = corpusFolder('sigma');

test.skipIf(!rulesFolder)('the SigmaHQ rules are the same after they were packed', () => {
  const set = loadRules(filesBelow(`${rulesFolder!}/rules/windows`, '.yml').slice(0, 500));
  const unpacked = unpackRules(packRules(set, 'k'), 'k')!;
  const plain = ({ rule, detection }: CompiledRule): unknown =>
    JSON.parse(
      JSON.stringify({ rule, detection }, (_, value: unknown) => (typeof value === 'symbol' ? String(value) : value)),
    );
  expect(set.rules.length).toBeGreaterThan(490);
  expect(unpacked.rules.map(plain)).toEqual(set.rules.map(plain));
});

test('what is damaged is not read', () => {
  const pack = packRules(SET, 'k');
  for (let at = 0; at < pack.length; at += 97) {
    const damaged = Uint8Array.from(pack, (byte, index) => (index === at ? byte ^ 1 : byte));
    expect(unpackRules(damaged, 'k')).toBeUndefined();
  }
  expect(unpackRules(pack, 'another')).toBeUndefined();
  expect(unpackLessons(pack, 'k')).toBeUndefined();
  expect([0, 10, 40, pack.length - 1].map((length) => unpackRules(pack.subarray(0, length), 'k'))).toEqual(Array(4).fill(undefined));
}); // prettier-ignore

test('the key tells apart whatever can change what rules mean', () => {
  const source = { file: 'a', text: 'bc' };
  const keys = [
    packKey([source], {}, '1'),
    packKey([source], {}, '2'),
    packKey([{ file: 'ab', text: 'c' }], {}, '1'),
    packKey([source, source], {}, '1'),
    packKey([{ ...source, fault: 'gone' }], {}, '1'),
    packKey([source], { placeholders: { a: ['b'] } }, '1'),
    packKey([source], { limits: { depth: DEFAULT_LIMITS.depth } }, '1'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(packKey([{ ...source }], {}, '1')).toBe(keys[0]);
});
