import { createCorrelator, loadRules, type SigmaEvent } from '@yuheng/sigma';

const rules = `
title: Failed logon
name: failed_logon
logsource: { product: windows, service: security }
detection:
    selection:
        EventID: 4625
    filter_machine:
        TargetUserName|endswith: '$'
    condition: selection and not filter_machine
level: low
---
title: Many failed logons of one user
id: 0f06b1f4-3cf8-4d2c-a0a6-4f0b3c0a2f6e
correlation:
    type: event_count
    rules: [failed_logon]
    group-by: [TargetUserName]
    timespan: 10m
    condition:
        gte: 3
level: high
`;

const set = loadRules([{ file: 'logon.yml', text: rules }]);
for (const { file, line, what, fix } of set.problems) console.error(`${file}:${line}: ${what}; ${fix}`);

/** An event is whatever answers these two questions. */
function eventOf(record: ReadonlyMap<string, unknown>): SigmaEvent {
  return {
    field: (name) => record.get(name),
    texts: () => Array.from(record.values(), String),
  };
}

const users = ['alice', 'bob', 'PC7$', 'alice', 'ALICE', 'alice'];
const records = users.map((user) => new Map<string, unknown>(Object.entries({ EventID: 4625, TargetUserName: user })));
const correlator = createCorrelator(set);
for (const [index, record] of records.entries()) {
  const event = eventOf(record);
  for (const { rule, matches } of set.rules) {
    if (!matches(event)) continue;
    correlator.push({ rule: rule.uid, uid: `record ${index}`, time: { ms: index * 1000, ns: 0 }, field: event.field });
  }
}
for (const { correlation, group, turned, matches } of correlator.end()) {
  const who = group.map(({ field, value }) => `${field} ${value}`).join(', ');
  console.log(`${correlation.title}: ${who}, at ${turned.uid}, ${matches.count} matches`);
}

const [failedLogon] = set.rules;
console.log(failedLogon?.explain(eventOf(records[2] ?? new Map())).decisive);
