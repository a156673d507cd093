import { describe, expect, it } from 'vitest';
import { ENDING_LOOKS, LAST_BYTES, RESERVE_BYTES, Room } from './room.ts';

const atRest = (looks: number): number[] => Array.from({ length: looks }, () => LAST_BYTES);

describe('the room of the engine', () => {
  it.each([
    [
      'fills slowly',
      [RESERVE_BYTES, RESERVE_BYTES - 1, ...atRest(ENDING_LOOKS - 1), 0, RESERVE_BYTES],
      ['rest', 'go on'],
    ],
    ['fills while merges end', [RESERVE_BYTES, RESERVE_BYTES - 1, ...atRest(ENDING_LOOKS - 2), 0], ['rest', 'give up']],
    ['fills within a look', [RESERVE_BYTES, LAST_BYTES - 1], ['give up']],
    ['is short at the start', [0, 0, RESERVE_BYTES - 1, RESERVE_BYTES], ['rest', 'go on']],
    ['stays', [RESERVE_BYTES, RESERVE_BYTES], []],
  ])('%s', (_, free, wanted) => {
    const done: string[] = [];
    let look = 0;
    const room = new Room(() => free[look]!, {
      rest: () => done.push('rest'),
      goOn: () => done.push('go on'),
      giveUp: () => done.push('give up'),
    });
    room.start();
    for (look = 1; look < free.length; look++) room.look();
    room.stop();
    expect(done).toEqual(wanted);
  });
});
