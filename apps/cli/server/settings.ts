import { join } from 'node:path';
import { Command, type Option } from 'commander';
import { readConfig, SERVER_LIMITS, type ReadConfig, type ServerConfig } from '@yuheng/server';
import type { Language } from '@yuheng/engine';
import type { ServeFlags } from './serve.ts';
import { serveOptions } from './serve-options.ts';

/** A value that holds, and where it was given: a flag, a variable, a file, or nowhere. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** The flag, the variable, or the file's path; absent for a default. */
  readonly origin?: string;
}

/** What a server runs with. */
export interface Settled {
  readonly flags: ServeFlags;
  readonly config: ServerConfig;
  /** What the file says by itself. */
  readonly given: ReadConfig['given'];
}

/** Flags come before variables, these before `yuheng.yaml`, and that before defaults. */
export function settle(command: Command): Settled {
  const { config, given } = readConfig(pathOf(command));
  for (const [name, value] of Object.entries(config.server)) {
    const source = command.getOptionValueSource(name);
    if (value !== undefined && source !== 'cli' && source !== 'env')
      command.setOptionValueWithSource(name, asTyped(value), 'config');
  }
  return { flags: command.opts<ServeFlags>(), config, given };
}

/** Every value with which `yuheng serve` would start now, given only the folder and the file that `asked` names. Throws what it would throw. */
export function settingsNow(asked: Command, language: Language): Setting[] {
  const command = new Command();
  for (const option of serveOptions(language)) command.addOption(option);
  command.parse([], { from: 'user' });
  for (const name of ['data', 'config'])
    if (asked.getOptionValueSource(name) === 'cli')
      command.setOptionValueWithSource(name, asked.getOptionValue(name), 'cli');
  const { config, given } = settle(command);
  const path = pathOf(command);
  const own = command.options.map((option) => settingOf(option, command, path));
  return [...own, ...sectionSettings(config, given, path)];
}

function pathOf(command: Command): string {
  const { config, data } = command.opts<ServeFlags>();
  return config ?? join(data, 'yuheng.yaml');
}

/** As it would have been typed. */
function asTyped(value: string | number | boolean | readonly string[]): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** Addresses may hold passwords. */
const SECRET = new Set(['postgresUrl', 'clickhouseUrl']);

function settingOf(option: Option, command: Command, path: string): Setting {
  const name = option.attributeName();
  const usual = new Map<string, unknown>(Object.entries(SERVER_LIMITS)).get(name);
  const value = (command.getOptionValue(name) as unknown) ?? usual;
  const source = command.getOptionValueSource(name);
  const origins: { readonly [source: string]: string | undefined } = {
    cli: option.long,
    env: option.envVar,
    config: path,
  };
  const origin = source === undefined ? undefined : origins[source];
  const shown = SECRET.has(name) && value !== undefined ? '…' : shownValue(value);
  return { name: `server.${name}`, value: shown, ...(origin === undefined ? {} : { origin }) };
}

/** The other sections, value by value. */
function sectionSettings(config: ServerConfig, given: ReadConfig['given'], path: string): Setting[] {
  const { retention, silence, notices, sources } = config;
  const values: readonly (readonly [name: string, value: unknown])[] = [
    ['retention.days', retention.days],
    ['retention.diskPercent', retention.diskPercent],
    ['silence.after', silence.afterMs === undefined ? 'off' : `${silence.afterMs / 1_000}s`],
    ['notices.severity', notices.severity],
    ['notices.language', notices.language],
    // The rest of such an address is often what proves who calls.
    ['notices.webhook', notices.webhook && new URL(notices.webhook.url).origin],
    ['notices.mail', notices.mail?.to],
    ['sources', sources.length],
  ];
  return values.map(([name, value]) => {
    const own = name
      .split('.')
      .reduce<unknown>((part, key) => (part as { [key: string]: unknown } | undefined)?.[key], given);
    return { name, value: shownValue(value), ...(own === undefined ? {} : { origin: path }) };
  });
}

function shownValue(value: unknown): string {
  if (value === undefined) return '–';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
