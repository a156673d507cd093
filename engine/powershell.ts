import type { OcsfEvent } from './event.ts';

const ENCODED =
  /(?:^|\s)[-/\u2013\u2014\u2015]e(?:nc?|nco(?:d(?:e(?:d(?:c(?:o(?:m(?:m(?:a(?:nd?)?)?)?)?)?)?)?)?)?)?\s+["']?([A-Za-z0-9+/]{16,}={0,2})/i;

/** OCSF `enrichment`. */
export interface Enrichment {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly data: { readonly script: string };
}

/** The script behind `powershell -EncodedCommand <base64 of UTF-16LE>` in the event's process, where there is one. */
export function decodedPowerShell(event: OcsfEvent): Enrichment | undefined {
  const process = event['process'] as { cmd_line?: unknown } | undefined;
  const commandLine = process?.cmd_line;
  if (typeof commandLine !== 'string' || !/p(?:ower)?w?sh(?:ell)?/i.test(commandLine)) return undefined;
  const base64 = ENCODED.exec(commandLine)?.[1];
  if (base64 === undefined) return undefined;
  const script = Buffer.from(base64, 'base64').toString('utf16le');
  const readable = [...script].filter((letter) => letter >= ' ' && letter <= '~').length;
  if (readable < script.length * 0.8) return undefined;
  return { name: 'process.cmd_line', value: base64, type: 'decoded-powershell', data: { script } };
}
