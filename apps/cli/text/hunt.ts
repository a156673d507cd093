import type { Language } from '@yuheng/engine';
import { countText } from '@yuheng/report';

/** What a hunt's first sentence is made of. */
export interface Headline {
  readonly incidents: number;
  readonly findings: number;
  /** Title of the worst incident. */
  readonly worst: string | undefined;
  readonly read: number;
  /** Records that were understood. */
  readonly parsed: number;
}

/** Sentences of a hunt's terminal output. Counts come as text where they are only shown. */
interface HuntWords {
  readonly headline: (about: Headline) => string;
  readonly incidentColumns: { readonly [column in IncidentColumn]: string };
  readonly findingColumns: { readonly [column in FindingColumn]: string };
  readonly more: (count: number) => string;
  readonly files: (files: string, bytes: string) => string;
  readonly books: (read: string, parsed: string, unparsed: string, unparsedBy: string, refused: string) => string;
  readonly duplicates: (count: string) => string;
  readonly assumed: (what: string) => string;
  readonly outside: (count: number) => string;
  readonly untold: (count: number, level: string) => string;
  readonly rules: (loaded: string, rejected: string) => string;
  readonly rejected: (file: string, what: string) => string;
  readonly rejectedMany: (count: string, paths: string) => string;
  readonly unreadable: (name: string, loss: string) => string;
  readonly earlier: (name: string) => string;
  readonly refused: (file: string, offset: string, loss: string, advice: string) => string;
  readonly written: (path: string) => string;
  readonly idleExclude: (id: string) => string;
  readonly nothing: string;
}

export type IncidentColumn = 'severity' | 'score' | 'title' | 'first' | 'last' | 'findings';
export type FindingColumn = 'severity' | 'count' | 'title' | 'hosts' | 'first';

/** `1 finding`, `2,000 findings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

export const huntWords: { readonly [language in Language]: HuntWords } = {
  en: {
    headline: ({ incidents, findings, worst, read, parsed }) => {
      if (incidents > 0)
        return `${counted(incidents, 'incident')} in ${counted(findings, 'finding')}. The worst: ${worst}.`;
      if (findings > 0) return `No incident; ${counted(findings, 'single finding')}.`;
      if (read === 0) return 'Nothing was found: there are no records in what was read.';
      if (parsed > 0) return 'Nothing was found.';
      return `Nothing was understood, so nothing could be found: of ${counted(read, 'record')} none is in a format that is known here. \`yuheng doctor\` lists the formats; --encoding helps with text that is not UTF-8.`;
    },
    incidentColumns: {
      severity: 'Severity',
      score: 'Score',
      title: 'Incident',
      first: 'First (UTC)',
      last: 'Last (UTC)',
      findings: 'Findings',
    },
    findingColumns: { severity: 'Severity', count: 'Count', title: 'Rule', hosts: 'Hosts', first: 'First (UTC)' },
    more: (count) => `… and ${countText(count)} more (write a report with --out report.html)`,
    files: (files, bytes) => `Files: ${files} read (${bytes}).`,
    books: (read, parsed, unparsed, unparsedBy, refused) =>
      `Records: ${read} read = ${parsed} understood + ${unparsed} not understood${unparsedBy && ` (${unparsedBy})`} + refused: ${refused || 'none'}.`,
    duplicates: (count) => `Copies of records that were joined: ${count}.`,
    assumed: (what) => `Times completed by assumption: ${what} (see --year, --timezone).`,
    outside: (count) => `Outside --from and --to: ${counted(count, 'match', 'matches')}, left out.`,
    untold: (count, level) => `Below --min-level ${level}: ${counted(count, 'finding')}, not told.`,
    rules: (loaded, rejected) => `Rules: ${loaded} loaded, ${rejected} rejected.`,
    rejected: (file, what) => `Rejected: ${file} – ${what}`,
    rejectedMany: (count, paths) => `Why ${count} rules were rejected is told by: yuheng rules check ${paths}`,
    unreadable: (name, loss) => `Not read: ${name} – ${loss}`,
    earlier: (name) => `Not read: ${name} – findings of an earlier hunt.`,
    refused: (file, offset, loss, advice) => `Refused: ${file} at byte ${offset} – ${loss}. ${advice}`,
    written: (path) => `Written: ${path}`,
    idleExclude: (id) => `--exclude ${id}: no rule has this id.`,
    nothing: 'Nothing could be read. Give a file or folder with logs.',
  },
  'zh-CN': {
    headline: ({ incidents, findings, worst, read, parsed }) => {
      if (incidents > 0)
        return `${countText(findings)} 条发现构成 ${countText(incidents)} 个安全事件。最严重的：${worst}。`;
      if (findings > 0) return `没有构成安全事件；有 ${countText(findings)} 条单独的发现。`;
      if (read === 0) return '没有发现：读取的内容中没有记录。';
      if (parsed > 0) return '没有发现。';
      return `没有任何记录被解析，因此无从发现：${countText(read)} 条记录都不是这里认识的格式。\`yuheng doctor\` 列出支持的格式；文本不是 UTF-8 时可用 --encoding。`;
    },
    incidentColumns: {
      severity: '级别',
      score: '评分',
      title: '安全事件',
      first: '首次 (UTC)',
      last: '末次 (UTC)',
      findings: '发现',
    },
    findingColumns: { severity: '级别', count: '次数', title: '规则', hosts: '主机', first: '首次 (UTC)' },
    more: (count) => `……另有 ${countText(count)} 项（用 --out report.html 生成报告）`,
    files: (files, bytes) => `文件：读取 ${files} 个（${bytes}）。`,
    books: (read, parsed, unparsed, unparsedBy, refused) =>
      `记录：读取 ${read} = 已解析 ${parsed} + 未解析 ${unparsed}${unparsedBy && `（${unparsedBy}）`} + 拒收：${refused || '无'}。`,
    duplicates: (count) => `合并的重复记录：${count}。`,
    assumed: (what) => `按假定补全的时间：${what}（见 --year、--timezone）。`,
    outside: (count) => `在 --from 与 --to 之外：${countText(count)} 次命中，未计入。`,
    untold: (count, level) => `低于 --min-level ${level}：${countText(count)} 条发现，未列出。`,
    rules: (loaded, rejected) => `规则：加载 ${loaded} 条，拒绝 ${rejected} 条。`,
    rejected: (file, what) => `被拒绝：${file} – ${what}`,
    rejectedMany: (count, paths) => `${count} 条规则被拒绝的原因，请运行：yuheng rules check ${paths}`,
    unreadable: (name, loss) => `未读取：${name} – ${loss}`,
    earlier: (name) => `未读取：${name} – 先前搜寻的输出。`,
    refused: (file, offset, loss, advice) => `拒收：${file} 第 ${offset} 字节 – ${loss}。${advice}`,
    written: (path) => `已写入：${path}`,
    idleExclude: (id) => `--exclude ${id}：没有此编号的规则。`,
    nothing: '没有可读取的内容。请给出含有日志的文件或文件夹。',
  },
};
