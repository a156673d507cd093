import { describe, expect, it } from 'vitest';
import { compileRules, idleExclusions } from './rules.ts';

const ID = '929a690e-bef0-4204-a928-ef5e620d6fcc';
const ruleOf = (id: string): string =>
  `title: ${id}\nid: ${id}\nlogsource: {product: any}\ndetection: {s: {F: x}, condition: s}\n`;
const sources = [{ file: 'rules.yml', text: [ID, 'plain'].map(ruleOf).join('---\n') }];

describe('excluded rules', () => {
  it.each([
    [ID, ['plain'], []],
    [ID.toUpperCase(), ['plain'], []],
    ['plain', [ID], []],
    ['Plain', [ID, 'plain'], ['Plain']],
    [ID.replace('9', '8'), [ID, 'plain'], [ID.replace('9', '8')]],
  ])('%s leaves %j', (id, left, idle) => {
    const texts = { sources, exclude: [id] };
    expect(compileRules(texts).rules.map(({ rule }) => rule.uid)).toEqual(left);
    expect(idleExclusions(texts)).toEqual(idle);
  });
});
