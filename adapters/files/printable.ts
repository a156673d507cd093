/** Unicode's pictures of the control characters begin here, in the same order. */
const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';

/** A name without characters that steer a terminal: C0 controls and DEL as their pictures, C1 and bidirectional controls as U+FFFD. */
export function printable(name: string): string {
  return name
    .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(CONTROL_PICTURES + control.charCodeAt(0)))
    .replace(/\u007f/g, DELETE_PICTURE)
    .replace(/[\u0080-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');
}
