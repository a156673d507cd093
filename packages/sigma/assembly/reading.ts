// What is known of the value and of the line at hand.

/** What a value is. The numbers are known to json-line.ts. */
export const PLAIN: u32 = 1; // ASCII without escapes
export const ESCAPED: u32 = 2; // ASCII with escapes of one character
export const WIDE: u32 = 3; // more than ASCII, perhaps with such escapes
export const HARD: u32 = 4; // with \u escapes
export const INTEGER: u32 = 5; // at most 15 digits, as String(JSON.parse(it)) writes it
export const NUMBER: u32 = 6; // any other number
export const TRUE: u32 = 7;
export const FALSE: u32 = 8;
export const NULL: u32 = 9;
export const NESTED: u32 = 10; // an object or an array

/** Answers of `read`: the line is read; ASCII letters stand in it as such, in its strings of more than ASCII too; it is ASCII; it is not read. */
export const READ: i32 = 0;
export const READ_LITERAL: i32 = 1;
export const READ_PLAIN: i32 = 2;
export const LEFT: i32 = -1;

/** What the value that was read last is. */
export let kind: u32 = PLAIN;
/** What is known of the line so far: one of the answers. */
export let answer: i32 = READ_PLAIN;

/** The value that was read is of this kind. */
@inline
export function become(what: u32): void {
  kind = what;
}

/** Another line begins. */
export function begin(): void {
  answer = READ_PLAIN;
}

/** The line is no better than this. */
export function lower(to: i32): void {
  if (to < answer) answer = to;
}
