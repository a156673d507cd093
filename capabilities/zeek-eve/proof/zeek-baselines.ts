import { newFields } from '@yuheng/engine';
import { corpusFile, corpusFiles, recordsOf, sourceOf } from './corpus.ts';

/** Entries of Zeek's own test baselines, and those that lack something: a column that is set and no field, or the entry itself. */
export async function runBaselines(): Promise<{ files: number; entries: number; columns: number; wrong: string[] }> {
  const wrong: string[] = [];
  let [files, entries, columns] = [0, 0, 0];
  for (const path of corpusFiles('zeek/Baseline', /\.log[\w.]*$/)) {
    const text = corpusFile(path).toString();
    if (!/^#fields\t/m.test(text)) continue;
    files++;
    const source = sourceOf(Buffer.from(text));
    const records = source?.id === 'zeek-tsv' ? (await recordsOf(text, source)).records : [];
    for (const [index, { number, cells }] of setCells(text).entries()) {
      entries++;
      columns += cells.length;
      const { fields, raw } = records[index] ?? { fields: newFields(), raw: '' };
      const lacking = cells.filter(([name, cell]) => !told(fields[name], cell) || !raw.includes(cell));
      if (lacking.length > 0) wrong.push(`${path}:${number} ${lacking.map(([name]) => name).join(' ')}`);
    }
  }
  return { files, entries, columns, wrong };
}

interface Entry {
  readonly number: number;
  readonly cells: (readonly [name: string, cell: string])[];
}

/** The set cells of each line, cut by hand. */
function setCells(text: string): Entry[] {
  let names: string[] = [];
  return text.split('\n').flatMap((line, index): Entry[] => {
    if (line.startsWith('#fields')) names = line.split('\t').slice(1);
    if (line === '' || line.startsWith('#')) return [];
    const cells = line.split('\t').map((cell, at) => [names[at] ?? 'no name', cell] as const);
    return [{ number: index + 1, cells: cells.filter(([, cell]) => cell !== '-') }];
  });
}

/** Whether a field says what the cell says: the same text, number, truth or list. */
function told(value: unknown, cell: string): boolean {
  if (cell === '(empty)') return value === '' || (Array.isArray(value) && value.length === 0);
  if (typeof value === 'boolean') return cell === (value ? 'T' : 'F');
  if (typeof value === 'number') return Number(cell) === value;
  if (Array.isArray(value)) return value.length === cell.split(',').length;
  return typeof value === 'string' && (value === cell || cell.includes('\\'));
}
