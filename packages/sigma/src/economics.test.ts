import { describe, expect, test } from 'vitest';
import { EventSample } from './economics.ts';
import { loadRules } from './load.ts';
import { eventOf } from './testing.ts';

const EVENTS = [
  { Image: 'C:\\cmd.exe', CommandLine: 'cmd /c whoami' },
  { Image: 'C:\\cmd.exe', CommandLine: 'cmd /c dir' },
  { Image: 'C:\\calc.exe', CommandLine: 'calc' },
];

function study(detection: string) {
  const text = `title: t\nlogsource: {product: any}\ndetection: ${detection}`;
  const [rule] = loadRules([{ file: 'r.yml', text }]).rules;
  let now = 0;
  const { hangsOn, ...rest } = new EventSample(EVENTS.map(eventOf)).study(rule!, () => (now += 5));
  return { ...rest, hangsOn: hangsOn.map(({ key, expected }) => `${key} ${expected.join(' ')}`) };
}

describe('the study of a rule', () => {
  test.each([
    [
      'hangs on the rarest part of an and',
      `{s: {Image|endswith: cmd.exe, CommandLine|contains: whoami}, condition: s}`,
      { candidates: 1, matches: 1, hangsOn: ['CommandLine|contains whoami'], traits: [] },
    ],
    [
      'hangs on every part of an or',
      `{a: {Image|endswith: calc.exe}, b: {CommandLine|contains: whoami}, condition: a or b}`,
      { candidates: 2, matches: 2, hangsOn: ['Image|endswith calc.exe', 'CommandLine|contains whoami'], traits: [] },
    ],
    [
      'hangs on nothing under a not',
      `{s: {Image|endswith: calc.exe}, condition: not s}`,
      { candidates: 3, matches: 2, hangsOn: [], traits: ['no-literal'] },
    ],
    [
      'turns an and under a not into an or',
      `{a: {Image|endswith: calc.exe}, b: {Image|exists: false}, condition: a and not b}`,
      { candidates: 1, matches: 1, hangsOn: ['Image|endswith calc.exe'], traits: [] },
    ],
    [
      'counts where the literal of a pattern is found',
      `{s: {CommandLine|re: 'cmd .*who'}, condition: s}`,
      { candidates: 2, matches: 1, hangsOn: ['CommandLine|re cmd .*who'], traits: ['slow-pattern'] },
    ],
    [
      'finds no literal in a pattern of classes',
      `{s: {CommandLine|re: '[a-z]{5}'}, condition: s}`,
      { candidates: 3, matches: 1, hangsOn: [], traits: ['no-literal'] },
    ],
    [
      'knows keywords',
      `{k: [whoami], condition: k}`,
      { candidates: 1, matches: 1, hangsOn: [' whoami'], traits: ['text'] },
    ],
  ])('%s', (_, detection, expected) => {
    expect(study(detection)).toEqual({ events: 3, ms: 5, ...expected });
  });
});
