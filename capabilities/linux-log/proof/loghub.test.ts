import { describe, expect, it } from 'vitest';
import type { Record } from '@yuheng/engine';
import { corpusText, hasCorpus, recordsOf } from './corpus.ts';

/** Lines of a structured CSV as maps by its header (RFC 4180 quotes). */
function rows(text: string): Map<string, string>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/).map(cells);
  return lines.map((line) => new Map(header!.map((name, index) => [name, line[index] ?? ''])));
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare!,
  );
}

/** loghub cuts blanks at both ends, and its PID and component where there is none. */
const columns = ({ fields }: Record): string[] =>
  [fields['program'], fields['pid'], fields['message']].map((value) => String(value ?? '').trim());

describe.skipIf(!hasCorpus)('loghub: structured columns', () => {
  it.each([
    ['Linux', 'Level', 'PID'],
    ['OpenSSH', 'Component', 'Pid'],
  ])('%s: every line parses, host, program, pid and content equal', async (name, host, pid) => {
    const { records, counts } = await recordsOf(corpusText(`logs/loghub/${name}/${name}_2k.log`), 'syslog', 2005);
    const expected = rows(corpusText(`logs/loghub/${name}/${name}_2k.log_structured.csv`));
    expect(counts).toMatchObject({ read: 2000, parsed: 2000, unparsed: 0 });
    const component = name === 'Linux' ? 'Component' : '';
    const differences = expected.flatMap((row, index) => {
      const record = records[index]!;
      const want = [component === '' ? 'sshd' : row.get(component)!, row.get(pid)!, row.get('Content')!].map((text) =>
        text.trim(),
      );
      const found = columns(record);
      const same =
        want.every((text, at) => text === found[at]) &&
        (record.fields['hostname'] === row.get(host) || name === 'OpenSSH');
      return same ? [] : [{ line: index + 1, want, found }];
    });
    expect(differences).toEqual([]);
  });
});
