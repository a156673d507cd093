/** A DOS date and time (date in the upper 16 bits), taken as UTC since it knows no zone; ms. APPNOTE.TXT 4.4.6. */
export function dosTimeMs(dosTime: number): number {
  const date = dosTime >>> 16;
  const time = dosTime & 0xffff;
  const [year, month, day] = [1980 + (date >> 9), (date >> 5) & 15, date & 31];
  return Date.UTC(year, month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}
