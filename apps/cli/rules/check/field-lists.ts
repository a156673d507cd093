import { readFile } from 'node:fs/promises';
import type { LogsourceEntry } from '@yuheng/engine';
import type { LogSource } from '@yuheng/sigma';
import { YuhengError } from '../../errors.ts';
import { logsourceMap } from '../../hunt/setup.ts';
import OWN from './generated/own-fields.json' with { type: 'json' };
import { providerFields } from './providers/index.ts';

/** Says which fields records of a log source have; undefined where that is not known. */
export type FieldLists = (logsource: LogSource) => ReadonlySet<string> | undefined;

/**
 * What records that answer a log source have by their providers' manifests, joined with what our own sources gave for the public
 * samples: manifests leave out what collectors add, and samples what they happen not to hold.
 */
export const ownFields: FieldLists = (logsource) => {
  if (logsource.category === undefined && logsource.service === undefined) return undefined;
  // Records in a schema of their own do not use the rules' names.
  const halves = logsourceMap
    .alternatives(logsource)
    .map((entries) => entries.filter(({ where }) => where.some(({ table }) => table === undefined)));
  const lists = halves.flat().map(fieldsOfEntry);
  if (halves.some((half) => half.length === 0) || lists.includes(undefined)) return undefined;
  return new Set(lists.flatMap((list) => list ?? []));
};

/** Undefined where a kind of its records has neither manifest nor samples. */
function fieldsOfEntry(entry: LogsourceEntry): readonly string[] | undefined {
  const seen = sampledFields(entry);
  const named = entry.where.map(providerFields);
  if (seen.length === 0 && named.includes(undefined)) return undefined;
  const aliases = entry.where.flatMap((condition) => Object.entries(condition.aliases ?? {}).flat());
  return [...seen, ...named.flatMap((names) => names ?? []), ...aliases];
}

function sampledFields({ product = '', category, service }: LogsourceEntry): readonly string[] {
  const own = pick(OWN as Products, product);
  return [...(pick(own?.category, category) ?? []), ...(pick(own?.service, service) ?? [])];
}

interface Lists {
  readonly [name: string]: readonly string[];
}

/** A product of a list in SigmaHQ's form. */
interface Product {
  readonly common?: readonly string[];
  readonly category?: Lists;
  readonly service?: Lists;
}

interface Products {
  readonly [product: string]: Product;
}

/** Reads SigmaHQ's `logsource.json`: fields that logs have (`legit`), and those that tools add (`addon`). */
export async function readFieldLists(path: string): Promise<FieldLists> {
  const { legit, addon = {} } = await parse(path);
  return ({ product, category, service }) => {
    const name = product ?? 'empty';
    const listsOf = (products: Products): readonly string[] => {
      const own = pick(products, name);
      return [...(pick(own?.category, category) ?? []), ...(pick(own?.service, service) ?? [])];
    };
    const named = listsOf(legit);
    // An empty list means that nobody wrote the fields down.
    if (named.length === 0) return undefined;
    return new Set([...(pick(legit, name)?.common ?? []), ...named, ...listsOf(addon)]);
  };
}

/** What stands under a name, whatever objects inherit. */
function pick<T>(lists: { readonly [name: string]: T } | undefined, name: string | undefined): T | undefined {
  return lists && name !== undefined && Object.hasOwn(lists, name) ? lists[name] : undefined;
}

async function parse(path: string): Promise<{ readonly legit: Products; readonly addon?: Products }> {
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as { legit?: Products; addon?: Products } | null;
    if (content?.legit === undefined) throw new Error('it has no "legit"');
    return { legit: content.legit, ...(content.addon ? { addon: content.addon } : {}) };
  } catch (error) {
    const why = (error as Error).message;
    throw new YuhengError('YH-FIELDS-UNREADABLE', {
      en: `The field lists in ${JSON.stringify(path)} cannot be read (${why}). Give a file in the form of SigmaHQ's logsource.json.`,
      'zh-CN': `无法读取 ${JSON.stringify(path)} 中的字段表（${why}）。请给出 SigmaHQ logsource.json 格式的文件。`,
    });
  }
}
