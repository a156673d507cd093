import { expect, it } from 'vitest';
import { displayWidth } from './display-width.ts';
import { tableText, type Column } from './table.ts';

const COLUMNS: readonly Column[] = [
  { head: '级别', side: 'left' },
  { head: 'Count', side: 'right', expendable: 2 },
  { head: 'Rule', side: 'left', least: 20 },
  { head: 'Hosts', side: 'left', expendable: 1 },
];
const ROWS = [
  ['特别重大', '1', 'A title that takes some room', 'web01'],
  ['重大', '1,000', '短', 'ws01.corp.example'],
];

it('aligns letters of two columns, with one line below the head and none between rows', () => {
  expect(tableText(COLUMNS, ROWS, 80)).toEqual([
    '级别      Count  Rule                          Hosts',
    '─'.repeat(64),
    '特别重大      1  A title that takes some room  web01',
    '重大      1,000  短                            ws01.corp.example',
  ]);
});

it('folds first, then lets the least telling columns go, and never is too wide', () => {
  const heads = (width: number): string => tableText(COLUMNS, ROWS, width)[0]!.replace(/ +/g, ' ');
  expect(heads(56)).toBe('级别 Count Rule Hosts');
  expect(heads(55)).toBe('级别 Count Rule');
  expect(heads(37)).toBe('级别 Count Rule');
  expect(heads(36)).toBe('级别 Rule');
  for (let width = 20; width < 80; width++)
    for (const line of tableText(COLUMNS, ROWS, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
});

it('keeps a row together: only its first line has the short cells', () => {
  expect(tableText(COLUMNS, ROWS.slice(0, 1), 32)).toEqual([
    '级别      Rule',
    '─'.repeat(32),
    '特别重大  A title that takes',
    '          some room',
  ]);
});
