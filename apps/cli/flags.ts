import { YuhengError } from './errors.ts';

/** A flag was given what it does not take. */
export function wrongFlag(flag: string, found: string, allowed: string): YuhengError {
  return new YuhengError('YH-USAGE', {
    en: `${flag} does not take ${JSON.stringify(found)}. It takes: ${allowed}.`,
    'zh-CN': `${flag} 不接受 ${JSON.stringify(found)}。可用：${allowed}。`,
  });
}

/** Reads a whole number between two bounds, both included. */
export function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d{1,15}$/.test(text) && value >= least && value <= most) return value;
  throw wrongFlag(flag, text, `${least} … ${most}`);
}
