import type { Language } from '@yuheng/engine';
import { countText } from '@yuheng/report';
import { inChinese } from './problem.ts';

/** Chinese words for the codes of reasons and assumptions; English shows the codes, which are what scripts see too. */
const CHINESE: ReadonlyMap<string, string> = new Map([
  ['damaged', '已损坏'],
  ['encrypted', '已加密'],
  ['impossible-time', '时间不可能'],
  ['internal-error', '内部错误'],
  ['io', '读写错误'],
  ['missing', '不存在'],
  ['no-audit-event', '不是审计事件'],
  ['no-audit-line', '不是审计日志行'],
  ['no-decoy-touch', '不是诱饵触碰'],
  ['no-eve-event', '不是 EVE 事件'],
  ['no-fields-yet', '缺少表头'],
  ['no-journal-entry', '不是 journal 条目'],
  ['no-ocsf-event', '不是 OCSF 事件'],
  ['no-permission', '没有权限'],
  ['no-syslog-line', '不是 syslog 行'],
  ['no-syslog-row', '不是 syslog 记录'],
  ['no-sysmon-event', '不是 Sysmon 事件'],
  ['no-web-server-line', '不是 Web 服务器日志行'],
  ['no-windows-event', '不是 Windows 事件'],
  ['not-json', '不是 JSON'],
  ['not-xml', '不是 XML'],
  ['other-columns', '列数不符'],
  ['too-deep', '嵌套过深'],
  ['too-large', '过大'],
  ['too-long', '过长'],
  ['truncated', '不完整'],
  ['unknown-format', '未知格式'],
  ['unknown-stream', '未知日志流'],
  ['unsupported', '不支持'],
]);

/** What was assumed of times. */
const CHINESE_ASSUMPTIONS: ReadonlyMap<string, string> = new Map([
  ['missing', '无时间'],
  ['year', '年份'],
  ['zone', '时区'],
]);

/** Why a file could not be read and what to do, where the reason says enough; English has it from who read the file. */
const CHINESE_LOSSES: ReadonlyMap<string, string> = new Map([
  ['damaged', '其余部分无法读取。请从来源重新拷贝。'],
  ['encrypted', '它受密码保护（已试过 infected）。请先用密码解开，再给出文件夹。'],
  ['internal-error', '读取程序出错。请连同该文件报告此问题。'],
  ['io', '操作系统无法读取它。请检查磁盘，或把文件拷贝到别处再试。'],
  ['missing', '没有这个文件或文件夹。请检查路径，以及链接指向的内容是否存在。'],
  ['no-permission', '权限不足。请换用有权限的用户，或修改其权限。'],
  ['too-deep', '压缩包嵌套过深，没有解开。请自行解开外层，再给出文件夹。'],
  ['too-large', '解开后超出上限，其余没有读取。请自行解开，再给出文件夹。'],
  ['truncated', '其余部分缺失。请从来源重新拷贝。'],
  ['unsupported', '无法直接读取它。请自行解开或拷贝为普通文件；管道请经标准输入（-）传入。'],
]);

/** A reason's code, in words where there are some. */
function reasonText(reason: string, language: Language): string {
  return (language === 'zh-CN' ? CHINESE.get(reason) : undefined) ?? reason;
}

/** A reason with what is to be said about a file; `detail` comes from who read it, in English. */
export function lossText(reason: string, detail: string, language: Language): string {
  if (language === 'en') return `${reason}: ${detail}`;
  return `${reasonText(reason, language)}：${CHINESE_LOSSES.get(reason) ?? detail}`;
}

/** A reason with what is to be said about a record; `detail` has places and figures, and comes in English. */
export function refusalText(reason: string, detail: string, language: Language): string {
  if (language === 'en') return `${reason}: ${detail}`;
  return `${reasonText(reason, language)}：${inChinese(detail)}`;
}

/** `unknown-format 6, not-json 1`, by the codes' order. */
export function reasonCounts(counts: { readonly [reason: string]: number }, language: Language): string {
  return listed(counts, (reason) => reasonText(reason, language), language);
}

/** `year 32, zone 32`: how many times lacked what. */
export function assumptionCounts(counts: { readonly [what: string]: number }, language: Language): string {
  return listed(counts, (what) => (language === 'zh-CN' ? CHINESE_ASSUMPTIONS.get(what) : undefined) ?? what, language);
}

function listed(
  counts: { readonly [code: string]: number },
  name: (code: string) => string,
  language: Language,
): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, count]) => `${name(code)} ${countText(count)}`)
    .join(language === 'en' ? ', ' : '、');
}
