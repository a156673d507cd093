import { createHash } from 'node:crypto';
import type { Language } from '@yuheng/engine';
import { CSS, SCRIPT } from './css.ts';
import { Html, html } from './html.ts';
import { say, WORDS, type Both } from './words.ts';

/** What stands round every report. */
export interface Cover {
  readonly name: Both;
  /** The product's version. */
  readonly version: string;
  /** The language that is shown first; both are there. */
  readonly language: Language;
}

/** A whole HTML document that needs nothing beside it. */
export function document(body: Html, { name, version, language }: Cover): string {
  const chosen = (on: boolean): Html | undefined => (on ? html`checked` : undefined);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy())}">
<meta name="referrer" content="no-referrer">
<title>${name[language]}</title>
${new Html(`<style>${CSS}</style>`)}
</head>
<body>
<main>
<input class="switch" type="radio" name="lang" id="lang-en" aria-label="English" ${chosen(language === 'en')}>
<input class="switch" type="radio" name="lang" id="lang-zh" aria-label="中文" ${chosen(language === 'zh-CN')}>
<input class="switch" type="radio" name="theme" id="theme-light" aria-label="Light / 浅色">
<input class="switch" type="radio" name="theme" id="theme-dark" aria-label="Dark / 深色">
<div class="page"><div class="wrap">
<div class="bar"><strong>${say(name)}</strong> <span>Yuheng ${version}</span>
<span class="push">${say(WORDS.language)} <label for="lang-en">English</label><label for="lang-zh">中文</label></span>
<span>${say(WORDS.theme)} <label for="theme-light">${say(WORDS.light)}</label><label for="theme-dark">${say(WORDS.dark)}</label></span></div>
${body}
</div></div>
</main>
${new Html(`<script>${SCRIPT}</script>`)}
</body>
</html>
`.text;
}

/** Nothing may be loaded from anywhere, and no other script or style may run. */
function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(CSS)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}
