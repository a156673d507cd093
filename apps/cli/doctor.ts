import { availableParallelism, freemem } from 'node:os';
import { capabilities } from '@yuheng/capabilities';
import type { Language } from '@yuheng/engine';
import { ruleCacheState } from './hunt/rule-cache.ts';
import { compileRules, readRuleTexts } from './hunt/rules.ts';
import { bytesText } from './text/numbers.ts';
import { version } from './version.ts';

/** Something that doctor looked at. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string;
  /** What to do about it, or what it would add. */
  readonly advice?: { readonly [language in Language]: string };
}

/** `yuheng doctor`: what this installation is, can do and lacks. Exit 1 when a hunt would not work. */
export async function doctor(options: { json?: boolean }, language: Language): Promise<number> {
  const checks = [...runtime(), await builtinRules(), ruleCache(), ...formats()];
  const sound = checks.every((check) => check.ok);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ version, sound, checks })}\n`);
  } else {
    for (const { name, ok, value, advice } of checks) {
      process.stdout.write(`${ok ? '✓' : '✗'} ${name}: ${value}${advice ? ` – ${advice[language]}` : ''}\n`);
    }
  }
  return sound ? 0 : 1;
}

const LEAST_NODE = [20, 19];

function runtime(): Check[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > LEAST_NODE[0]! || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]!);
  return [
    { name: 'yuheng', ok: true, value: version },
    {
      name: 'node',
      ok: recent,
      value: process.versions.node,
      ...(recent ? {} : { advice: { en: 'Node 20.19 or newer is needed.', 'zh-CN': '需要 Node 20.19 或更新版本。' } }),
    },
    { name: 'processors', ok: true, value: String(availableParallelism()) },
    { name: 'free memory', ok: true, value: bytesText(freemem()) },
  ];
}

async function builtinRules(): Promise<Check> {
  const rules = compileRules({ sources: await readRuleTexts([], true), exclude: [] });
  const rejected = rules.problems.filter((problem) => problem.severity === 'error').length;
  const loaded = rules.rules.length + rules.correlations.length;
  return { name: 'built-in rules', ok: rejected === 0 && loaded > 0, value: `${loaded} loaded, ${rejected} rejected` };
}

function ruleCache(): Check {
  const { folder, fault } = ruleCacheState();
  if (fault === undefined) return { name: 'rule cache', ok: true, value: folder };
  const advice = {
    en: `It is not used: ${fault}. Rules are read anew each time. Remove it, or let only yourself write to it (chmod 700).`,
    'zh-CN': `未使用：${fault}。每次都会重新读取规则。请删除它，或仅允许您自己写入（chmod 700）。`,
  };
  return { name: 'rule cache', ok: true, value: folder, advice };
}

function formats(): Check[] {
  return capabilities.map(({ id, sources }) => ({
    name: id,
    ok: true,
    value: sources.map((source) => source.id).join(', '),
  }));
}
