import { describe, expect, it } from 'vitest';
import type { EvtxElement } from './element.ts';
import { toXml } from './xml.ts';

const element = (children: EvtxElement['children'], ...attributes: [string, string][]): EvtxElement => {
  return { name: 'X', attributes, children };
};

describe('toXml', () => {
  it.each<[string, EvtxElement, string]>([
    ['an element without content', element([]), '<X/>'],
    ['an empty string', element(['']), '<X></X>'],
    ['nothing for a value never set', element(['a', { ...element(null), name: 'Y' }]), '<X>a</X>'],
    ['attributes in single quotes', element([], ['a', '1'], ['b', '2']), `<X a='1' b='2'/>`],
    [
      'what markup is made of',
      element([`<&>'"`], ['a', `<&>'"`]),
      `<X a='&lt;&amp;&gt;&apos;&quot;'>&lt;&amp;&gt;'"</X>`,
    ],
    ['white space as it is', element([' a\r\n\tb ']), '<X> a\r\n\tb </X>'],
    ['what XML cannot carry', element(['a\0\x1f\ufffe\x7f'], ['a', '\x0b']), `<X a='_'>a___\x7f</X>`],
    ['a processing instruction', element([{ target: 'pi', data: 'a?>b' }]), '<X><?pi a? >b?></X>'],
  ])('renders %s', (_, tree, xml) => {
    expect(toXml(tree)).toBe(xml);
  });
});
