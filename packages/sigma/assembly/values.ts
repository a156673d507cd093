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

export function isSame(one: usize, other: usize, length: usize): bool {
  return memory.compare(one, other, length) == 0;
}
