import { describe, expect, it } from 'vitest';
import { displayWidth, folded, padded } from './display-width.ts';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['web01', 5],
    ['重大', 4],
    ['，。（）', 8],
    ['ｗｅｂ', 6],
    ['ﾊﾝﾄ', 3],
    ['한글', 4],
    ['e\u0301', 1],
    ['🚨 a', 4],
    ['─…', 2],
  ])('%s takes %i columns', (text, width) => expect(displayWidth(text)).toBe(width));
});

it.each([
  ['重大', 'left', '重大  '],
  ['42', 'right', '    42'],
  ['too long', 'left', 'too long'],
] as const)('padded: %s on the %s', (text, side, expected) => expect(padded(text, 6, side)).toBe(expected));

describe('folded', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one', 7, ['one']],
    ['', 7, ['']],
    ['corp\\svc-deploy-with-a-name', 10, ['corp\\svc-d', 'eploy-with', '-a-name']],
    ['凭据访问、横向移动', 8, ['凭据访', '问、横向', '移动']],
    ['账户 deploy）。', 8, ['账户', 'deploy）', '。']],
    ['重', 1, ['重']],
  ])('%s in %i columns', (text, width, lines) => expect(folded(text, width, true)).toEqual(lines));

  it('leaves long words whole where they shall be copied', () => {
    expect(folded('see /var/log/audit/audit.log here', 10, false)).toEqual(['see', '/var/log/audit/audit.log', 'here']);
  });
});
