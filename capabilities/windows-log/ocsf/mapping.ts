import type { FieldReader, Mapping } from '@yuheng/engine';

/** What the table says of one kind of event; device and the common parts are added by the caller. */
export type Mapped = Pick<Mapping, 'classUid' | 'activityId' | 'attributes'> &
  Partial<Pick<Mapping, 'severityId' | 'message'>>;

/** Reads one kind of event; `undefined` where it lacks what its class must have, so that it becomes a base event. */
export type Mapper = (fields: FieldReader) => Mapped | undefined;

/** Mappers by event id, of one channel. */
export type MapperTable = { readonly [eventId: string]: Mapper };
