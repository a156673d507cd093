// Values are known again by their bytes.

/** A hash of a text: eight bytes at a time, by multiplication and rotation. */
export function hashOf(from: usize, to: usize): i32 {
  let hash: u64 = <u64>(to - from) * 0x9e3779b97f4a7c15;
  let at = from;
  for (; at + 8 <= to; at += 8) hash = rotl(hash ^ load<u64>(at), 27) * 0xd6e8feb86659fd93;
  // Where the text ends earlier, what follows it is shifted out.
  if (at < to) hash = rotl(hash ^ (load<u64>(at) << ((8 - <u64>(to - at)) << 3)), 27) * 0xd6e8feb86659fd93;
  return <i32>(hash ^ (hash >> 32));
}

/** Whether two texts are the same. Up to sixteen bytes behind them are looked at, too. */
export function isSame(one: usize, other: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 16 <= length; at += 16) if (differences(one + at, other + at) != 0) return false;
  return (differences(one + at, other + at) & ((1 << (length - at)) - 1)) == 0;
}

@inline
function differences(one: usize, other: usize): i32 {
  return i8x16.bitmask(i8x16.ne(v128.load(one), v128.load(other)));
}
