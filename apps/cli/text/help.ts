import type { Language } from '@yuheng/engine';

/** Texts of `--help`. */
interface HelpTexts {
  readonly program: string;
  readonly helpOption: string;
  readonly hunt: { readonly [key in HuntText]: string };
  readonly rules: string;
  readonly rulesCheck: string;
  readonly rulesCheckFields: string;
  readonly rulesTest: string;
  readonly rulesStats: string;
  readonly rulesExplain: { readonly description: string; readonly rule: string; readonly events: string };
  readonly doctor: string;
  readonly version: string;
  readonly completion: string;
}

type HuntText =
  | 'description'
  | 'paths'
  | 'rules'
  | 'noBuiltinRules'
  | 'exclude'
  | 'filter'
  | 'placeholders'
  | 'minLevel'
  | 'from'
  | 'to'
  | 'year'
  | 'timezone'
  | 'encoding'
  | 'out'
  | 'incidents'
  | 'failOn'
  | 'workers'
  | 'maxRecordBytes'
  | 'batchSize'
  | 'lang'
  | 'json'
  | 'quiet'
  | 'examples';

export const help: { readonly [language in Language]: HelpTexts } = {
  en: {
    program: 'Yuheng turns logs into explained incidents.',
    helpOption: 'show help',
    hunt: {
      description: 'read logs and tell what happened: findings and incidents',
      paths: 'files or folders with logs, archives too; - reads standard input',
      rules: 'more Sigma rules, a folder or a file (may be repeated)',
      noBuiltinRules: 'use only the rules of --rules',
      exclude: 'leave out a rule by its id (may be repeated)',
      filter: 'a Sigma filter that tunes rules (may be repeated)',
      placeholders: 'values of placeholders in rules (admins: [alice, bob]), a YAML file',
      minLevel: 'write findings from this level on: informational, low, medium, high, critical',
      from: 'only events from this time on (2026-03-01, 2026-03-01T08:30Z)',
      to: 'only events before this time',
      year: 'the year of the last line, where dates have none',
      timezone: 'zone of times without one: UTC, +08:00, Asia/Shanghai',
      encoding: 'encoding of text files (default: UTF-8, else GB18030)',
      out: 'write findings: .html report, .csv timeline, .ndjson of OCSF findings (may be repeated)',
      incidents: 'write incidents as OCSF NDJSON',
      failOn: 'exit with 1 when a finding has this level or worse',
      workers:
        'threads that read files (default: one for each 256 MiB begun, at most 8, one a file and one a processor)',
      maxRecordBytes: 'refuse records that are longer (default 1048576)',
      batchSize: 'records that go through the pipeline at once (default 1000); changes nothing in what is found',
      lang: 'zh-CN or en (default: the locale)',
      json: 'print one line of JSON on stdout, all else on stderr',
      quiet: 'print nothing but what was asked for',
      examples: `
Examples:
  yuheng hunt samples/                              incidents and the worst findings on the terminal
  yuheng hunt triage.zip --out report.html          a report to send on
  yuheng hunt logs/ --rules sigma/rules --min-level high --out findings.csv
  yuheng hunt /var/log --from 2026-03-01 --json --fail-on high
  journalctl -o json | yuheng hunt -`,
    },
    rules: 'work with Sigma rules',
    rulesCheck: 'load rules and say what is wrong with them',
    rulesCheckFields:
      "fields by log source, in the form of SigmaHQ's logsource.json (default: what manifests name and our own sources give)",
    rulesTest: 'run the must-match and must-not-match cases beside rules (*.test.yml)',
    rulesStats: 'say what each rule costs over some events, and which are over their budget',
    rulesExplain: {
      description: 'say why a rule matched events, or what stopped it',
      rule: 'a rule file, or the id, name or title of a rule',
      events: 'a log file; file:record looks at one record (EventRecordID, else its position)',
    },
    doctor: 'say what this installation can do and what it lacks',
    version: 'print the version',
    completion: 'print a completion script for bash or zsh',
  },
  'zh-CN': {
    program: '玉衡把日志变成讲得清楚的安全事件。',
    helpOption: '显示帮助',
    hunt: {
      description: '读取日志，说明发生了什么：发现与安全事件',
      paths: '含日志的文件或文件夹，也可以是压缩包；- 表示标准输入',
      rules: '更多 Sigma 规则，文件夹或文件（可重复）',
      noBuiltinRules: '只使用 --rules 给出的规则',
      exclude: '按编号排除一条规则（可重复）',
      filter: '用于调整规则的 Sigma 过滤器（可重复）',
      placeholders: '规则中占位符的值（admins: [alice, bob]），YAML 文件',
      minLevel: '只写出不低于此级别的发现：informational、low、medium、high、critical',
      from: '只看此时间及以后的事件（2026-03-01、2026-03-01T08:30Z）',
      to: '只看此时间以前的事件',
      year: '日期没有年份时，最后一行的年份',
      timezone: '时间没有时区时所用的时区：UTC、+08:00、Asia/Shanghai',
      encoding: '文本文件的编码（默认：UTF-8，否则 GB18030）',
      out: '写出发现：.html 报告、.csv 时间线、.ndjson（OCSF）（可重复）',
      incidents: '以 OCSF NDJSON 写出安全事件',
      failOn: '有不低于此级别的发现时，以 1 退出',
      workers: '读取文件的线程数（默认：每 256 MiB 一个，最多 8 个，不超过文件数与处理器数）',
      maxRecordBytes: '拒收更长的记录（默认 1048576）',
      batchSize: '每批处理的记录数（默认 1000）；不影响结果',
      lang: 'zh-CN 或 en（默认：按系统语言）',
      json: '在标准输出打印一行 JSON，其余写到标准错误',
      quiet: '除所要求的内容外不打印任何东西',
      examples: `
示例：
  yuheng hunt samples/                              在终端显示安全事件和最严重的发现
  yuheng hunt triage.zip --out report.html          可转发的报告
  yuheng hunt logs/ --rules sigma/rules --min-level high --out findings.csv
  yuheng hunt /var/log --from 2026-03-01 --json --fail-on high
  journalctl -o json | yuheng hunt -`,
    },
    rules: '处理 Sigma 规则',
    rulesCheck: '加载规则并指出问题',
    rulesCheckFields:
      '各日志来源的字段表，格式同 SigmaHQ 的 logsource.json（默认：各厂商清单及本程序的来源所给出的字段）',
    rulesTest: '运行规则旁边的必中与必不中用例（*.test.yml）',
    rulesStats: '说明每条规则在这些事件上的代价，以及哪些超出预算',
    rulesExplain: {
      description: '说明规则为何命中事件，或被什么挡住',
      rule: '规则文件，或规则的编号、名称、标题',
      events: '日志文件；文件:记录 只看一条记录（EventRecordID，否则为序号）',
    },
    doctor: '说明本安装具备与缺少的能力',
    version: '显示版本',
    completion: '打印 bash 或 zsh 的补全脚本',
  },
};
