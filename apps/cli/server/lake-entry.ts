import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { YuhengError } from '../errors.ts';

/** The bundled program of the lake's process, beside this one. */
export function lakeEntry(): string {
  const path = fileURLToPath(new URL('./lake-process.mjs', import.meta.url));
  if (existsSync(path)) return path;
  throw new YuhengError('YH-BROKEN-INSTALL', {
    en: 'A part of the program is missing beside it. Install Yuheng again.',
    'zh-CN': '程序旁缺少某个部分。请重新安装玉衡。',
  });
}
