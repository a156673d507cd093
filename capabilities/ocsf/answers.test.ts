import { newFields, type Answer, type Fields } from '@yuheng/engine';
import { expect, it } from 'vitest';
import { account, address, hashes, hexadecimal, integrity, registryData } from './answers.ts';

const SHA1 = { algorithm_id: 2, algorithm: 'SHA-1', value: 'AB' };
const IMPHASH = { algorithm_id: 99, algorithm: 'IMPHASH', value: 'CD' };

it.each<[Answer, unknown, unknown]>([
  [account('x'), { domain: 'LAB', name: 'eve' }, 'LAB\\eve'],
  [account('x'), { name: 'root' }, 'root'],
  [hashes('x'), [SHA1, IMPHASH], 'SHA1=AB,IMPHASH=CD'],
  [hashes('x'), [null, 'a', {}, { value: 'AB' }], undefined],
  [hashes('x'), 'AB', undefined],
  [hexadecimal('x'), 5136, '0x1410'],
  [hexadecimal('x'), '5136', undefined],
  [registryData('x'), { data: 'DWORD (0x00000001)' }, 'DWORD (0x00000001)'],
  [registryData('x'), { type_id: 2, reg_integer_data: 1, data: '1' }, 'DWORD (0x00000001)'],
  [registryData('x'), { type_id: 10, reg_string_data: 'a', data: { a: 1 } }, 'a'],
  [registryData('x'), { type_id: 2, reg_integer_data: -1 }, undefined],
  [integrity('x'), { integrity: 'High', integrity_id: 2 }, 'High'],
  [integrity('x'), { integrity_id: 5 }, 'System'],
  [address('x', 'uri'), { url_string: '/a?b=%20', path: '/a', query_string: 'b=%20' }, ['/a?b=%20', '/a?b= ']],
  [address('x', 'uri'), { url_string: 'https://shop.example:8443/a?b', path: '/a' }, '/a?b'],
  [
    address('x', 'uri'),
    { url_string: 'http://other.example/a', path: 'http://other.example/a' },
    'http://other.example/a',
  ],
  [address('x', 'stem'), { path: '/a%2e', query_string: 'b' }, ['/a%2e', '/a.']],
  [address('x', 'query'), { path: '/a', query_string: 'b' }, ['b', '/a?b']],
  [address('x', 'query'), { path: '/a' }, '/a'],
  [address('x', 'uri'), { hostname: 'shop.example' }, undefined],
])('$from of %o reads %o', (answer, x, expected) => {
  const fields: Fields = Object.assign(newFields(), { x });
  expect(answer.read(fields)).toEqual(expected);
});

it('hashes of nothing but zeros are said to be lost', () => {
  expect(hashes('x').loses).toContain(`IMPHASH=${'0'.repeat(32)}`);
});
