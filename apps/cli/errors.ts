import { CommanderError } from 'commander';
import type { Language } from '@yuheng/engine';
import { usageText } from './text/usage.ts';

/** An error that a person reads: what happened and what to do, in both languages, with a stable code. */
export class YuhengError extends Error {
  readonly code: `YH-${string}`;
  readonly text: { readonly [language in Language]: string };

  constructor(code: `YH-${string}`, text: { readonly [language in Language]: string }) {
    super(text.en);
    this.code = code;
    this.text = text;
  }
}

/** One line for stderr. */
export function describeError(error: unknown, language: Language): string {
  if (error instanceof YuhengError) return `${error.code}: ${error.text[language]}`;
  if (error instanceof CommanderError) return `YH-USAGE: ${usageText(error, language)}`;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('YH-'))
    return `${String(error.code)}: ${textOf(error, language)}`;
  return `YH-INTERNAL: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** Errors of other parts of the house tell themselves in both languages too, or in English. */
function textOf(error: Error, language: Language): string {
  const { text } = error as { readonly text?: { readonly [name in Language]?: unknown } };
  const told = text?.[language];
  return typeof told === 'string' ? told : error.message;
}
