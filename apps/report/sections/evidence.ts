import { html, type Html } from '../html.ts';
import { MAX_EVIDENCE, type ShownFinding } from '../shown-finding.ts';
import { timeText } from '../numbers.ts';
import { levelBoth } from '../svg/timeline.ts';
import { KINDS, say, WORDS, type Both } from '../words.ts';

/** One finding down to its raw record: what it names, the decoded script, the whole event, the record. */
export function evidence(finding: ShownFinding, title: Both): Html {
  const { ms, level, entities, because, event, raw, script, file, record, count } = finding;
  return html`<details id="f-${finding.uid}">
    <summary>
      <span class="when">${timeText(ms)}</span><span class="sev ${level}">${say(levelBoth(level))}</span> ${say(title)}
    </summary>
    <table>
      <tbody>
        ${because.map(({ field, value }) => html`<tr><th scope="row">${say(WORDS.matched)} ${field}</th><td><mark>${value}</mark></td></tr>`)}
        ${entities.map(
          ({ kind, label }) =>
            html`<tr>
              <th scope="row">${say(KINDS[kind]!)}</th>
              <td><span class="val">${label}</span></td>
            </tr>`,
        )}
        <tr>
          <th scope="row">${say(WORDS.source)}</th>
          <td>${file} · ${record}${count > 1 && html` · ×${count}`}</td>
        </tr>
      </tbody>
    </table>
    ${script !== undefined && folded(WORDS.decoded, script)} ${folded(WORDS.event, event)} ${folded(WORDS.raw, raw)}
  </details>`;
}

function folded(title: Both, text: string): Html {
  const cut = text.length >= MAX_EVIDENCE;
  return html`<details class="raw">
    <summary>${say(title)}</summary>
    <pre tabindex="0">${text}${cut && html` … ${say(WORDS.cut)}`}</pre>
  </details>`;
}
