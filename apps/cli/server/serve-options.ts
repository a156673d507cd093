import { Option } from 'commander';
import type { Language } from '@yuheng/engine';
import { serverHelp } from '../text/server-help.ts';
import { defaultDataFolder } from './data-folder.ts';

/** An option that can be given as a variable too. */
export const flag = (flags: string, description: string, variable: string): Option =>
  new Option(flags, description).env(`YUHENG_${variable}`);

/** Where the server keeps its data. */
export function dataOption(language: Language): Option {
  return flag('--data <dir>', serverHelp[language].data, 'DATA_DIR').default(defaultDataFolder());
}

/** The options of `yuheng serve`. Those that `yuheng.yaml` may hold stand there under the name of their flag. */
export function serveOptions(language: Language): readonly Option[] {
  const text = serverHelp[language];
  return [
    dataOption(language),
    flag('--host <address>', text.host, 'HOST').default('127.0.0.1'),
    flag('--port <n>', text.port, 'PORT').default('7420'),
    flag('--behind-proxy', text.behindProxy, 'BEHIND_PROXY'),
    flag('--rules <path...>', text.rules, 'RULES'),
    flag('--placeholders <file>', text.placeholders, 'PLACEHOLDERS'),
    flag('--timezone <zone>', text.timezone, 'TIMEZONE').default('UTC'),
    flag('--config <file>', text.config, 'CONFIG'),
    flag('--decoy-http <address:port>', text.decoyHttp, 'DECOY_HTTP').default('0'),
    flag('--decoy-ssh <address:port>', text.decoySsh, 'DECOY_SSH').default('off'),
    flag('--max-record-bytes <n>', text.maxRecordBytes, 'MAX_RECORD_BYTES'),
    flag('--max-body-bytes <n>', text.maxBodyBytes, 'MAX_BODY_BYTES'),
    flag('--max-pending-bytes <n>', text.maxPendingBytes, 'MAX_PENDING_BYTES'),
    flag('--min-free-bytes <n>', text.minFreeBytes, 'MIN_FREE_BYTES'),
    flag('--postgres-url <url>', text.postgresUrl, 'POSTGRES_URL'),
    flag('--clickhouse-url <url>', text.clickhouseUrl, 'CLICKHOUSE_URL'),
  ];
}
