import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSameId, isUuid, type Placeholders, type RuleSet, type SigmaSource } from '@yuheng/sigma';
import { YuhengError } from '../errors.ts';
import { loadCachedRules } from './rule-cache.ts';

/** Rule texts as they go to every worker. */
export interface RuleTexts {
  readonly sources: readonly SigmaSource[];
  readonly exclude: readonly string[];
  /** Values of placeholders; none where absent. */
  readonly placeholders?: Placeholders;
}

/** The folder that holds our capabilities: beside the built program, or in the source tree. */
function capabilitiesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 6; up++, folder = dirname(folder)) {
    const candidate = join(folder, 'capabilities');
    if (existsSync(candidate)) return candidate;
  }
  throw new YuhengError('YH-BROKEN-INSTALL', {
    en: 'The built-in rules are missing beside the program. Install Yuheng again.',
    'zh-CN': '程序旁缺少内置规则。请重新安装玉衡。',
  });
}

/** Reads rule files: our own (unless not wanted) and those below the given folders. Tests beside rules (`*.test.yml`) are none. */
export async function readRuleTexts(paths: readonly string[], builtin: boolean): Promise<SigmaSource[]> {
  const sources: SigmaSource[] = [];
  if (builtin) {
    const root = capabilitiesFolder();
    for (const file of await ruleFiles(root)) {
      const name = relative(root, file);
      if (name.split(sep)[1] === 'rules') sources.push(readRuleFile(file, name));
    }
  }
  for (const path of paths) {
    for (const file of await existing(path))
      sources.push(readRuleFile(file, file === path ? path : relative(path, file)));
  }
  return sources;
}

/** All rule files at these paths, in order. */
export async function ruleFilesBelow(paths: readonly string[]): Promise<string[]> {
  return (await Promise.all(paths.map(existing))).flat();
}

/** Compiles rule texts. Excluded rules are left out: they neither make findings nor feed correlations. */
export function compileRules({ sources, exclude, placeholders = {} }: RuleTexts): RuleSet {
  const loaded = loadCachedRules(sources, placeholders);
  const wanted = (uid: string): boolean => !exclude.some((id) => isSameId(id, uid));
  const correlations = loaded.correlations.filter(({ correlation }) => wanted(correlation.uid));
  // Rules that only an excluded correlation kept silent speak again.
  const silencing = correlations.filter(({ correlation }) => !correlation.generate);
  const silenced = new Set(silencing.flatMap(({ correlation }) => correlation.rules));
  return {
    ...loaded,
    silent: new Set([...loaded.silent].filter((uid) => silenced.has(uid))),
    rules: loaded.rules.filter(({ rule }) => wanted(rule.uid)),
    correlations,
  };
}

/** Excluded ids that stand in no rule file. */
export function idleExclusions({ sources, exclude }: RuleTexts): readonly string[] {
  return exclude.filter((id) => {
    const folded = id.toLowerCase();
    return !sources.some(({ text }) => text.includes(id) || (isUuid(id) && text.toLowerCase().includes(folded)));
  });
}

async function existing(path: string): Promise<string[]> {
  try {
    return (await stat(path)).isDirectory() ? await ruleFiles(path) : [path];
  } catch (error) {
    throw new YuhengError('YH-RULES-UNREADABLE', {
      en: `The rules at ${path} cannot be read (${(error as Error).message}). Give a folder or a .yml file that exists.`,
      'zh-CN': `无法读取 ${path} 处的规则（${(error as Error).message}）。请给出存在的文件夹或 .yml 文件。`,
    });
  }
}

async function ruleFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => /\.ya?ml$/.test(entry.name) && !/\.test\.ya?ml$/.test(entry.name))
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ entry, path }) => entry.isFile() || (entry.isSymbolicLink() && mayBeFile(path)))
    .map(({ path }) => path)
    .sort();
}

/** Reading a pipe would wait for ever. A link that leads nowhere stays: what it meant is told as unreadable. */
function mayBeFile(link: string): boolean {
  return statSync(link, { throwIfNoEntry: false })?.isFile() ?? true;
}

/** What stands for letters that are not UTF-8, and may itself stand in a text. */
const UNREADABLE = '\ufffd';

/** The text of a rule file, or why there is none. Thousands of small files: asking for each asynchronously costs five times the reading. */
export function readRuleFile(path: string, name = path): SigmaSource {
  const file = name.split(sep).join('/');
  try {
    // Read as text: twice as fast as bytes that are looked at and decoded.
    const text = readFileSync(path, 'utf8');
    // Letters that cannot be read would be looked for as something else, and never found.
    const isText = !text.includes(UNREADABLE) || isUtf8(readFileSync(path));
    return isText ? { file, text } : { file, text: '', fault: 'it is not UTF-8 text' };
  } catch (error) {
    return { file, text: '', fault: (error as Error).message };
  }
}
