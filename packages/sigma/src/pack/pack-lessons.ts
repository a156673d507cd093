import type { Lessons } from '../rule-index/lessons.ts';
import { seal, unseal } from './sealed.ts';

/** Another number where the form changes. */
const FORM = 'sigma lessons 1';

/** What several indexes found out, by name. */
export type LessonsByName = ReadonlyMap<string, Lessons>;

/** Writes lessons as bytes: data, no code. */
export function packLessons(lessons: LessonsByName): Uint8Array {
  return seal(FORM, lessons);
}

/** Reads what {@link packLessons} wrote; `undefined` where the bytes are damaged or of another form. */
export function unpackLessons(bytes: Uint8Array): LessonsByName | undefined {
  return unseal(FORM, bytes) as LessonsByName | undefined;
}
