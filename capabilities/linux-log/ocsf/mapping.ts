import type { FieldReader, Mapping } from '@yuheng/engine';

/** What a mapper says of one kind of record; device and the common parts are added by the caller. */
export type Mapped = Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> & Partial<Pick<Mapping, 'profiles'>>;

/** Reads one kind of record; `undefined` where it lacks what its class must have, so that it becomes a base event. */
export type Mapper = (fields: FieldReader) => Mapped | undefined;

/** Mappers by the word that tells kinds apart (an action, a record type, an event id). */
export type MapperTable = { readonly [kind: string]: Mapper };

/** The mapper of a kind; a record may call its kind anything, `constructor` too. */
export function mapperOf(table: MapperTable, kind: string): Mapper | undefined {
  return Object.hasOwn(table, kind) ? table[kind] : undefined;
}
