import { describe, expect, it } from 'vitest';
import { tacticOf, tactics, techniqueOf } from './index.ts';

describe('tactics', () => {
  it('tells an attack from reconnaissance to impact', () => {
    expect(tactics[0]?.short).toBe('reconnaissance');
    expect(tactics.at(-1)?.short).toBe('impact');
    expect(tactics).toHaveLength(15);
  });

  it.each([
    ['defense_evasion', 'stealth'],
    ['TA0112', 'defense-impairment'],
    ['credential_access', 'credential-access'],
  ])('reads %s as %s', (name, short) => expect(tacticOf(name)?.short).toBe(short));

  it('knows no other words', () => expect(tacticOf('constructor')).toBeUndefined());
});

describe('techniques', () => {
  it('names a sub-technique and its parent', () => {
    expect(techniqueOf('t1059.001')).toMatchObject({ id: 'T1059.001', name: 'PowerShell', parent: 'T1059' });
  });

  it('follows a revoked id to the technique that replaced it', () =>
    expect(techniqueOf('T1562.001')?.id).toBe('T1685'));

  it('knows no other ids', () => expect(techniqueOf('T0000')).toBeUndefined());
});
