import type { Language } from '../words.ts';
import type { Facts } from './facts.ts';

/** A piece of a sentence: words of ours, or a value from the event. */
export type Piece = { readonly words: string } | { readonly value: string };

type Grammar = { readonly [name in keyof Required<Facts>]: string };

const GRAMMAR: { readonly [language in Language]: Grammar } = {
  en: { target: '', actor: 'by', user: 'as', host: 'on', from: 'from', to: 'to' },
  'zh-CN': { target: '', actor: '由', user: '账户', host: '主机', from: '来自', to: '到' },
};

const SEQUENCE = ['target', 'actor', 'user', 'host', 'from', 'to'] as const;

/** The event's own values as the second half of a sentence whose first half is the rule's title. Empty where there are none. */
export function sentence(facts: Facts, language: Language): Piece[] {
  const grammar = GRAMMAR[language];
  const pieces: Piece[] = [];
  for (const name of SEQUENCE) {
    const value = facts[name];
    if (value === undefined || (name === 'actor' && value === facts.target)) continue;
    const gap = pieces.length > 0 ? (language === 'en' ? ' ' : '，') : '';
    if (gap + grammar[name]) pieces.push({ words: `${gap}${grammar[name]}${grammar[name] ? ' ' : ''}` });
    pieces.push({ value });
  }
  return pieces;
}
