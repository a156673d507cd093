import { describe, expect, it } from 'vitest';
import { MAX_LENGTH, MAX_TIMESTAMP, scalars } from './scalars.ts';
import { classes, objects } from './schema.ts';

const cases: Readonly<Record<string, { good: readonly unknown[]; bad: readonly unknown[] }>> = {
  boolean_t: { good: [true, false], bad: [0, 'true', null] },
  integer_t: { good: [0, -1, 4_294_967_295], bad: [1.5, NaN, Infinity, '1', 1n, 2 ** 53] },
  long_t: { good: [Number.MAX_SAFE_INTEGER], bad: [0.1, '9007199254740993'] },
  port_t: { good: [0, 65_535], bad: [-1, 65_536, 1.5, '80'] },
  timestamp_t: { good: [0, 1.7e12, -MAX_TIMESTAMP, MAX_TIMESTAMP], bad: [1.5, MAX_TIMESTAMP + 1, '2024-01-01'] },
  float_t: { good: [1.5, 0], bad: [NaN, Infinity, '1'] },
  json_t: { good: [null, 1, 'a', [], {}], bad: [] },
  ip_t: {
    good: ['1.2.3.4', '::', '2001:db8::1', 'fe80::1%eth0', `fe80::1%${'e'.repeat(MAX_LENGTH.ip - 8)}`],
    bad: ['1.2.3', '1.2.3.256', '1a2b3c4', ' 1.2.3.4', '', 'host', 1, `fe80::1%${'e'.repeat(MAX_LENGTH.ip - 7)}`],
  },
  subnet_t: {
    good: ['10.0.0.0/8', '10.0.0.0/32', '2001:db8::/64', `fe80::%${'e'.repeat(MAX_LENGTH.subnet - 10)}/64`],
    bad: [
      '10.0.0.0',
      '10.0.0.0/33',
      '::/129',
      '10.0.0.0/',
      '/8',
      '1.2.3.4/8/8',
      `fe80::%${'e'.repeat(MAX_LENGTH.subnet - 9)}/64`,
    ],
  },
  mac_t: { good: ['18:36:F3:98:4F:9A', '18-36-f3-98-4f-9a'], bad: ['1836f3984f9a', '18:36:F3:98:4F', 'x'] },
  uuid_t: {
    good: ['123e4567-e89b-12d3-a456-426614174000', '{123E4567-E89B-12D3-A456-426614174000}'],
    bad: ['123e4567', '123e4567e89b12d3a456426614174000'],
  },
  email_t: {
    good: ['john_doe@example.com', 'a+b@x-y.co.uk'],
    bad: ['john', 'john@localhost', '@example.com', 'a b@c.de'],
  },
  datetime_t: {
    good: ['2024-09-10T23:20:50.520Z', '2024-09-10 23:20:50.520789Z', '2024-09-10T23:20:50+02:00'],
    bad: ['2024-09-10', '10.09.2024', 1_700_000_000_000],
  },
  bytestring_t: { good: ['', 'YWJj', 'YQ==', '-_8='], bad: ['YQ', 'YQ=', '+_8=', 'a b='] },
  string_t: { good: ['', 'text'], bad: [1, null, ['a']] },
};

describe('scalars', () => {
  const rows = Object.entries(cases).flatMap(([type, { good, bad }]) => [
    ...good.map((value) => [type, value, true] as const),
    ...bad.map((value) => [type, value, false] as const),
  ]);
  it.each(rows)('%s: %o -> %s', (type, value, accepted) => {
    expect(scalars.get(type)?.accepts(value)).toBe(accepted);
  });

  it('knows every type of the schema that is no object', () => {
    const items = [...classes.values(), ...objects.values()];
    const types = new Set(items.flatMap(({ attributes }) => [...attributes.values()].map(({ type }) => type)));
    const unknown = [...types].filter((type) => !objects.get(type) && !scalars.has(type));
    expect(unknown).toEqual(['object']);
  });

  it('checks text types without a format of their own as strings', () => {
    const expected = new Set(['string_t', ...Object.keys(cases)]);
    for (const [type, { accepts }] of scalars)
      if (!expected.has(type)) expect([accepts('any text'), accepts(1)]).toEqual([true, false]);
  });
});
