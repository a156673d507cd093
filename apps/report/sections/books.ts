import { html, type Html } from '../html.ts';
import { say, sayBlock, WORDS } from '../words.ts';
import type { Language } from '@yuheng/engine';

/** What was read, what could not be, what was assumed: paragraphs in each language, and what is told small below them. */
export type Books = {
  readonly [language in Language]: { readonly paragraphs: readonly string[]; readonly details: readonly string[] };
};

/** The books balance in sight; and how to see what the report does not show. */
export function booksSection(books: Books): Html {
  return html`<section>
    <h2>${say(WORDS.books)}</h2>
    ${sayBlock((language) => {
      const { paragraphs, details } = books[language];
      return html`${paragraphs.map((text) => html`<p>${text}</p>`)}
      ${details.map((text) => html`<p class="small">${text}</p>`)}`;
    })}
    <h3>${say(WORDS.more)}</h3>
    <p>${say(WORDS.moreText)}</p>
  </section>`;
}
