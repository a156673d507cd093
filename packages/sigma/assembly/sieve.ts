// Looks for a few short pieces of ASCII, in any case, sixteen places at a time: the lower and the upper half of each of three bytes say by a
// table which groups of pieces may begin there ("Teddy", as Hyperscan has it), and what is left is compared.

/** Of a sieve: six tables of 16 bytes, the number of pieces, and of each piece its folded text, which bits of it tell case, and which bits count. */
const PIECES: usize = 96;
const FIRST_PIECE: usize = 100;
const PIECE_BYTES: usize = 12;

/** Whether any of a sieve's pieces stands in a text. */
export function mayHold(sieve: usize, from: usize, to: usize): bool {
  const low0 = v128.load(sieve);
  const high0 = v128.load(sieve, 16);
  const low1 = v128.load(sieve, 32);
  const high1 = v128.load(sieve, 48);
  const low2 = v128.load(sieve, 64);
  const high2 = v128.load(sieve, 80);
  const half = i8x16.splat(0x0f);
  for (let at = from; at < to; at += 16) {
    const first = v128.load(at);
    const second = v128.load(at, 1);
    const third = v128.load(at, 2);
    let groups = v128.and(i8x16.swizzle(low0, v128.and(first, half)), i8x16.swizzle(high0, i8x16.shr_u(first, 4)));
    groups = v128.and(groups, i8x16.swizzle(low1, v128.and(second, half)));
    groups = v128.and(groups, i8x16.swizzle(high1, i8x16.shr_u(second, 4)));
    groups = v128.and(groups, i8x16.swizzle(low2, v128.and(third, half)));
    groups = v128.and(groups, i8x16.swizzle(high2, i8x16.shr_u(third, 4)));
    if (!v128.any_true(groups)) continue;
    let places = 0xffff & ~i8x16.bitmask(i8x16.eq(groups, i8x16.splat(0)));
    while (places != 0) {
      if (isPiece(sieve, at + ctz(places))) return true;
      places &= places - 1;
    }
  }
  return false;
}

function isPiece(sieve: usize, at: usize): bool {
  const found = load<u32>(at);
  const end = sieve + FIRST_PIECE + <usize>load<u32>(sieve + PIECES) * PIECE_BYTES;
  for (let piece = sieve + FIRST_PIECE; piece < end; piece += PIECE_BYTES)
    if (((found | load<u32>(piece, 4)) & load<u32>(piece, 8)) == load<u32>(piece)) return true;
  return false;
}
