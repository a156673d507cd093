import fc from 'fast-check';
import { loadRules } from '@yuheng/sigma';
import { Conclusion } from '../conclude.ts';
import type { MatchedEvent } from '../match.ts';
import { memorySpill } from '../memory.ts';
import { compareOrder } from '../order.ts';
import { conclude } from '../pipeline.ts';

/** Two rules and a correlation of one of them. */
export const RULES = loadRules([
  {
    file: 'rules.yml',
    text: `
title: Failed
name: failed
id: 00000000-0000-4000-8000-000000000001
logsource: { product: linux }
detection: { a: { m: failed }, condition: a }
level: low
---
title: Odd
name: odd
id: 00000000-0000-4000-8000-000000000002
logsource: { product: linux }
detection: { a: { m: odd }, condition: a }
level: medium
---
title: Guessing
id: 00000000-0000-4000-8000-000000000003
correlation: { type: event_count, rules: [failed], group-by: [user], timespan: 10s, condition: { gte: 3 }, generate: true }
level: high
`,
  },
]);

const [FAILED, ODD] = RULES.rules.map(({ rule }) => rule.uid) as [string, string];

function match(number: number, second: number, user: string, rule: string): MatchedEvent {
  const uid = `e${number}`;
  const ms = second * 1000 + (number % 7);
  const event = {
    class_uid: 3002,
    category_uid: 3,
    activity_id: 1,
    type_uid: 300201,
    severity_id: 1,
    time: ms,
    metadata: { uid, tenant_uid: 'default', version: '1', product: {} },
    user: { name: user },
    device: { hostname: `h${user}` },
  } as unknown as MatchedEvent['event'];
  const order = { ms, ns: 0, source: 's', file: 'f', number, uid };
  return { ...order, rules: [rule], event, because: {}, places: [{ file: 'f', record: number }], fields: { user } };
}

/** Matches of several users within a minute or a day, in order. */
export const matches = fc
  .array(
    fc.record({
      second: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 90_000 })),
      user: fc.constantFrom('a', 'b', 'c'),
      rule: fc.constantFrom(FAILED, ODD),
    }),
    { maxLength: 60 },
  )
  .map((all) => all.map(({ second, user, rule }, number) => match(number, second, user, rule)).sort(compareOrder));

/** What a hunt over the same matches ends with. */
export async function hunted(all: readonly MatchedEvent[]) {
  const findings: string[] = [];
  const conclusion = new Conclusion(RULES, memorySpill(), (found) => void findings.push(JSON.stringify(found.finding)));
  const { incidents } = await conclude(
    (async function* () {
      yield* all;
    })(),
    conclusion,
  );
  return { findings: findings.sort(), incidents: incidents.map((incident) => JSON.stringify(incident)).sort() };
}
