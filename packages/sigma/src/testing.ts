import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SigmaEvent, SigmaSource } from './types.ts';

/** An event made of a plain record, for tests: own keys are fields, their texts the text of the event. */
export function eventOf(record: Readonly<Record<string, unknown>>): SigmaEvent {
  const fields = new Map(Object.entries(record));
  return {
    field: (name) => fields.get(name),
    texts: () => [...fields.values()].filter((value) => typeof value === 'string'),
  };
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CORPUS = process.env['YUHENG_CORPUS'] ?? `${ROOT}../shared/data`;

/** A folder of the public test data, or `undefined` (said on the console) where it is not there. */
export function corpusFolder(name: string): string | undefined {
  const folder = `${CORPUS}/${name}`;
  if (existsSync(folder)) return folder;
  console.info(`skipped: no test data at ${folder}; set YUHENG_CORPUS to the folder that holds ${name}`);
  return undefined;
}

/** The files below a folder that end in one of the given ways, by path. */
export function filesBelow(folder: string, ...ends: string[]): readonly SigmaSource[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => ends.some((end) => file.endsWith(end)))
    .sort()
    .map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }));
}
