import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Writes src/generated/table.ts from the corpus (YUHENG_CORPUS): `npm run generate`.

interface Enterprise {
  version: string;
  tactics: { id: string; shortname: string; name: string }[];
  techniques: { id: string; name: string; tactics: string[]; revoked?: boolean }[];
}

/** The table's text, from the folder `attack` of the corpus. */
export function attackTable(corpus: string): string {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(corpus, 'attack', name), 'utf8'));
  const enterprise = read('enterprise.json') as Enterprise;
  const revoked = (read('revoked-by.json') as { map: { [id: string]: string } }).map;
  const tactics = enterprise.tactics.map(({ id, shortname, name }) => [id, shortname, name]);
  const techniques = enterprise.techniques
    .filter((technique) => !technique.revoked)
    .map(({ id, name, tactics }) => [id, name, tactics.join(' ')]);
  const row = (cells: string[]): string => `  ${JSON.stringify(cells)},`;
  return [
    '// Made by `npm run generate`; do not edit.',
    '// © The MITRE Corporation. Reproduced and distributed with the permission of The MITRE Corporation (ATT&CK terms of use).',
    `export const ATTACK_VERSION = ${JSON.stringify(enterprise.version)};`,
    'export const TACTICS: readonly (readonly [id: string, short: string, name: string])[] = [',
    ...tactics.map(row),
    '];',
    'export const TECHNIQUES: readonly (readonly [id: string, name: string, tactics: string])[] = [',
    ...techniques.map(row),
    '];',
    'export const REVOKED: { readonly [id: string]: string } = {',
    ...Object.entries(revoked).map(
      ([from, to]) => `  ${from.includes('.') ? JSON.stringify(from) : from}: ${JSON.stringify(to)},`,
    ),
    '};',
    '',
  ].join('\n');
}

/** Writes the table into the package. */
export function generate(corpus: string, root: string): void {
  writeFileSync(join(root, 'packages/attack/src/generated/table.ts'), attackTable(corpus));
}
