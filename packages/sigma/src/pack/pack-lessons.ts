import type { Lessons } from '../rule-index/lessons.ts';
import { seal, unseal } from './sealed.ts';

/** Another number where the form changes. */
const FORM = 'sigma lessons 1';

/** What several indexes found out, by name. */
export type LessonsByName = ReadonlyMap<string, Lessons>;

/** Writes lessons as bytes: data, no code. `key` tells the rules that they are about. */
export function packLessons(lessons: LessonsByName, key: string): Uint8Array {
  return seal(FORM, key, lessons);
}

/** Reads what {@link packLessons} wrote; `undefined` where the bytes are damaged, of another form or about other rules. */
export function unpackLessons(bytes: Uint8Array, key: string): LessonsByName | undefined {
  return unseal(FORM, key, bytes) as LessonsByName | undefined;
}
