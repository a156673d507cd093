import type { ChunkData } from './chunk-data.ts';
import { eventId, type EventFields } from './fields.ts';
import type { Shape, ShapeField } from './shape.ts';
import { hasValue, isList, itemsOf, supplyText } from './supply.ts';
import { renderValue } from './value.ts';

/** The flat table of the record placed last: what `eventFields` gives for its tree. */
export function shapeFields(chunk: ChunkData, { fields }: Shape): EventFields {
  const table = Object.create(null) as EventFields;
  for (const field of fields) {
    if (field.hiddenBy !== undefined && hasValue(chunk, field.hiddenBy)) continue;
    const [only] = field.supplies;
    if (field.supplies.length > 1 || isList(only!)) {
      const values = fieldValues(chunk, field);
      if (values.length > 0) table[field.name] = values.length > 1 ? values : values[0]!;
    } else if (hasValue(chunk, only!)) {
      const text = supplyText(chunk, only!);
      table[field.name] = field.isEventId ? eventId(text) : text;
    }
  }
  return table;
}

/** The values of a field that may have several. */
export function fieldValues(chunk: ChunkData, { supplies }: ShapeField): (string | null)[] {
  return supplies.flatMap((supply) => {
    if (isList(supply))
      return itemsOf(chunk, supply).map(({ type, start, size }) => renderValue(chunk, type, start, size));
    return hasValue(chunk, supply) ? [supplyText(chunk, supply)] : [];
  });
}
