import { pieceOf } from './piece.ts';
import type { JsonPlan, JsonStep, ShapeField, Supply } from './shape.ts';

/** Bytes that the JSON of a value takes at most besides those for its own bytes: one of a fixed width, with its quotes. */
const ROOM_PER_VALUE = 80;

/** How the table of a shape is written: what never changes is joined, so that few pieces are left. */
export function jsonPlan(fields: readonly ShapeField[]): JsonPlan {
  const steps: JsonStep[] = [];
  let constant = '';
  let room = 2;
  for (const field of fields) {
    const key = `,${JSON.stringify(field.name)}:`;
    const [only] = field.supplies;
    const isAlways = field.supplies.length === 1 && field.hiddenBy === undefined;
    if (isAlways && only!.constant !== undefined) {
      constant += key + JSON.stringify(only!.constant);
      continue;
    }
    const isKeyAlways = isAlways && !only!.skipEmpty;
    steps.push({
      before: pieceOf(constant + (isKeyAlways ? key : '')),
      key: pieceOf(isKeyAlways ? '' : key),
      field,
    });
    constant = '';
    room += field.supplies.reduce((sum, supply) => sum + roomOf(supply), 0);
  }
  for (const { before, key } of steps) room += before.length + key.length;
  const after = pieceOf(constant);
  return { steps, after, room: room + after.length };
}

function roomOf({ parts }: Supply): number {
  return parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? 6 * part.length : ROOM_PER_VALUE), 16);
}
