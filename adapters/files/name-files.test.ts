import { describe, expect, it } from 'vitest';
import { nameFiles } from './name-files.ts';
import type { FoundFile } from './walk.ts';

function found(path: string, way: string, compressed = false): FoundFile {
  return { path, segments: way.split('/'), size: 0, compressed };
}

interface Case {
  readonly what: string;
  readonly files: readonly FoundFile[];
  readonly names: { readonly [path: string]: string };
}

const CASES: readonly Case[] = [
  {
    what: 'the way from the argument',
    files: [found('/e/h1/a.log', 'h1/a.log'), found('/e/b.log', 'b.log')],
    names: { '/e/h1/a.log': 'h1/a.log', '/e/b.log': 'b.log' },
  },
  {
    what: 'the shortest tail that tells equal names apart',
    files: [found('/e/h1/x/a.log', 'a.log'), found('/e/h2/x/a.log', 'a.log'), found('/e/h3/y/a.log', 'a.log')],
    names: { '/e/h1/x/a.log': 'h1/x/a.log', '/e/h2/x/a.log': 'h2/x/a.log', '/e/h3/y/a.log': 'y/a.log' },
  },
  {
    what: 'a longer tail where the first is another file’s name',
    files: [found('/e/h1/a.log', 'a.log'), found('/e/h2/a.log', 'a.log'), found('/f/h1/a.log', 'h1/a.log')],
    names: { '/e/h1/a.log': 'e/h1/a.log', '/e/h2/a.log': 'h2/a.log', '/f/h1/a.log': 'h1/a.log' },
  },
  {
    what: 'the longest way to one file',
    files: [found('/e/h1/a.log', 'a.log'), found('/e/h1/a.log', 'h1/a.log'), found('/e/h1/a.log', 'e.log')],
    names: { '/e/h1/a.log': 'h1/a.log' },
  },
  {
    what: 'of equally long ways the least',
    files: [found('/e/a.log', 'b.log'), found('/e/a.log', 'B.log')],
    names: { '/e/a.log': 'B.log' },
  },
  {
    what: 'the name inside a compression',
    files: [found('/e/a.evtx.gz', 'a.evtx.gz', true), found('/e/b.log.ZST', 'b.log.ZST', true)],
    names: { '/e/a.evtx.gz': 'a.evtx', '/e/b.log.ZST': 'b.log' },
  },
  {
    what: 'the ending where the name inside is taken in the same folder',
    files: [
      found('/e/a.gz', 'a.gz', true),
      found('/e/a.zst', 'a.zst', true),
      found('/e/b', 'b'),
      found('/e/b.gz', 'b.gz', true),
    ],
    names: { '/e/a.gz': 'a.gz', '/e/a.zst': 'a.zst', '/e/b': 'b', '/e/b.gz': 'b.gz' },
  },
  {
    what: 'a tail, not the ending, where the name inside is taken in another folder',
    files: [found('/e/x/a.gz', 'a.gz', true), found('/e/y/a', 'a')],
    names: { '/e/x/a.gz': 'x/a', '/e/y/a': 'y/a' },
  },
  {
    what: 'an ending that is all there is',
    files: [found('/e/.gz', '.gz', true)],
    names: { '/e/.gz': '.gz' },
  },
  {
    what: 'control characters as pictures',
    files: [found('/e/a\n\u001b[2J\u202e.log', 'a\n\u001b[2J\u202e.log')],
    names: { '/e/a\n\u001b[2J\u202e.log': 'a␊␛[2J\ufffd.log' },
  },
];

describe('nameFiles', () => {
  it.each(CASES)('$what, in any order', ({ files, names }) => {
    expect(Object.fromEntries(nameFiles(files))).toEqual(names);
    expect(Object.fromEntries(nameFiles(files.toReversed()))).toEqual(names);
  });

  it('leaves reserved names alone', () => {
    expect([...nameFiles([found('/e/stdin', 'stdin')], ['stdin']).values()]).toEqual(['e/stdin']);
  });
});
