import { compareOrder, compareText } from '../order.ts';
import type { MatchedEvent, Place } from '../match.ts';

/**
 * Makes one event of the copies of a record (live log, shadow copy, JSON export). The first in order names it; the others' places and rules
 * join it. Copies agree to the second only, so whole seconds are held back and given on in order.
 */
export class CopyMerger {
  /** Matched records that were copies of another. */
  duplicates = 0;
  private second: number | undefined;
  private held: MatchedEvent[] = [];

  /** The next event in order; gives back the events of seconds that are over. */
  push(event: MatchedEvent): readonly MatchedEvent[] {
    const second = Math.floor(event.ms / 1000);
    const done = second === this.second ? [] : this.end();
    this.second = second;
    this.held.push(event);
    return done;
  }

  /** The events still held. */
  end(): readonly MatchedEvent[] {
    const held = this.held;
    this.held = [];
    if (held.every((event) => event.identity === undefined)) return held;
    const merged = new Map<unknown, MatchedEvent>();
    for (const event of held) {
      const key = event.identity ?? event;
      const first = merged.get(key);
      if (first) this.duplicates++;
      merged.set(key, first ? join(first, event) : event);
    }
    return [...merged.values()].sort(compareOrder);
  }
}

function join(first: MatchedEvent, copy: MatchedEvent): MatchedEvent {
  const rules = [...new Set([...first.rules, ...copy.rules])];
  const places = [...first.places, ...copy.places].sort(comparePlaces);
  return {
    ...first,
    rules,
    because: { ...copy.because, ...first.because },
    places,
    fields: Object.assign(Object.create(null), copy.fields, first.fields) as MatchedEvent['fields'],
  };
}

function comparePlaces(a: Place, b: Place): number {
  return (
    compareText(a.file, b.file) ||
    Number(a.record) - Number(b.record) ||
    compareText(String(a.record), String(b.record))
  );
}
