/** The sub-modifiers of `re`. */
export interface RegexFlags {
  /** `i`: case-insensitive. */
  readonly ignoreCase: boolean;
  /** `m`: `^` and `$` match at line breaks. */
  readonly multiline: boolean;
  /** `s`: `.` matches line breaks. */
  readonly dotAll: boolean;
}

/** How `re` matches by itself: case-sensitive, `^` and `$` at the ends of the text, `.` without line breaks. */
export const NO_FLAGS: RegexFlags = { ignoreCase: false, multiline: false, dotAll: false };
