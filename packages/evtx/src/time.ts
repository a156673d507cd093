/** 100 ns steps from 1601-01-01 (FILETIME) to 1970-01-01. */
const EPOCH_DIFFERENCE = 116_444_736_000_000_000n;
const STEPS_PER_MS = 10_000n;

/** `YYYY-MM-DDTHH:MM:SS.mmmZ`: years past 9999 keep their last four digits, as Windows shows them. */
const ISO_LENGTH = 24;

/** A FILETIME that is negative as a signed number; Windows cannot turn it into a date. */
const INVALID_FILE_TIME = '0000-00-00T00:00:00.0000000Z';
const ZERO_TIME = '1601-01-01T00:00:00.0000000Z';

/** The text of a FILETIME (100 ns steps since 1601, UTC): `2020-01-01T00:00:00.1234567Z`. */
export function fileTimeText(fileTime: bigint): string {
  if (fileTime >= 1n << 63n) return INVALID_FILE_TIME;
  const steps = fileTime - EPOCH_DIFFERENCE;
  const fraction = ((steps % STEPS_PER_MS) + STEPS_PER_MS) % STEPS_PER_MS;
  const iso = new Date(Number((steps - fraction) / STEPS_PER_MS)).toISOString().slice(-ISO_LENGTH);
  return `${iso.slice(0, -1)}${String(fraction).padStart(4, '0')}Z`;
}

/** The text of the 16-byte SYSTEMTIME at `start`; one that is no date gives the zero of FILETIME, as Windows shows it. */
export function systemTimeText(view: DataView, start: number): string {
  const field = (index: number): number => view.getUint16(start + index * 2, true);
  const [year, month, day, hour, minute, second] = [field(0), field(1), field(3), field(4), field(5), field(6)];
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second, field(7)));
  const dateHolds = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  const timeHolds = hour < 24 && minute < 60 && second < 60 && field(7) < 1000;
  return year >= 1601 && dateHolds && timeHolds ? `${time.toISOString().slice(-ISO_LENGTH, -1)}0000Z` : ZERO_TIME;
}
