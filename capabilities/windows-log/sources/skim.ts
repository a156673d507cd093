import type { ParseContext, Skimmed } from '@yuheng/engine';
import type { SigmaEvent, TextSlice } from '@yuheng/sigma';
import { FLAT_NAMES, isEventId } from './json-shapes.ts';
import { eventTime, kindOf } from './windows-record.ts';

/** Fields that make an event another shape than a flat one, or bring further fields into it. */
const NOT_FLAT = ['Event', 'winlog', 'event_data', 'EventData'] as const;
const OTHERS = new Map(FLAT_NAMES);

/** A flat event that names its channel and id itself, as the bulk of exports has them. */
export function skimFlat(line: SigmaEvent, context: Pick<ParseContext, 'offsetMinutes'>): Skimmed | undefined {
  const channel = line.field('Channel');
  const id = line.field('EventID');
  if (typeof channel !== 'string' || typeof id === 'object' || !isEventId(id) || isNested(line)) return undefined;
  const event = new FlatEvent(line);
  const { time, assumed } = eventTime(event.field('TimeCreated'), context);
  return { kind: kindOf(channel, id), time, assumed, event };
}

// Asked of every line: a callback would be an object a line.
function isNested(line: SigmaEvent): boolean {
  for (let at = 0; at < NOT_FLAT.length; at++) if (line.field(NOT_FLAT[at]!) !== undefined) return true;
  return false;
}

/** Answers by Sigma's names for what flat exports call otherwise. */
class FlatEvent implements SigmaEvent {
  private readonly line: SigmaEvent;

  constructor(line: SigmaEvent) {
    this.line = line;
  }

  field(name: string): unknown {
    const own = this.line.field(name);
    const others = OTHERS.get(name);
    if (!others || (own !== undefined && own !== null && typeof own !== 'object')) return own;
    for (let at = 0; at < others.length; at++) {
      const value = this.line.field(others[at]!);
      if (typeof value === 'string' || typeof value === 'number') return value;
    }
    return own;
  }

  slice(name: string): TextSlice | null | undefined {
    const slice = this.line.slice?.(name);
    return slice === null && OTHERS.has(name) ? undefined : slice;
  }

  texts(): Iterable<string> {
    return this.line.texts();
  }

  json(): string | undefined {
    return this.line.json?.();
  }

  jsonSlice(): TextSlice | undefined {
    return this.line.jsonSlice?.();
  }
}
