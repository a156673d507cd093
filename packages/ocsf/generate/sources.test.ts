import { describe, expect, it } from 'vitest';
import { SchemaSources } from './sources.ts';
import type { UpstreamSource } from './upstream.ts';

const files: readonly (readonly [string, UpstreamSource])[] = [
  ['events/base.json', { name: 'base', attributes: { $include: ['profiles/host.json'], time: {} } }],
  [
    'events/system.json',
    {
      name: 'system',
      extends: 'base',
      attributes: { actor: { profile: null } },
      constraints: { at_least_one: ['actor'] },
    },
  ],
  [
    'events/file.json',
    { name: 'file', extends: 'system', attributes: { actor: {}, device: {}, region: { profile: 'cloud' } } },
  ],
  ['events/log.json', { name: 'log', extends: 'system', constraints: {} }],
  [
    'objects/process.json',
    { name: 'process', caption: 'Process', attributes: { pid: {} }, constraints: { at_least_one: ['pid'] } },
  ],
  [
    'extensions/linux/objects/process.json',
    { caption: 'Linux Process', extends: 'process', attributes: { $include: ['profiles/linux_users.json'] } },
  ],
  [
    'extensions/macos/objects/process.json',
    {
      extends: 'process',
      attributes: { $include: ['profiles/macos_users.json'], gid: {} },
      constraints: { just_one: ['uid'] },
    },
  ],
  ['extensions/linux/profiles/linux_users.json', { name: 'linux_users', attributes: { euid: {}, auid: {}, pid: {} } }],
  ['extensions/macos/profiles/macos_users.json', { name: 'macos_users', attributes: { euid: {} } }],
  ['profiles/host.json', { name: 'host', attributes: { actor: {}, device: {} } }],
];
const sources = new SchemaSources(new Map(files));

describe('SchemaSources', () => {
  it.each([
    ['events', 'base', { time: [], actor: ['host'], device: ['host'] }],
    ['events', 'file', { time: [], actor: [], device: ['host'], region: ['cloud'] }],
    [
      'objects',
      'process',
      { pid: [], gid: [], auid: ['linux/linux_users'], euid: ['linux/linux_users', 'macos/macos_users'] },
    ],
  ] as const)('%s/%s: tells native attributes from those of profiles', (kind, key, expected) => {
    expect(Object.fromEntries(sources.origins(kind, key))).toEqual(expected);
  });

  it("keeps an object's caption when extensions add to it", () => {
    expect(sources.caption('objects', 'process')).toBe('Process');
  });

  it.each([
    ['events', 'base', {}],
    ['events', 'system', { at_least_one: ['actor'] }],
    ['events', 'file', { at_least_one: ['actor'] }],
    ['events', 'log', {}],
    ['objects', 'process', { just_one: ['uid'] }],
  ] as const)('%s/%s: has the nearest constraints', (kind, key, expected) => {
    expect(sources.constraints(kind, key)).toEqual(expected);
  });

  it('says what is missing from an incomplete folder', () => {
    expect(() => sources.origins('events', 'dns')).toThrow('The schema sources have no events/dns');
    const alone = new SchemaSources(new Map(files.slice(0, 1)));
    expect(() => alone.origins('events', 'base')).toThrow('include profiles/host.json, which is not there');
  });
});
