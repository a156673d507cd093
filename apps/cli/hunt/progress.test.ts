import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeProgress } from './progress.ts';

let written = '';
beforeEach(() => {
  written = '';
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it.skipIf(process.stderr.isTTY)(
  'says that dates are read first where lines have no year, then counts from the beginning',
  () => {
    const progress = makeProgress(false, 'en');
    progress.start(2048, 1);
    vi.advanceTimersByTime(6000);
    progress.advance(2048, 0, 0);
    progress.again(2048);
    vi.advanceTimersByTime(10_000);
    progress.advance(1024, 1, 1);
    progress.stop();
    expect(written.split('\n')).toEqual([
      'read 2.0 KiB of 2.0 KiB, 0 events, reading dates first, 0 hits',
      'read 1.0 KiB of 2.0 KiB, 1 event, 0 events/s, 1 hit',
      '',
    ]);
  },
);
