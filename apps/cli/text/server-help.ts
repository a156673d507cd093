import type { Language } from '@yuheng/engine';

type ServerText =
  | 'serve'
  | 'init'
  | 'tenant'
  | 'tenantAdd'
  | 'key'
  | 'keyNew'
  | 'signIn'
  | 'ingest'
  | 'search'
  | 'data'
  | 'url'
  | 'json'
  | 'lang'
  | 'host'
  | 'port'
  | 'behindProxy'
  | 'rules'
  | 'placeholders'
  | 'timezone'
  | 'config'
  | 'decoyHttp'
  | 'decoySsh'
  | 'maxRecordBytes'
  | 'maxBodyBytes'
  | 'maxPendingBytes'
  | 'minFreeBytes'
  | 'postgresUrl'
  | 'clickhouseUrl'
  | 'tenantName'
  | 'scopes'
  | 'paths'
  | 'batchSize'
  | 'year'
  | 'encoding'
  | 'deep'
  | 'backup'
  | 'backupTo'
  | 'restore'
  | 'restoreFrom';

/** Texts of `--help` for the commands about a server. */
export const serverHelp: { readonly [language in Language]: { readonly [key in ServerText]: string } } = {
  en: {
    serve: 'run the server: it takes records, keeps them and tells what happened',
    init: 'make the data folder ready and print the first key',
    tenant: 'tenants of a server',
    tenantAdd: 'add a tenant and print its first key',
    key: 'keys of a tenant',
    keyNew: 'print a new key',
    signIn: 'print a one-time link to sign in with',
    ingest: 'send log files to a server (key by YUHENG_KEY)',
    search: 'run SQL over events, findings and incidents (key by YUHENG_KEY)',
    data: 'data folder of the server',
    url: 'address of the server',
    json: 'print for machines',
    lang: 'language of the output: en, zh-CN',
    host: 'address to listen on; beyond loopback only with --behind-proxy',
    port: 'port to listen on, 0 for any',
    behindProxy: 'a proxy in front of the server speaks TLS',
    rules: 'more Sigma rules, folders or files',
    placeholders: 'values of placeholders in rules (admins: [alice, bob]), a YAML file',
    timezone: 'zone of times without one: UTC, +08:00, Asia/Shanghai',
    config: 'file with the sources to follow (default: yuheng.yaml in the data folder)',
    decoyHttp: 'where the HTTP decoy listens: off, a port on loopback, or address:port (default: any port on loopback)',
    decoySsh: 'where the SSH decoy listens: off, a port on loopback, or address:port (default: off)',
    maxRecordBytes: 'refuse longer records (default: 1048576)',
    maxBodyBytes: 'refuse longer request bodies, unpacked (default: 67108864)',
    maxPendingBytes: 'take no more while so many bytes wait (default: 268435456)',
    minFreeBytes: 'take no more when less room is left on the disk (default: 536870912)',
    postgresUrl: 'a PostgreSQL of your own instead of the embedded one',
    clickhouseUrl: 'a ClickHouse of your own instead of the embedded one: http://user:password@host:8123/database',
    tenantName: 'name of the tenant',
    scopes: 'what the key may do: ingest,read,search,triage,admin (default: all)',
    paths: 'files or folders with logs, archives too',
    batchSize: 'lines that are sent at once',
    year: 'the year of the last line, where dates have none',
    encoding: 'encoding of text files (default: UTF-8, else GB18030)',
    deep: 'hold the books of a server against what its lake counts',
    backup: 'copy everything that a server keeps, while it runs or while it is stopped',
    backupTo: 'folder to make',
    restore: 'make a data folder out of a backup',
    restoreFrom: 'folder of the backup',
  },
  'zh-CN': {
    serve: '运行服务器：接收记录、保存记录，并说明发生了什么',
    init: '准备数据文件夹并输出第一个密钥',
    tenant: '服务器的租户',
    tenantAdd: '添加租户并输出其第一个密钥',
    key: '租户的密钥',
    keyNew: '输出一个新密钥',
    signIn: '输出一次性登录链接',
    ingest: '将日志文件发送到服务器（密钥来自 YUHENG_KEY）',
    search: '用 SQL 查询事件、发现和安全事件（密钥来自 YUHENG_KEY）',
    data: '服务器的数据文件夹',
    url: '服务器地址',
    json: '供程序读取的输出',
    lang: '输出语言：en、zh-CN',
    host: '监听地址；超出本机时须使用 --behind-proxy',
    port: '监听端口，0 表示任意',
    behindProxy: '服务器前面有负责 TLS 的代理',
    rules: '更多 Sigma 规则，文件夹或文件',
    placeholders: '规则中占位符的值（admins: [alice, bob]），YAML 文件',
    timezone: '无时区时间所用的时区：UTC、+08:00、Asia/Shanghai',
    config: '列出所跟踪来源的文件（默认：数据文件夹中的 yuheng.yaml）',
    decoyHttp: 'HTTP 诱饵的监听位置：off、本机端口，或 地址:端口（默认：本机任意端口）',
    decoySsh: 'SSH 诱饵的监听位置：off、本机端口，或 地址:端口（默认：off）',
    maxRecordBytes: '拒绝更长的记录（默认：1048576）',
    maxBodyBytes: '拒绝解压后更长的请求体（默认：67108864）',
    maxPendingBytes: '等待处理的字节数达到此值时暂停接收（默认：268435456）',
    minFreeBytes: '磁盘剩余空间低于此值时暂停接收（默认：536870912）',
    postgresUrl: '使用自己的 PostgreSQL，而非内置的',
    clickhouseUrl: '使用自己的 ClickHouse，而非内置的：http://用户:密码@主机:8123/数据库',
    tenantName: '租户名称',
    scopes: '密钥的权限：ingest、read、search、triage、admin（默认：全部）',
    paths: '含日志的文件或文件夹，也可以是压缩包',
    batchSize: '每次发送的行数',
    year: '日期无年份时，最后一行的年份',
    encoding: '文本文件的编码（默认：UTF-8，其次 GB18030）',
    deep: '将服务器的账目与数据湖中的实际计数核对',
    backup: '复制服务器保存的全部内容，运行中或停止时均可',
    backupTo: '要创建的文件夹',
    restore: '由备份生成数据文件夹',
    restoreFrom: '备份所在的文件夹',
  },
};
