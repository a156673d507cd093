import type { Language } from '@yuheng/engine';

/** Sentences of a hunt's terminal output. */
interface HuntWords {
  readonly headline: (incidents: number, findings: number, worst: string | undefined) => string;
  readonly incidentColumns: string[];
  readonly findingColumns: string[];
  readonly more: (count: number) => string;
  readonly files: (files: string, bytes: string) => string;
  readonly books: (read: string, parsed: string, unparsed: string, unparsedBy: string, refused: string) => string;
  readonly duplicates: (count: string) => string;
  readonly assumed: (what: string) => string;
  readonly rules: (loaded: string, rejected: string) => string;
  readonly unreadable: (name: string, reason: string, detail: string) => string;
  readonly refused: (file: string, offset: string, reason: string, detail: string, advice: string) => string;
  readonly written: (path: string) => string;
  readonly idleExclude: (id: string) => string;
  readonly nothing: string;
}

export const huntWords: { readonly [language in Language]: HuntWords } = {
  en: {
    headline: (incidents, findings, worst) =>
      findings === 0
        ? 'Nothing was found.'
        : incidents === 0
          ? `No incident; ${findings} single finding${findings === 1 ? '' : 's'}.`
          : `${incidents} incident${incidents === 1 ? '' : 's'} in ${findings} findings. The worst: ${worst}.`,
    incidentColumns: ['Severity', 'Score', 'Incident', 'First and last', 'Findings'],
    findingColumns: ['Severity', 'Count', 'Rule', 'Hosts', 'First'],
    more: (count) => `… and ${count} more (write a report with --out report.html)`,
    files: (files, bytes) => `Files: ${files} read (${bytes}).`,
    books: (read, parsed, unparsed, unparsedBy, refused) =>
      `Records: ${read} read = ${parsed} understood + ${unparsed} not understood${unparsedBy && ` (${unparsedBy})`} + refused: ${refused || 'none'}.`,
    duplicates: (count) => `Copies of records that were joined: ${count}.`,
    assumed: (what) => `Times completed by assumption: ${what} (see --year, --timezone).`,
    rules: (loaded, rejected) =>
      `Rules: ${loaded} loaded, ${rejected} rejected${rejected === '0' ? '' : ' (yuheng rules check tells why)'}.`,
    unreadable: (name, reason, detail) => `Not read: ${name} – ${reason}: ${detail}`,
    refused: (file, offset, reason, detail, advice) =>
      `Refused: ${file} at byte ${offset} – ${reason}: ${detail}. ${advice}`,
    written: (path) => `Written: ${path}`,
    idleExclude: (id) => `--exclude ${id}: no rule has this id.`,
    nothing: 'Nothing could be read. Give a file or folder with logs.',
  },
  'zh-CN': {
    headline: (incidents, findings, worst) =>
      findings === 0
        ? '没有发现。'
        : incidents === 0
          ? `没有构成安全事件；有 ${findings} 条单独的发现。`
          : `${findings} 条发现构成 ${incidents} 个安全事件。最严重的：${worst}。`,
    incidentColumns: ['级别', '评分', '安全事件', '首末时间', '发现'],
    findingColumns: ['级别', '次数', '规则', '主机', '首次'],
    more: (count) => `……另有 ${count} 项（用 --out report.html 生成报告）`,
    files: (files, bytes) => `文件：读取 ${files} 个（${bytes}）。`,
    books: (read, parsed, unparsed, unparsedBy, refused) =>
      `记录：读取 ${read} = 已解析 ${parsed} + 未解析 ${unparsed}${unparsedBy && `（${unparsedBy}）`} + 拒收：${refused || '无'}。`,
    duplicates: (count) => `合并的重复记录：${count}。`,
    assumed: (what) => `按假定补全的时间：${what}（见 --year、--timezone）。`,
    rules: (loaded, rejected) =>
      `规则：加载 ${loaded} 条，拒绝 ${rejected} 条${rejected === '0' ? '' : '（yuheng rules check 说明原因）'}。`,
    unreadable: (name, reason, detail) => `未读取：${name} – ${reason}：${detail}`,
    refused: (file, offset, reason, detail, advice) =>
      `拒收：${file} 第 ${offset} 字节 – ${reason}：${detail}。${advice}`,
    written: (path) => `已写入：${path}`,
    idleExclude: (id) => `--exclude ${id}：没有此编号的规则。`,
    nothing: '没有可读取的内容。请给出含有日志的文件或文件夹。',
  },
};
