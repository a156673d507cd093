import type { ChunkData } from './chunk-data.ts';
import { eventId, type EventFields, type EventFieldValue } from './fields.ts';
import type { Shape, ShapeField } from './shape.ts';
import { hasValue, isAbsent, isList, itemsOf, supplyText } from './supply.ts';
import type { PlacedValue } from './template.ts';
import { renderValue } from './value.ts';

/** The flat table of the record placed last: what `eventFields` gives for its tree. */
export function shapeFields(chunk: ChunkData, { fields }: Shape): EventFields {
  const table = Object.create(null) as EventFields;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index]!;
    if (field.hiddenBy !== undefined && hasValue(chunk, field.hiddenBy)) continue;
    const value = fieldValue(chunk, field);
    if (value !== undefined) table[field.name] = value;
  }
  return table;
}

/** The value of a field that is not hidden; undefined where it has none, not even null. */
export function fieldValue(chunk: ChunkData, field: ShapeField): EventFieldValue | undefined {
  const only = field.supplies[0]!;
  if (field.supplies.length > 1 || isList(only)) {
    const values = fieldValues(chunk, field);
    return values.length > 1 ? values : values[0];
  }
  if (!hasValue(chunk, only)) return undefined;
  const text = supplyText(chunk, only);
  return field.isEventId ? eventId(text) : text;
}

/** The values of a field that may have several. */
function fieldValues(chunk: ChunkData, { supplies }: ShapeField): (string | null)[] {
  return supplies.flatMap((supply) => {
    if (!isList(supply)) return hasValue(chunk, supply) ? [supplyText(chunk, supply)] : [];
    const text = isAbsent(supply)
      ? () => null
      : ({ type, start, size }: PlacedValue) => renderValue(chunk, type, start, size);
    return itemsOf(chunk, supply).map(text);
  });
}
