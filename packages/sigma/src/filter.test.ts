import { describe, expect, test } from 'vitest';
import { eventOf, loadText } from './testing.ts';

const RULE = `title: A rule
id: 929a690e-bef0-4204-a928-ef5e620d6fcc
name: a_rule
logsource: {category: process_creation, product: windows}
detection: {selection: {F: x}, condition: selection}
`;
const LOGSOURCE = '{category: process_creation}';

function filtered(filter: string, logsource = LOGSOURCE) {
  const set = loadText(`${RULE}---\ntitle: A filter\nid: filter\nlogsource: ${logsource}\nfilter: ${filter}\n`);
  return {
    set,
    problems: set.problems.filter(({ code }) => code !== 'rule.id').map(({ severity, code }) => `${severity} ${code}`),
  };
}

/** What the filtered rule says of an event that it finds by itself, with and without the user that is filtered. */
function found(filter: string, logsource?: string): readonly (boolean | undefined)[] {
  const [rule] = filtered(filter, logsource).set.rules;
  return [rule?.matches(eventOf({ F: 'x', User: 'adm_1' })), rule?.matches(eventOf({ F: 'x', User: 'eve' }))];
}

const BODY = "selection: {User|startswith: adm_}, condition: 'not selection'";

describe('a filter', () => {
  test.each([
    ['by id', `{rules: [929a690e-bef0-4204-a928-ef5e620d6fcc], ${BODY}}`],
    ['by id in another case', `{rules: [929A690E-BEF0-4204-A928-EF5E620D6FCC], ${BODY}}`],
    ['by name', `{rules: [other, a_rule], ${BODY}}`],
    ['by one name', `{rules: a_rule, ${BODY}}`],
    ['any rule', `{rules: any, ${BODY}}`],
    ['any rule, as an empty list', `{rules: [], ${BODY}}`],
    [
      'with a pattern of its own',
      "{rules: any, sel_a: {User: 'adm_*'}, sel_b: {User: root}, condition: 'not 1 of sel_*'}",
    ],
    ['with them', "{rules: any, a: {User: 'adm_*'}, b: {User: root}, condition: 'not 1 of them'}"],
  ])('tunes %s', (_, filter) => {
    expect(found(filter)).toEqual([false, true]);
  });

  test('takes no id and no name from a rule, only from another filter', () => {
    const filter = (id: string, name: string) =>
      `---\ntitle: A filter\nid: ${id}\nname: ${name}\nlogsource: ${LOGSOURCE}\nfilter: {rules: a_rule, ${BODY}}\n`;
    const [id, other] = ['929a690e-bef0-4204-a928-ef5e620d6fcc', '929a690e-bef0-4204-a928-ef5e620d6fcd'];
    const load = (...filters: string[]) => loadText(RULE + filters.join(''));
    expect(load(filter(id, 'a_rule'))).toMatchObject({
      rules: [{ filters: [id] }],
      filters: [{ uid: id }],
      problems: [],
    });
    expect(load(filter(id, 'a'), filter(other, 'a')).problems).toEqual([]);
    const twice = load(filter(other, 'a'), filter(other.toUpperCase(), 'b'));
    expect(twice.problems).toMatchObject([
      { code: 'rule.duplicate-id', what: `another filter is "${other.toUpperCase()}" already` },
    ]);
    expect(twice.filters).toHaveLength(1);
  });

  test('joins its condition as it is written, and warns when that keeps what it selects', () => {
    const filter = '{rules: any, selection: {User|startswith: adm_}, condition: selection}';
    expect(found(filter)).toEqual([true, false]);
    expect(filtered(filter).problems).toEqual(['warning filter.keeps']);
  });

  test.each([
    ['{rules: [other], SEL}', LOGSOURCE],
    ['{rules: any, SEL}', '{category: network}'],
    ['{rules: any, SEL}', '{category: process_creation, service: sysmon}'],
  ])('that names no loaded rule (%s, %s) is idle', (filter, logsource) => {
    const text = filter.replace('SEL', BODY);
    expect(found(text, logsource)).toEqual([true, true]);
    expect(filtered(text, logsource).problems).toEqual(['warning filter.idle']);
  });

  test('does not mix with selections of the rule that are called the same', () => {
    expect(found("{rules: any, selection: {User: eve}, condition: 'not selection'}")).toEqual([true, false]);
  });

  test('is named in the rule and in explanations', () => {
    const [rule] = filtered(`{rules: any, ${BODY}}`).set.rules;
    expect(rule?.filters).toEqual(['filter']);
    expect(rule?.fields).toEqual(['F', 'User']);
    expect(rule?.explain(eventOf({ F: 'x', User: 'adm_1' })).decisive).toEqual([
      {
        selection: 'selection',
        filter: 'filter',
        key: 'User|startswith',
        field: 'User',
        expected: ['adm_'],
        values: 1,
        actual: ['adm_1'],
        matched: true,
        negated: true,
      },
    ]);
  });

  test.each([
    ['x', 'filter.missing'],
    [`{${BODY}}`, 'filter.rules'],
    [`{rules: [5], ${BODY}}`, 'filter.rules'],
    ['{rules: any, selection: {A: b}}', 'condition.missing'],
    ['{rules: any, selection: {A: b}, condition: other}', 'condition.unknown-selection'],
    ["{rules: any, selection: {A|expand: '%x%'}, condition: selection}", 'placeholder.unresolved'],
  ])('%s: %s', (filter, code) => {
    expect(filtered(filter).problems).toEqual([`error ${code}`]);
    expect(filtered(filter).set.rules).toHaveLength(1);
  });

  test('with an empty log source is rejected', () => {
    expect(filtered(`{rules: any, ${BODY}}`, '{}').problems).toEqual(['error rule.logsource']);
  });
});
