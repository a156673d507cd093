// Memory for what JavaScript puts beside the lines: tables of automata and sieves.

/** Room for so many bytes, and some beyond to look ahead; all zero. */
export function allocate(bytes: usize): usize {
  const at = heap.alloc(bytes + 16);
  memory.fill(at, 0, bytes + 16);
  return at;
}

export function release(at: usize): void {
  heap.free(at);
}
