import fc from 'fast-check';
import {
  Counts,
  Detector,
  inspect,
  LogsourceMap,
  Setup,
  type LogFile,
  type MatchedEvent,
  type Source,
} from '@yuheng/engine';
import { loadRules } from '@yuheng/sigma';
import { expect, it } from 'vitest';
import { windowsLog } from '../capability.ts';
import { windowsJson } from './json.ts';

/** Lines as exports and accidents write them; the rules below are about some. */
const LINES = [
  '{"Channel":"Security","EventID":4688,"NewProcessName":"C:\\\\kiwi.exe","TimeCreated":"2026-03-01T02:23:04.000Z"}',
  '{"Channel":"Security","EventID":"4688","NewProcessName":"C:\\\\calm.exe","EventTime":"2026-03-01 02:23:05","Keywords":-9214364837600034816}',
  '{"Channel":"Security","EventID":4688,"NewProcessName":"C:\\\\k\\u0069wi.exe","@timestamp":"2027-03-01T02:23:04.000Z"}',
  '{"Channel":"Security","EventID":4624,"SourceName":"Lamp","TimeCreated":"2026-03-01T02:23:06Z"}',
  '{"Channel":"Security","EventID":4624,"Provider_Name":null,"ProviderName":"Lamp","TimeCreated":false,"EventTime":"2026-03-01T02:23:06Z"}',
  '{"Channel":"Security","EventID":4624,"Provider_Name":{"a":1},"ProviderName":7,"Source":"Lamp"}',
  '{"Channel":"Security","EventID":[4624],"Id":4688,"NewProcessName":"kiwi.exe"}',
  '{"Channel":"Security","EventID":4688,"EventData":{"NewProcessName":"kiwi.exe"}}',
  '{"Channel":"Security","EventID":4688,"EventData":"<EventData><Data Name=\\"NewProcessName\\">kiwi.exe</Data></EventData>"}',
  '{"SourceName":"Microsoft-Windows-Security-Auditing","EventID":4688,"NewProcessName":"kiwi.exe"}',
  '{"winlog":{"channel":"Security","event_id":4688,"event_data":{"NewProcessName":"kiwi.exe"}}}',
  '{"Channel":"Security","EventID":4688,"note":"a word of lamplight"}',
  '{"Channel":"Security","EventID":4688,"Channel":"System","NewProcessName":"kiwi.exe"}',
  '{"Ch\\u0061nnel":"Security","EventID":4688,"NewProcessName":"kiwi.exe"}',
  '{"Channel":"Security","EventID":4688,"NewProcessName":"\u212aiwi.exe"}',
  '{"Channel":"Security","EventID":"none"}',
  '{"Channel":"Security","EventID":4688,"NewProcessName":"kiwi.exe"',
  '[{"Channel":"Security","EventID":4688},',
  '{"Channel":"Security","EventID":4688,"NewProcessName":"kiwi.exe"}]',
  '{"Channel":"Security","EventID":4688}{"Channel":"Security","EventID":4688,"NewProcessName":"kiwi.exe"}',
  '{"Channel":"Security",\n"EventID":4688,\n"NewProcessName":"kiwi.exe"}',
  '  {"Channel":"Security","EventID":4688,"NewProcessName":"calm.exe"}  \r',
  '',
  ' \r',
  '\u3000\u00a0',
  '\ufeff',
  'words',
  `{"Channel":"Security","EventID":4688,"long":"${'x'.repeat(700)}"}`,
];
const RULES = `title: Kiwi
id: kiwi
logsource: {product: windows, category: process_creation}
detection: {s: {NewProcessName|endswith: kiwi.exe}, condition: s}
---
title: Lamp
id: lamp
logsource: {product: windows, service: security}
detection: {s: {Provider_Name: lamp}, condition: s}
---
title: Light
id: light
logsource: {product: windows}
detection: {k: [lamplight], condition: k}
`;

const { rules } = loadRules([{ file: 'r.yml', text: RULES }]);

/** Everything that comes of a file. */
async function outcome(content: Buffer, sizes: readonly number[], source: Source) {
  const setup = new Setup({
    capabilities: [{ ...windowsLog, sources: [source] }],
    detector: new Detector(rules, new LogsourceMap(windowsLog.logsources)),
    ...{ correlationFields: new Map(), batchSize: 3, maxRecordBytes: 600, offsetMinutes: () => 60 },
    onRefusal: (_, refusal) => refusals.push(refusal),
  });
  const refusals: unknown[] = [];
  const file = { name: 'f', bytes: () => pieces(content, sizes) } as unknown as LogFile;
  const counts = new Counts();
  const matches: MatchedEvent[] = [];
  const steps = inspect(file, setup, counts);
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) matches.push(...step.value);
  return { counts, matches, refusals, told: step.value };
}

async function* pieces(content: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let from = 0, turn = 0; from < content.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield content.subarray(from, from + size);
    from += size;
  }
}

it('passes by nothing that reading every line tells', async () => {
  const file = fc.tuple(
    fc.constantFrom('', '\ufeff'),
    fc.array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\n', '\r\n')), { minLength: 1, maxLength: 30 }),
    fc.boolean(),
    fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 4 }),
  );
  let skimmed = 0;
  const counting: Source = {
    ...windowsJson,
    skim: (line, context) => {
      const told = windowsJson.skim!(line, context);
      if (told) skimmed++;
      return told;
    },
  };
  const agrees = async ([mark, lines, other, sizes]: [
    string,
    [string, string][],
    boolean,
    number[],
  ]): Promise<void> => {
    const text = `${mark}${LINES[0]}\n${lines.map((parts) => parts.join('')).join('')}`;
    // Not UTF-8: it is GB18030.
    const content = Buffer.concat([
      Buffer.from(text),
      other ? Buffer.from('{"Channel":"\xc4\xe3"}\n', 'latin1') : Buffer.alloc(0),
    ]);
    const { skim: _, ...plain } = windowsJson;
    expect(await outcome(content, sizes, counting)).toEqual(await outcome(content, sizes, plain));
  };
  await fc.assert(fc.asyncProperty(file, agrees), { numRuns: 600, seed: 5 });
  expect(skimmed).toBeGreaterThan(500);
});
