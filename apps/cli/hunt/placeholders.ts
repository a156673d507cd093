import { parsePlaceholders, type PlaceholderFault, type Placeholders } from '@yuheng/sigma';
import { YuhengError } from '../errors.ts';
import { printable } from '../printable.ts';
import { readRuleFile } from './rules.ts';

/** Reads the values that `--placeholders` gives, if any; throws where the file is none of these. */
export function readPlaceholders(path: string | undefined): Placeholders {
  if (path === undefined) return {};
  const { text, fault } = readRuleFile(path);
  if (fault !== undefined) throw wrong(path, { en: fault, 'zh-CN': fault });
  const read = parsePlaceholders(text);
  if (isFault(read)) throw wrong(path, reasonOf(read));
  return read;
}

/** A placeholder may be called `kind` too: its values are a list. */
function isFault(read: Placeholders | PlaceholderFault): read is PlaceholderFault {
  return typeof read['kind'] === 'string';
}

type Both = { readonly en: string; readonly 'zh-CN': string };

function reasonOf(fault: PlaceholderFault): Both {
  switch (fault.kind) {
    case 'syntax': {
      const { line, why } = fault;
      return {
        en: `${line === undefined ? '' : `line ${line}: `}${why}`,
        'zh-CN': `${line === undefined ? '' : `第 ${line} 行：`}${why}`,
      };
    }
    case 'shape':
      return { en: 'it is not one map', 'zh-CN': '它不是一个映射' };
    case 'name': {
      const name = JSON.stringify(fault.name);
      return { en: `${name} stands with percent signs, or is empty`, 'zh-CN': `${name} 带有百分号，或为空` };
    }
    case 'values': {
      const name = JSON.stringify(fault.name);
      return {
        en: `${name} has no values, or other ones than texts and numbers`,
        'zh-CN': `${name} 没有值，或含有文本和数字以外的值`,
      };
    }
  }
}

function wrong(path: string, why: Both): YuhengError {
  const shown = printable(path);
  return new YuhengError('YH-PLACEHOLDERS', {
    en: `--placeholders ${shown} cannot be used: ${printable(why.en)}. Give a YAML file that holds names with a value or a list of values: "admins: [alice, bob]".`,
    'zh-CN': `无法使用 --placeholders ${shown}：${printable(why['zh-CN'])}。请给出 YAML 文件，内容为名称及其值或值列表："admins: [alice, bob]"。`,
  });
}
