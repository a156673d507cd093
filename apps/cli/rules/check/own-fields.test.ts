import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { capabilities } from '@yuheng/capabilities';
import { expect, it } from 'vitest';
import { logsourceMap } from '../../hunt/setup.ts';
import { watchRecords } from '../explain/read.ts';
import { providerFields } from './providers/index.ts';

const corpus = resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data');
const FOLDERS = ['evtx', 'sigma-regression', 'logs'].map((folder) => join(corpus, folder));
const isHere = FOLDERS.every((folder) => existsSync(folder));
if (!isHere)
  console.info(`Skipped: which fields our sources give, for the public logs are not in ${corpus} (YUHENG_CORPUS).`);

/** Fields by category and service of each product; services only where a manifest says what else there is. */
interface Lists {
  [product: string]: { [half in 'category' | 'service']?: { [name: string]: Set<string> } };
}

/** Log sources of which fewer records were seen are left out: their lists would be too short. */
const LEAST_RECORDS = 5;

/** Names that a log makes up as it goes are no fields of its log source. */
const FIELD = /^[A-Za-z][\w.-]{0,63}$/;

it.runIf(isHere)(
  'own-fields.json holds what our sources give for the public samples',
  { timeout: 180_000 },
  async () => {
    const entries = capabilities
      .flatMap(({ logsources }) => logsources)
      .filter(({ category, service, where }) =>
        service === undefined ? category !== undefined : where.every((condition) => providerFields(condition)),
      );
    const seen = new Map(entries.map((entry) => [entry, { records: 0, fields: new Set<string>() }]));
    const kinds = new Map<string, typeof entries>();
    for (const folder of FOLDERS) {
      await watchRecords(folder, (record) => {
        let about = kinds.get(record.kind);
        if (!about) kinds.set(record.kind, (about = entries.filter((entry) => logsourceMap.answer(entry, record))));
        for (const entry of about) {
          const own = seen.get(entry)!;
          own.records++;
          const aliases = logsourceMap.answer(entry, record)!.flatMap((answer) => Object.keys(answer.aliases ?? {}));
          for (const name of [...Object.keys(record.fields), ...aliases]) if (FIELD.test(name)) own.fields.add(name);
        }
      });
    }
    const lists: Lists = {};
    for (const [{ product = '', category, service = '' }, { records, fields }] of seen) {
      if (records < LEAST_RECORDS) continue;
      const half = ((lists[product] ??= {})[category === undefined ? 'service' : 'category'] ??= {});
      const own = (half[category ?? service] ??= new Set());
      for (const field of fields) own.add(field);
    }
    const file = join(import.meta.dirname, 'generated/own-fields.json');
    const text = JSON.stringify(lists, (_, value: unknown) => (value instanceof Set ? [...value].sort() : value));
    await expect(`${text}\n`).toMatchFileSnapshot(file);
  },
);
