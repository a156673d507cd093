import { describe, expect, it } from 'vitest';
import { cleanMemberName, MAX_NAME_CHARACTERS, MemberNames } from './member-names.ts';

describe('cleanMemberName', () => {
  it.each([
    ['dir/a.log', 'dir/a.log'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/./passwd', 'etc/passwd'],
    ['C:\\Windows\\x.evtx', 'Windows/x.evtx'],
    ['a//b\\..\\c', 'a/b/c'],
    ['a\u0000\u0007\u009b.log', 'a␀␇\ufffd.log'],
    ['__proto__', '__proto__'],
    ['..', 'unnamed'],
    ['', 'unnamed'],
  ])('%j → %j', (rawName, clean) => {
    expect(cleanMemberName(rawName)).toBe(clean);
  });

  it('cuts what is too long at its beginning', () => {
    const longest = `${'d'.repeat(MAX_NAME_CHARACTERS - 5)}/x.gz`;
    expect(cleanMemberName(longest)).toBe(longest);
    const cut = cleanMemberName(`d${longest}`);
    expect(cut).toHaveLength(MAX_NAME_CHARACTERS);
    expect(cut).toMatch(/^…d.*x\.gz$/);
  });
});

describe('MemberNames', () => {
  it('tells equal members apart', () => {
    const names = new MemberNames();
    expect(['a', './a', 'a~2', 'a'].map((name) => names.claim(name).outer)).toEqual(['a', 'a~2', 'a~2~2', 'a~3']);
  });

  it('names very many equal members in a moment', () => {
    const names = new MemberNames();
    for (let copy = 1; copy < 100_000; copy++) names.claim('a');
    expect(names.claim('a').outer).toBe('a~100000');
  });

  it('leaves the ending off unless the name inside is taken', () => {
    const names = new MemberNames();
    expect(['a.gz', 'a.zst', 'b', 'b.gz', 'c', 'a'].map((name) => names.claim(name))).toEqual([
      { outer: 'a.gz', inner: 'a' },
      { outer: 'a.zst', inner: 'a.zst' },
      { outer: 'b', inner: 'b' },
      { outer: 'b.gz', inner: 'b.gz' },
      { outer: 'c', inner: 'c' },
      { outer: 'a~2', inner: 'a~2' },
    ]);
  });
});
