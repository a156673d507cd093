import { describe, expect, it } from 'vitest';
import { Calendar, DOUBT_MS, TOLERANCE_MS, type CalendarState } from './calendar.ts';

const DAY_MS = 86_400_000;
const T0 = Date.UTC(2026, 2, 10, 12);

/** A calendar opened at T0, with what it told and wrote. */
async function opened(kept?: CalendarState) {
  const told: string[] = [];
  const written: CalendarState[] = [];
  const store = { read: async () => kept, write: async (state: CalendarState) => void written.push(state) };
  const calendar = new Calendar(store, { info: (text) => told.push(text), error: (code) => told.push(code) });
  await calendar.open(T0, 0);
  return { calendar, told, written };
}

describe('the calendar', () => {
  it('follows the clock while both run alike, and over a gap as long as a weekend', async () => {
    const { calendar, told } = await opened({ countedMs: T0 - TOLERANCE_MS, doubtMs: 0 });
    calendar.look(T0 + 1_000, 1_000);
    expect(calendar.oldAsOf(T0 + 1_000)).toBe(T0 + 1_000);
    expect(told).toEqual([]);
  });

  it.each([400, -400])('holds to its own count when the clock jumps by %i days, and says so once', async (days) => {
    const { calendar, told } = await opened();
    const jumped = T0 + days * DAY_MS;
    for (let ran = 1; ran <= 5; ran++) calendar.look(jumped + ran * 1_000, ran * 1_000);
    expect(told).toEqual(['YH-CLOCK']);
    expect(calendar.oldAsOf(jumped + 5_000)).toBe(Math.min(jumped, T0) + 5_000);
    calendar.look(T0 + 6_000, 6_000);
    expect(calendar.oldAsOf(T0 + 6_000)).toBe(T0 + 6_000);
    expect(told).toEqual(['YH-CLOCK', 'The clock is believed again.']);
  });

  it.each([400, -400])('believes a clock that is off by %i days when it has run with it for a week', async (days) => {
    const { calendar } = await opened();
    const jumped = T0 + days * DAY_MS;
    calendar.look(jumped + DOUBT_MS - 1, DOUBT_MS - 1);
    expect(calendar.oldAsOf(jumped + DOUBT_MS - 1)).toBe(Math.min(jumped, T0) + DOUBT_MS - 1);
    calendar.look(jumped + DOUBT_MS, DOUBT_MS);
    expect(calendar.oldAsOf(jumped + DOUBT_MS)).toBe(jumped + DOUBT_MS);
  });

  it('counts whole milliseconds, and loses none', async () => {
    const { calendar } = await opened();
    for (let ran = 0.7; ran < 1_000; ran += 0.7) calendar.look(T0 + 400 * DAY_MS, ran);
    calendar.look(T0 + 400 * DAY_MS, 1_000.9);
    expect(calendar.oldAsOf(T0 + 400 * DAY_MS)).toBe(T0 + 1_000);
  });

  it('remembers doubt over restarts, and begins a new one anew', async () => {
    const before = T0 - 400 * DAY_MS;
    const { calendar, told, written } = await opened({ countedMs: before, doubtMs: DOUBT_MS - 1_000 });
    expect(told).toEqual(['YH-CLOCK']);
    await calendar.save();
    expect(written).toEqual([{ countedMs: before, doubtMs: DOUBT_MS - 999 }]);
    calendar.look(T0 + 999, 999);
    expect(calendar.oldAsOf(T0 + 999)).toBe(T0 + 999);
  });

  it('dates what is received by the clock, but never days back', async () => {
    const { calendar } = await opened();
    for (const [now, received] of [
      [T0 + 400 * DAY_MS, T0 + 400 * DAY_MS],
      [T0 - TOLERANCE_MS, T0 - TOLERANCE_MS],
      [T0 - TOLERANCE_MS - 1, T0],
      [0, T0],
    ] as const)
      expect(calendar.receivedAt(now)).toBe(received);
  });
});
