import { expect, test } from 'vitest';
import { eventOf, loadText } from '../testing.ts';
import { joinLessons, MAX_BUCKETS, MAX_KINDS, type Lessons } from './lessons.ts';
import { createRuleIndex, MAX_LITERALS } from './rule-index.ts';

function rules(...detections: string[]) {
  const documents = detections.map(
    (detection, index) => `title: r${index}\nid: r${index}\nlogsource: {product: any}\ndetection: ${detection}\n`,
  );
  const { rules: loaded, problems } = loadText(documents.join('---\n'));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return loaded;
}

function idsOf(matched: readonly { rule: { uid: string } }[]): string[] {
  return matched.map(({ rule }) => rule.uid);
}

test('answers in the order of the rules', () => {
  const index = createRuleIndex(
    rules(
      "{s: {F|endswith: 'c'}, condition: s}",
      '{s: {F: null}, condition: not s}',
      "{s: {F|contains: 'b'}, condition: s}",
      "{s: {F: 'x'}, condition: s}",
      "{s: {F|startswith: 'a'}, condition: s}",
    ),
  );
  expect(idsOf(index.match(eventOf({ F: 'abc' })))).toEqual(['r0', 'r1', 'r2', 'r4']);
});

test('asks only rules whose watched literal is there', () => {
  const index = createRuleIndex(rules("{s: {F: 'x', G: 'y'}, condition: s}", "{s: {G: 'z'}, condition: s}"));
  for (const F of ['a', 'b', 'x']) index.match(eventOf({ F, G: 'q' }));
  expect(index.counters.events).toBe(3);
  expect(index.counters.candidates).toBeLessThanOrEqual(1);
});

test('reads no field that no rule is left to ask for', () => {
  const set = rules(
    "{s: {EventID: 1, F: 'x'}, condition: s}",
    "{s: {EventID: 2, G: 'x'}, condition: s}",
    '{s: {EventID: 3}, condition: s}',
  );
  const index = createRuleIndex(set, { constants: ['EventID'] });
  const read: string[] = [];
  const event = (EventID: unknown) => ({
    field: (name: string) => (read.push(name), name === 'EventID' ? EventID : 'X'),
    texts: () => [],
  });
  expect(idsOf(index.match(event(1)))).toEqual(['r0']);
  expect(idsOf(index.match(event(3)))).toEqual(['r2']);
  expect(idsOf(index.match(event([2, 3])))).toEqual(['r1', 'r2']);
  read.length = 0;
  expect(idsOf(index.match(event(1)))).toEqual(['r0']);
  expect(new Set(read)).toEqual(new Set(['EventID', 'F']));
});

test('keeps answering right beyond its bounds', () => {
  const ids = Array.from({ length: MAX_BUCKETS + 10 }, (_, id) => id);
  const index = createRuleIndex(rules(...ids.map((id) => `{s: {EventID: ${id}}, condition: s}`)), {
    constants: ['EventID', 'Channel'],
  });
  for (const id of ids) expect(idsOf(index.match(eventOf({ EventID: id })))).toEqual([`r${id}`]);
  for (let kind = 0; kind < MAX_KINDS + 10; kind++)
    expect(idsOf(index.match(eventOf({ EventID: 7, Channel: `c${kind}` })))).toEqual(['r7']);
  expect(idsOf(index.match(eventOf({ EventID: 7, Channel: 'c'.repeat(100_000) })))).toEqual(['r7']);
  const lessons = index.lessons();
  expect(lessons.buckets.length).toBeLessThanOrEqual(MAX_BUCKETS + 1);
  const again = createRuleIndex(rules(...ids.map((id) => `{s: {EventID: ${id}}, condition: s}`)), {
    constants: ['EventID', 'Channel'],
    lessons,
  });
  for (const id of ids) expect(idsOf(again.match(eventOf({ EventID: id })))).toEqual([`r${id}`]);
  expect(again.lessons().buckets.length).toBeLessThanOrEqual(MAX_BUCKETS + 1);
});

test('long lists in many buckets share one when they are too many literals', () => {
  const words = Array.from({ length: 20_000 }, (_, index) => `w${index}`);
  const ids = Array.from({ length: MAX_LITERALS / words.length + 20 }, (_, id) => id);
  const set = rules(
    `{s: {F|contains: [${words.join(', ')}]}, condition: s}`,
    ...ids.map((id) => `{s: {EventID: ${id}}, condition: s}`),
  );
  const index = createRuleIndex(set, { constants: ['EventID'] });
  for (const id of ids)
    expect(idsOf(index.match(eventOf({ EventID: id, F: `a w${id} b` })))).toEqual(['r0', `r${id + 1}`]);
  expect(index.lessons().buckets.length).toBeLessThan(ids.length);
});

test('joins what two indexes over the same rules found out', () => {
  const set = rules('{s: {A: x, F: q}, condition: s}', '{s: {A: y, F: q}, condition: s}');
  const lessonsOf = (constants: string[], ...values: string[]): Lessons => {
    const index = createRuleIndex(set, { constants });
    for (const A of values) index.match(eventOf({ A, F: 'q' }));
    return index.lessons();
  };
  const joined = joinLessons(lessonsOf(['A'], 'x', 'z'), lessonsOf(['A'], 'y', 'z'));
  expect(joined.buckets).toHaveLength(3);
  const index = createRuleIndex(set, { constants: ['A'], lessons: joined });
  for (const [A, found] of Object.entries({ x: ['r0'], y: ['r1'], z: [] }))
    expect(idsOf(index.match(eventOf({ A, F: 'q' })))).toEqual(found);
  expect(index.counters.lessons).toBe(0);
  expect(joinLessons(joined, lessonsOf(['F'], 'x'))).toBe(joined);
});

test('takes no lessons of other rules or other constants', () => {
  const set = rules('{s: {A: x, F: q}, condition: s}', '{s: {B: x, F: q}, condition: s}');
  const one = eventOf({ A: 'x', B: 'y', F: 'q' });
  const teacher = createRuleIndex(set, { constants: ['A', 'B'] });
  expect(idsOf(teacher.match(one))).toEqual(['r0']);
  const lessons = teacher.lessons();
  for (const constants of [['A', 'B'], ['B', 'A'], ['A'], ['B'], []]) {
    const index = createRuleIndex(set, { constants, lessons });
    expect(idsOf(index.match(one))).toEqual(['r0']);
    expect(index.counters.lessons).toBe(constants.join() === 'A,B' ? 0 : 1);
  }
  const fewer = createRuleIndex(set.slice(1), { constants: ['A', 'B'], lessons });
  expect(idsOf(fewer.match(one))).toEqual([]);
});

test('finds the comparisons of a rule with thousands of them again', () => {
  const selections = Array.from(
    { length: 5_000 },
    (_, index) => `s${index}: {F|cidr: 10.${index >> 8}.${index & 255}.0/24}`,
  );
  const set = rules(`{${selections.join(', ')}, condition: 1 of them}`);
  const teacher = createRuleIndex(set);
  const one = eventOf({ F: '10.19.135.1' });
  expect(idsOf(teacher.match(one))).toEqual(['r0']);
  expect(idsOf(createRuleIndex(set, { lessons: teacher.lessons() }).match(one))).toEqual(['r0']);
});

test('an alphabet of thousands of letters is asked, not indexed', () => {
  const words = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index));
  const index = createRuleIndex(rules(`{s: {F|contains: [${words.join(', ')}]}, condition: s}`));
  expect(idsOf(index.match(eventOf({ F: `a${words[4_999]}b` })))).toEqual(['r0']);
  expect(idsOf(index.match(eventOf({ F: 'ab' })))).toEqual([]);
});
