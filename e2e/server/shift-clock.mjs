// Loaded into a server by `node --import`: its clock is off by what the file at YUHENG_TEST_CLOCK says (ms), which may change at any time.
import { readFileSync } from 'node:fs';

/** How long what was read holds, by a clock that is not shifted, ms. */
const FRESH_MS = 50;

const file = process.env.YUHENG_TEST_CLOCK;
const real = Date.now;
let offset = 0;
let readAt = -Infinity;

function shiftedNow() {
  if (performance.now() - readAt > FRESH_MS) {
    readAt = performance.now();
    offset = Number(readFileSync(file, 'utf8'));
  }
  return real() + offset;
}

Date.now = shiftedNow;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [shiftedNow()] : args, newTarget),
});
