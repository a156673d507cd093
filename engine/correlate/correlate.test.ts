import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entity, EntityKind } from '../entities.ts';
import { ExternalSort } from '../external-sort.ts';
import type { PlacedFinding } from '../finding.ts';
import type { MatchedEvent } from '../match.ts';
import { memorySpill } from '../memory.ts';
import { compareOrder } from '../order.ts';
import type { Level } from '../severity.ts';
import { CopyMerger } from './copies.ts';
import { EntityHistory, HISTORY_MS } from './history.ts';
import { FOLD, IncidentFold, MAX_CARRIERS } from './incidents.ts';

const HOUR = 3_600_000;

function finding(ms: number, rule: string, entities: string[], level: Level = 'medium', lookBackMs = 0): PlacedFinding {
  const uid = `${rule}@${ms}`;
  return {
    order: { ms, ns: 0, source: 's', file: 'f', number: ms, uid },
    level,
    because: [],
    entities: entities.map((text): Entity => {
      const [kind, value] = text.split(' ') as [EntityKind, string];
      return { kind, value, label: value, name: kind, typeId: 0 };
    }),
    finding: {
      metadata: { tenant_uid: 'default' },
      finding_info: { uid, title: rule, analytic: { uid: rule }, attacks: [], first_seen_time: ms - lookBackMs },
    } as unknown as PlacedFinding['finding'],
  };
}

function fold(findings: PlacedFinding[], options = FOLD): string[][] {
  const folding = new IncidentFold(options);
  for (const found of findings) folding.push(found);
  return folding.end().map((incident) => incident.findings.map(({ uid }) => uid));
}

describe('incidents', () => {
  it('opens when findings of two rules share a process', () => {
    expect(fold([finding(0, 'a', ['process h|1']), finding(10, 'b', ['process h|1'])])).toEqual([['a@0', 'b@10']]);
  });

  it('begins with the first event of its findings, whichever came first', () => {
    const folding = new IncidentFold();
    for (const found of [finding(50, 'a', ['process h|1']), finding(60, 'b', ['process h|1'], 'medium', 40)])
      folding.push(found);
    expect(folding.end()).toMatchObject([{ startMs: 20, endMs: 60 }]);
  });

  it('does not open for one rule alone, unless it is critical', () => {
    expect(fold([finding(0, 'a', ['process h|1']), finding(10, 'a', ['process h|1'])])).toEqual([]);
    expect(fold([finding(0, 'a', ['process h|1'], 'critical')])).toEqual([['a@0']]);
  });

  it('does not bind by what everything carries', () => {
    expect(fold([finding(0, 'a', ['user system']), finding(1, 'b', ['user nt-authority\\system'])])).toEqual([]);
    expect(fold([finding(0, 'a', ['address 127.0.0.1']), finding(1, 'b', ['address 127.0.0.1'])])).toEqual([]);
  });

  it('binds less by a thing the commoner it was during the day before', () => {
    const common = Array.from({ length: 30 }, (_, index) =>
      finding(index, `noise${index}`, ['host gateway', `process h|${index}`]),
    );
    const apart = fold([...common.slice(0, 1), finding(5 * HOUR, 'a', ['host gateway'])]);
    expect(apart).toEqual([]);
    const [together] = fold([finding(0, 'a', ['host ws01']), finding(1, 'b', ['host ws01'])]);
    expect(together).toEqual(['a@0', 'b@1']);
  });

  it('merges what one finding binds, under the earliest first finding', () => {
    const merged = fold([
      finding(0, 'a', ['process h|1']),
      finding(1, 'b', ['process k|2']),
      finding(2, 'c', ['process h|1', 'process k|2']),
    ]);
    expect(merged).toEqual([['a@0', 'b@1', 'c@2']]);
  });

  it('lets go after the window, after seven days and after 10,000 findings', () => {
    const later = FOLD.windowMs + 1;
    expect(fold([finding(0, 'a', ['process p']), finding(later, 'b', ['process p'])])).toEqual([]);
    const steady = Array.from({ length: 60 }, (_, index) => finding(index * 3 * HOUR, `r${index % 2}`, ['process p']));
    expect(fold(steady).map((uids) => uids.length)).toEqual([57, 3]);
    const small = { ...FOLD, maxFindings: 5 };
    const many = Array.from({ length: 12 }, (_, index) => finding(index, `r${index % 2}`, ['process p']));
    expect(fold(many, small).map((uids) => uids.length)).toEqual([5, 5, 2]);
  });

  it('goes on in another incident when one is full, and is not blinded by noise', () => {
    const noise = Array.from({ length: 12 }, (_, index) => finding(index, 'noise', ['host ws01', 'user bob']));
    const attack = [finding(20, 'a', ['host ws01', 'user bob']), finding(21, 'b', ['host ws01', 'user bob'])];
    const incidents = fold([...noise, ...attack], { ...FOLD, maxFindings: 10 });
    expect(incidents.at(-1)).toEqual(expect.arrayContaining(['a@20', 'b@21']));
  });

  it('does not follow what more open clusters carry than its bound', () => {
    const apart = Array.from({ length: MAX_CARRIERS + 10 }, (_, index) =>
      finding(index, `r${index}`, ['file common', `process p${index}`]),
    );
    expect(fold(apart, { ...FOLD, threshold: 3 })).toEqual([]);
    expect(fold([...apart, finding(9999, 'x', ['process p5'])], { ...FOLD, threshold: 3 })).toEqual([
      ['r5@5', 'x@9999'],
    ]);
  });

  it('gives the score as a sum of its parts', () => {
    const folding = new IncidentFold();
    for (const found of [finding(0, 'a', ['process p'], 'high'), finding(1, 'b', ['process p'])]) folding.push(found);
    const [incident] = folding.end();
    expect(incident?.score).toBe(incident?.parts.reduce((sum, part) => sum + part.value, 0));
    expect(incident?.level).toBe('high');
  });
});

describe('history', () => {
  it('counts the findings of others for 24 hours', () => {
    const history = new EntityHistory<string>();
    history.add(0, 'a');
    history.add(1, 'b');
    expect(history.outside('a')).toBe(1);
    history.forget(HISTORY_MS + 1);
    expect([history.outside('a'), history.outside('b')]).toEqual([1, 0]);
  });

  it('moves what was one owner’s to another', () => {
    const history = new EntityHistory<string>();
    for (const [ms, owner] of [
      [0, 'a'],
      [1, 'b'],
      [2, 'b'],
    ] as const)
      history.add(ms, owner);
    history.move('b', 'a');
    expect([history.outside('a'), history.outside('b')]).toEqual([0, 3]);
  });
});

function event(ms: number, number: number, identity?: string): MatchedEvent {
  const file = `f${number % 3}`;
  return {
    ms,
    ns: 0,
    source: 's',
    file,
    number,
    uid: `u${number}`,
    rules: [`r${number}`],
    because: {},
    event: {} as MatchedEvent['event'],
    places: [{ file, record: number }],
    ...(identity === undefined ? {} : { identity }),
    fields: {},
  };
}

describe('copies', () => {
  it('joins copies of a record: the first names it, places and rules add up', () => {
    const merger = new CopyMerger();
    const events = [event(1000, 1, 'x'), event(1500, 2, 'x'), event(1600, 3), event(2000, 4, 'x')];
    const out = [...events.flatMap((each) => merger.push(each)), ...merger.end()];
    expect(out.map(({ uid, rules, places }) => [uid, rules, places.length])).toEqual([
      ['u1', ['r1', 'r2'], 2],
      ['u3', ['r3'], 1],
      ['u4', ['r4'], 1],
    ]);
    expect(merger.duplicates).toBe(1);
  });
});

describe('external sort', () => {
  it('gives the same order however much goes to disk', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 7 }), async (numbers, most) => {
        const items = numbers.map((ms, index) => event(ms, index));
        const sort = new ExternalSort<MatchedEvent>(compareOrder, memorySpill(), most);
        for (const item of items) await sort.push(item);
        const sorted: MatchedEvent[] = [];
        for await (const item of sort.sorted()) sorted.push(item);
        expect(sorted).toEqual([...items].sort(compareOrder));
        expect(sort.spilled).toBe(Math.floor(items.length / most));
      }),
    );
  });
});
