import {
  compareInstants,
  isEncoding,
  isLevel,
  isZone,
  LEVELS,
  readIsoTime,
  zoneOffset,
  type Instant,
  type Language,
  type Level,
} from '@yuheng/engine';
import { YuhengError } from '../errors.ts';
import { wholeNumber, wrongFlag } from '../flags.ts';

/** A hunt as asked for, checked. */
export interface HuntOptions {
  readonly paths: readonly string[];
  readonly rules: readonly string[];
  readonly builtinRules: boolean;
  readonly exclude: readonly string[];
  readonly filters: readonly string[];
  readonly placeholders?: string;
  readonly minLevel: Level;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly year?: number;
  readonly timezone: string;
  readonly encoding?: string;
  readonly out: readonly string[];
  readonly incidents?: string;
  readonly failOn?: Level;
  readonly workers?: number;
  readonly lang: Language;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly maxRecordBytes: number;
  readonly batchSize: number;
}

/** What commander hands over: texts as typed. */
export interface RawHuntOptions {
  rules?: string[];
  builtinRules?: boolean;
  exclude?: string[];
  filter?: string[];
  placeholders?: string;
  minLevel?: string;
  from?: string;
  to?: string;
  year?: string;
  timezone?: string;
  encoding?: string;
  out?: string[];
  incidents?: string;
  failOn?: string;
  workers?: string;
  json?: boolean;
  quiet?: boolean;
  maxRecordBytes?: string;
  batchSize?: string;
}

/** The kinds of file that `--out` writes, by their ending. */
const OUT_ENDINGS = ['.html', '.csv', '.ndjson'] as const;

/** Records over this size are refused unless `--max-record-bytes` says otherwise: 1 MiB. */
const DEFAULT_MAX_RECORD_BYTES = 1_048_576;

/** Checks every option before anything is read. */
export function checkOptions(paths: readonly string[], raw: RawHuntOptions, lang: Language): HuntOptions {
  const timezone = raw.timezone ?? 'UTC';
  demand(isZone(timezone), '--timezone', timezone, 'UTC, +08:00, Asia/Shanghai');
  if (raw.encoding !== undefined)
    demand(isEncoding(raw.encoding), '--encoding', raw.encoding, 'utf-8, gb18030, utf-16le');
  for (const path of raw.out ?? [])
    demand(
      OUT_ENDINGS.some((ending) => path.endsWith(ending)),
      '--out',
      path,
      OUT_ENDINGS.join(', '),
    );
  const { year, workers, placeholders } = raw;
  return {
    paths,
    rules: raw.rules ?? [],
    builtinRules: raw.builtinRules ?? true,
    exclude: raw.exclude ?? [],
    filters: raw.filter ?? [],
    ...(placeholders === undefined ? {} : { placeholders }),
    minLevel: level('--min-level', raw.minLevel ?? 'informational'),
    ...timeWindow(raw, timezone),
    ...(year === undefined ? {} : { year: wholeNumber('--year', year, 1970, 9999) }),
    timezone,
    ...(raw.encoding === undefined ? {} : { encoding: new TextDecoder(raw.encoding).encoding }),
    out: raw.out ?? [],
    ...(raw.incidents === undefined ? {} : { incidents: raw.incidents }),
    ...(raw.failOn === undefined ? {} : { failOn: level('--fail-on', raw.failOn) }),
    ...(workers === undefined ? {} : { workers: wholeNumber('--workers', workers, 1, 64) }),
    lang,
    json: raw.json ?? false,
    quiet: raw.quiet ?? false,
    maxRecordBytes: wholeNumber(
      '--max-record-bytes',
      raw.maxRecordBytes ?? String(DEFAULT_MAX_RECORD_BYTES),
      1024,
      268_435_456,
    ),
    batchSize: wholeNumber('--batch-size', raw.batchSize ?? '1000', 1, 100_000),
  };
}

function level(flag: string, text: string): Level {
  demand(isLevel(text), flag, text, LEVELS.join(', '));
  return text as Level;
}

/** The time asked for: from `from` on, before `to`. */
function timeWindow({ from, to }: RawHuntOptions, timezone: string): Pick<HuntOptions, 'from' | 'to'> {
  const window = {
    ...(from === undefined ? {} : { from: moment('--from', from, timezone) }),
    ...(to === undefined ? {} : { to: moment('--to', to, timezone) }),
  };
  if (window.from && window.to && compareInstants(window.from, window.to) >= 0) {
    throw new YuhengError('YH-USAGE', {
      en: `There is no time between --from ${from} and --to ${to}. Give a --to that is later than --from.`,
      'zh-CN': `--from ${from} 与 --to ${to} 之间没有时间。请让 --to 晚于 --from。`,
    });
  }
  return window;
}

/** A day begins at midnight, in the zone asked for. */
function moment(flag: string, text: string, timezone: string): Instant {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text;
  const local = readIsoTime(whole);
  demand(local !== undefined, flag, text, '2026-03-01, 2026-03-01T08:30, 2026-03-01T08:30:00Z');
  return local!.zoneAssumed ? readIsoTime(whole, zoneOffset(timezone)(local!.time.ms))!.time : local!.time;
}

function demand(holds: boolean, flag: string, found: string, allowed: string): void {
  if (!holds) throw wrongFlag(flag, found, allowed);
}
