import { bytesText, countText } from '../../text/numbers.ts';
import { huntWords } from '../../text/hunt.ts';
import type { HuntResult } from '../../hunt/run.ts';
import { html, type Html } from '../html.ts';
import { say, sayBlock, WORDS } from '../words.ts';

/** Files and records named one by one. */
const MAX_NAMED = 50;

/** What was read, what could not be, what was assumed: the books balance in sight. */
export function booksSection(result: HuntResult): Html {
  const { counts, files, bytes, duplicates, unreadable, refusals, sources } = result;
  return html`<section>
    <h2>${say(WORDS.books)}</h2>
    ${sayBlock((language) => {
      const words = huntWords[language];
      return html`<p>${words.files(countText(files), bytesText(bytes))}</p>
        <p>
          ${words.books(countText(counts.read), countText(counts.parsed), countText(counts.unparsed), reasons(counts.unparsedBy), reasons(counts.refused))}
        </p>
        ${duplicates > 0 && html`<p>${words.duplicates(countText(duplicates))}</p>`}
        ${Object.keys(counts.assumed).length > 0 && html`<p>${words.assumed(reasons(counts.assumed))}</p>`}
        <p>${[...sources].map(([source, count]) => `${source} ${countText(count)}`).join(', ')}</p>
        ${unreadable.slice(0, MAX_NAMED).map(({ name, reason, detail }) => html`<p class="small">${words.unreadable(name, reason, detail)}</p>`)}
        ${refusals.slice(0, MAX_NAMED).map(({ file, offset, reason, detail }) => html`<p class="small">${words.refused(file, countText(offset), reason, detail, '')}</p>`)}`;
    })}
    <h3>${say(WORDS.more)}</h3>
    <p>${say(WORDS.moreText)}</p>
  </section>`;
}

function reasons(counts: { readonly [reason: string]: number }): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason} ${countText(count)}`)
    .join(', ');
}
