// Walks an automaton's table of transitions over a text, as automaton.ts of the rule index lays it out.

/** What JSON's escapes of one character stand for. */
const unescaped: usize = heap.alloc(256);
for (let byte: usize = 0; byte < 256; byte++) store<u8>(unescaped + byte, <u8>byte);
store<u8>(unescaped + 0x62, 0x08);
store<u8>(unescaped + 0x66, 0x0c);
store<u8>(unescaped + 0x6e, 0x0a);
store<u8>(unescaped + 0x72, 0x0d);
store<u8>(unescaped + 0x74, 0x09);

/**
 * Goes on as long as nothing is to be done but to go on: until the table lacks a transition, or a row reports something that was not
 * reported in this epoch. Answers the address that was reached times 65536 plus the row.
 */
export function walk(
  table: usize,
  shift: u32,
  classes: usize,
  reported: usize,
  start: u32,
  epoch: i32,
  from: usize,
  to: usize,
): f64 {
  let row = start;
  let at = from;
  while (at < to) {
    let byte = load<u8>(at);
    let width: usize = 1;
    if (byte == 0x5c) {
      byte = load<u8>(unescaped + load<u8>(at, 1));
      width = 2;
    }
    const symbol = <u32>load<u16>(classes + ((<usize>byte) << 1));
    const next = <u32>load<u16>(table + (((row << shift) + symbol) << 1));
    if (next == 0) break;
    if ((next & 1) != 0 && load<i32>(reported + ((next >> 1) << 2)) != epoch) break;
    row = next >> 1;
    at += width;
  }
  return <f64>at * 65536 + <f64>row;
}
