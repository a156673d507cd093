import type { LogsourceCondition } from '@yuheng/engine';
import { linuxFields } from './linux.ts';
import { sysmonFields, windowsFields } from './windows.ts';
import { zeekFields } from './zeek.ts';

/**
 * The fields of records that fulfil a condition of a log source, as their providers' manifests and manuals name them; undefined where
 * nobody wrote them down, or any record fulfils it.
 */
export function providerFields({ fields = {} }: LogsourceCondition): readonly string[] | undefined {
  const lists = listsOf(fields);
  if (lists.length === 0 || lists.includes(undefined)) return undefined;
  return lists.flatMap((list) => (list ?? '').split(/\s+/)).filter((name) => name !== '');
}

/** One list for each kind of record that the condition allows. */
function listsOf({ Channel, EventID, log_type: logTypes, _path: streams }: Named): readonly (string | undefined)[] {
  if (Channel) return Channel.map((channel) => windowsFields(String(channel), EventID?.map(String)));
  if (streams) return streams.map((stream) => zeekFields(String(stream)));
  return (logTypes ?? []).map(String).map((type) => {
    const [, id] = /^sysmon:(\d+)$/.exec(type) ?? [];
    return id === undefined ? linuxFields(type) : sysmonFields([id]);
  });
}

type Named = NonNullable<LogsourceCondition['fields']>;
