import { loadRules } from '@yuheng/sigma';
import { expect, it } from 'vitest';
import { Detector, MAX_KINDS } from './detect.ts';
import { LogsourceMap } from './logsource.ts';
import { newFields, type Record } from './record.ts';

const RULE = `title: t
logsource: {product: demo, service: alpha}
detection: {s: {user: eve}, condition: s}
`;

const MAP = new LogsourceMap([
  {
    product: 'demo',
    service: 'alpha',
    where: [{ source: ['demo'], fields: { channel: ['alpha'] }, aliases: { user: 'name' } }],
  },
]);

function record(channel: string, number: number): Record {
  const fields = Object.assign(newFields(), { channel, name: 'eve' });
  return {
    origin: { tenant: 'default', source: 'demo', file: 'f' },
    number,
    raw: '',
    fields,
    time: { ms: 0, ns: 0 },
    kind: `demo:${channel}`,
  };
}

it('asks only rules about a record’s logsource, by the source’s own field names', () => {
  const detector = new Detector(loadRules([{ file: 'r.yml', text: RULE }]).rules, MAP);
  expect(detector.detect(record('alpha', 1)).map(({ rule }) => rule.rule.title)).toEqual(['t']);
  expect(detector.detect(record('beta', 2))).toEqual([]);
});

it('remembers a bounded number of kinds, and still answers right beyond it', () => {
  const detector = new Detector(loadRules([{ file: 'r.yml', text: RULE }]).rules, MAP);
  for (let number = 0; number < MAX_KINDS + 10; number++)
    expect(detector.detect(record(`c${number}`, number))).toHaveLength(0);
  expect(detector.detect(record('alpha', 1))).toHaveLength(1);
});
