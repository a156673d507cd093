import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, MAX_FOUND, MAX_PROBLEMS, validate, type Problem } from './index.ts';

type Json = Record<string, unknown>;

/** A valid Authentication; the cases below break it in one place each. */
const good: Json = {
  class_uid: 3002,
  class_name: 'Authentication',
  category_uid: 3,
  category_name: 'Identity & Access Management',
  activity_id: 1,
  activity_name: 'Logon',
  type_uid: 300201,
  type_name: 'Authentication: Logon',
  severity_id: 1,
  time: 1_700_000_000_000,
  metadata: { version: '1.8.0', product: { name: 'Test' } },
  user: { name: 'alice' },
  service: { name: 'sshd' },
};

const withProfiles = (profiles: unknown, more: Json): Json => ({
  ...good,
  metadata: { version: '1.8.0', product: { name: 'Test' }, profiles },
  ...more,
});

const cases: readonly (readonly [title: string, event: unknown, problem: Partial<Problem>])[] = [
  ['no object', [good], { path: '', what: 'type', found: 'an array of 1' }],
  ['nothing at all', undefined, { path: '', what: 'type', found: 'nothing' }],
  ['an unknown class', { ...good, class_uid: 4711 }, { path: 'class_uid', what: 'class', found: '4711' }],
  ['a class as text', { ...good, class_uid: '3002' }, { path: 'class_uid', what: 'class', found: '"3002"' }],
  ['a required attribute absent', { ...good, time: undefined }, { path: 'time', what: 'missing', found: 'nothing' }],
  [
    'a required attribute of an object absent',
    { ...good, metadata: { version: '1.8.0' } },
    { path: 'metadata.product', what: 'missing', expected: 'a value, Metadata requires it' },
  ],
  [
    'an unknown attribute',
    { ...good, foo: 1 },
    { path: 'foo', what: 'unknown', expected: 'an attribute of Authentication' },
  ],
  ['an unknown attribute below', { ...good, user: { name: 'a', 'b c': 1 } }, { path: 'user["b c"]', what: 'unknown' }],
  [
    '__proto__ as a key',
    JSON.parse(JSON.stringify(good).replace('"time"', '"__proto__":{},"time"')),
    { path: '__proto__', what: 'unknown' },
  ],
  ['an inherited name', { ...good, toString: 1 }, { path: 'toString', what: 'unknown' }],
  ['null', { ...good, message: null }, { path: 'message', what: 'type', expected: 'a string', found: 'null' }],
  ['text for a number', { ...good, time: '1' }, { path: 'time', what: 'type' }],
  ['a fraction of a millisecond', { ...good, time: 1.5 }, { path: 'time', what: 'type' }],
  ['a scalar for an object', { ...good, user: 'alice' }, { path: 'user', what: 'type', expected: 'an object (User)' }],
  [
    'a Map for a free object',
    { ...good, unmapped: new Map() },
    { path: 'unmapped', what: 'type', expected: 'an object (any)' },
  ],
  ['one value for an array', { ...good, observables: {} }, { path: 'observables', what: 'type', expected: 'an array' }],
  ['a bad element of an array', { ...good, auth_factors: [7] }, { path: 'auth_factors[0]', what: 'type' }],
  ['a value not listed', { ...good, severity_id: 7 }, { path: 'severity_id', what: 'enum', found: '7' }],
  [
    'a text not listed',
    { ...good, http_request: { http_method: 'LOOK' } },
    { path: 'http_request.http_method', what: 'enum' },
  ],
  [
    'an observable of an unknown type',
    { ...good, observables: [{ type_id: 77 }] },
    { path: 'observables[0].type_id', what: 'enum' },
  ],
  [
    'another category',
    { ...good, category_uid: 4 },
    { path: 'category_uid', what: 'enum', expected: 'one of 3 (Identity & Access Management)' },
  ],
  [
    'a caption that its id contradicts',
    { ...good, activity_name: 'Logoff' },
    { path: 'activity_name', what: 'sibling', expected: '"Logon", as 1 says' },
  ],
  ['another class name', { ...good, class_name: 'Process Activity' }, { path: 'class_name', what: 'sibling' }],
  ['another type name', { ...good, type_name: 'Authentication: Logoff' }, { path: 'type_name', what: 'sibling' }],
  [
    'the type of another activity',
    { ...good, type_uid: 300202, type_name: undefined },
    { path: 'type_uid', what: 'type_uid', found: '300202' },
  ],
  ['the type of another class', { ...good, type_uid: 100701 }, { path: 'type_uid', what: 'enum' }],
  [
    'another schema version',
    { ...good, metadata: { version: '1.1.0', product: { name: 'T' } } },
    { path: 'metadata.version', what: 'version' },
  ],
  [
    'a profile not listed',
    { ...good, cloud: { provider: 'AWS' } },
    { path: 'cloud', what: 'profile', expected: 'cloud in metadata.profiles' },
  ],
  ['a listed profile without what it requires', withProfiles(['cloud'], {}), { path: 'cloud', what: 'missing' }],
  [
    'a profile the schema lacks',
    withProfiles(['clowd'], {}),
    { path: 'metadata.profiles[0]', what: 'enum', found: '"clowd"' },
  ],
  ['profiles that are no names', withProfiles([7], {}), { path: 'metadata.profiles[0]', what: 'type' }],
  [
    'none of a group in the class',
    { ...good, service: undefined },
    { path: '', what: 'at_least_one', expected: 'at least one of service, dst_endpoint' },
  ],
  ['none of a group in an object', { ...good, actor: {} }, { path: 'actor', what: 'at_least_one' }],
];

const authorize: Json = {
  ...{ class_uid: 3003, category_uid: 3, activity_id: 1, type_uid: 300301, severity_id: 1, time: 0 },
  ...{ metadata: { version: '1.8.0', product: { name: 'Test' } }, user: { uid: '1' } },
};

describe('validate', () => {
  it('accepts the event that the cases break', () => {
    expect(validate(good)).toEqual([]);
  });

  it.each(cases)('names %s', (_title, event, problem) => {
    const found = validate(event);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(problem);
  });

  it.each([
    ['none', {}, 'nothing'],
    ['both', { privileges: ['a'], group: { name: 'g' } }, '"privileges, group"'],
  ])('wants just one of a group, not %s', (_title, more, found) => {
    expect(validate({ ...authorize, ...more })).toEqual([
      { path: '', what: 'just_one', expected: 'just one of privileges, group', found },
    ]);
    expect(validate({ ...authorize, privileges: ['a'] })).toEqual([]);
  });

  it('takes an endpoint that is known by its address alone', () => {
    expect(validate({ ...good, service: undefined, dst_endpoint: { ip: '10.0.0.1' } })).toEqual([]);
  });

  it('leaves the caption of Other to the source', () => {
    const other = { activity_id: 99, activity_name: 'Teleport', type_uid: 300299, type_name: 'Authentication: Other' };
    expect(validate({ ...good, ...other })).toEqual([]);
  });

  it('compares arrays of ids with their captions one by one', () => {
    const event = withProfiles(['security_control'], {
      malware: [{ name: 'x', classification_ids: [1, 99, 2], classifications: ['Adware', 'Own', 'Worm'] }],
    });
    expect(validate(event)).toMatchObject([
      { path: 'malware[0].classifications[2]', what: 'sibling', found: '"Worm"' },
    ]);
  });
});

describe('profiles', () => {
  const process = (more: Json): Json => ({ actor: { process: { pid: 1, ...more } } });

  it.each([['linux/linux_users'], ['macos/macos_users']])('%s alone brings what several profiles bring', (profile) => {
    expect(validate(withProfiles([profile], process({ euid: 0 })))).toEqual([]);
  });

  it('names all profiles that would bring an attribute', () => {
    const expected = 'linux/linux_users or macos/macos_users in metadata.profiles';
    expect(validate({ ...good, ...process({ euid: 0 }) })).toMatchObject([{ what: 'profile', expected }]);
  });

  it('never asks a profile for what is native to the class', () => {
    expect(validate({ ...good, actor: { app_name: 'login' } })).toEqual([]);
    expect(validate({ ...good, device: { type_id: 1, uid: 'd' } })).toMatchObject([
      { path: 'device', what: 'profile' },
    ]);
    expect(validate(withProfiles(['host'], { device: { type_id: 1, uid: 'd' } }))).toEqual([]);
  });
});

describe('hostile events', () => {
  const chain = (length: number): Json => (length === 0 ? { pid: 1 } : { pid: 1, parent_process: chain(length - 1) });
  // The process of the actor is the second object below the event.
  const nested = (levels: number): Json => ({ ...good, actor: { process: chain(levels - 2) } });

  it('looks into objects down to MAX_DEPTH and says where it stopped', () => {
    expect(validate(nested(MAX_DEPTH))).toEqual([]);
    expect(validate(nested(MAX_DEPTH + 1))).toMatchObject([{ what: 'depth', found: 'an object' }]);
  });

  it('ends on an object that contains itself', () => {
    const loop: Json = { pid: 1 };
    loop['parent_process'] = loop;
    expect(validate({ ...good, actor: { process: loop } })).toMatchObject([{ what: 'depth' }]);
  });

  it('names MAX_PROBLEMS problems, then says that there are more', () => {
    const bad = (count: number): Json => ({ ...good, auth_factors: Array.from({ length: count }, () => 7) });
    expect(validate(bad(MAX_PROBLEMS))).toHaveLength(MAX_PROBLEMS);
    const problems = validate(bad(MAX_PROBLEMS + 1));
    expect(problems).toHaveLength(MAX_PROBLEMS + 1);
    expect(problems.at(-1)).toMatchObject({ what: 'limit' });
    expect(validate(bad(1_000_000))).toEqual(problems);
  });

  it('repeats at most MAX_FOUND characters of a value or a name', () => {
    const long = 'x'.repeat(MAX_FOUND);
    const [whole] = validate({ ...good, severity_id: long });
    const [cut] = validate({ ...good, severity_id: `${long}y`, [`${long}y`]: 1 });
    expect(whole?.found).toBe(`"${long}"`);
    expect(cut?.found).toBe(`"${long}…"`);
    expect(validate({ ...good, [`${long}y`]: 1 })[0]?.path).toBe(`["${long}…"]`);
  });

  it('never throws, whatever stands in an event', () => {
    const name = fc.constantFrom('metadata', 'user', 'observables', 'actor', 'type_uid', 'activity_id', '__proto__');
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true });
    const event = fc.dictionary(name, anything).map((more) => ({ ...good, ...more }));
    const check = fc.property(fc.oneof(event, anything), (value) => Array.isArray(validate(value)));
    expect(fc.check(check, { seed: 1, numRuns: 2000 })).toMatchObject({ failed: false });
  });
});
