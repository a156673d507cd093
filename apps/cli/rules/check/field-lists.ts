import { readFile } from 'node:fs/promises';
import type { LogSource } from '@yuheng/sigma';
import { YuhengError } from '../../errors.ts';
import OWN from './generated/own-fields.json' with { type: 'json' };

/** Says which fields records of a log source have; undefined where that is not known. */
export type FieldLists = (logsource: LogSource) => ReadonlySet<string> | undefined;

/** What our own sources gave for the public samples: category → fields, by product. */
export const ownFields: FieldLists = ({ product, category, service }) => {
  if (category === undefined || service !== undefined) return undefined;
  const products = Object.entries(OWN).filter(([name]) => product === undefined || name === product);
  const lists = products.flatMap(([, categories]) => (categories as Lists)[category] ?? []);
  return lists.length > 0 ? new Set(lists) : undefined;
};

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
      const own = Object.hasOwn(products, name) ? products[name]! : {};
      return [...pick(own.category, category), ...pick(own.service, service)];
    };
    const named = listsOf(legit);
    if (named.length === 0) return undefined;
    return new Set([...(legit[name]?.common ?? []), ...named, ...listsOf(addon)]);
  };
}

/** An empty list means that nobody wrote the fields down. */
function pick(lists: Lists | undefined, name: string | undefined): readonly string[] {
  return lists && name !== undefined && Object.hasOwn(lists, name) ? lists[name]! : [];
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
