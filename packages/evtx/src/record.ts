import { Budget } from './budget.ts';
import type { ChunkData } from './chunk-data.ts';
import type { EvtxElement } from './element.ts';
import { eventFields, type EventFields } from './fields.ts';
import { readEvent } from './instantiate.ts';
import { JsonLines } from './json-lines.ts';
import { lendTemplates, placeAgain, placeRecord } from './places.ts';
import { RECORD_HEADER_SIZE, RECORD_TRAILER_SIZE, type RecordFrame } from './record-frame.ts';
import type { Shape } from './shape.ts';
import { shapeFields } from './shape-fields.ts';
import { arePlacesSound } from './sound-places.ts';

/** A record of an event log. */
export interface EvtxRecord {
  /** Where the record begins, in bytes from the start of the file. */
  readonly offset: number;
  /** Number of the record in this file. Not the identity of the event: an exported log has numbers of its own. */
  readonly recordId: bigint;
  /** When the record was written: 100 ns steps since 1601-01-01 UTC. */
  readonly written: bigint;
  /** The `<Event>` element. Built when it is asked for: {@link fields} do without. */
  readonly root: EvtxElement;
  /** The flat table that detection rules are written against: `eventFields(root)`, made anew when it is asked for. */
  readonly fields: EventFields;
}

/**
 * Reads a record. Where its form allows, its tree is left for later; `treeOnly` never does. Throws `CorruptData`.
 *
 * @param fileOffset where the chunk begins in its file
 */
export function readRecord(chunk: ChunkData, frame: RecordFrame, fileOffset: number, treeOnly: boolean): EvtxRecord {
  const start = frame.offset + RECORD_HEADER_SIZE;
  const end = frame.offset + frame.size - RECORD_TRAILER_SIZE;
  const shape = treeOnly ? undefined : placeRecord(chunk, start, end);
  const isPlaced = shape !== undefined && arePlacesSound(chunk, shape);
  return new ChunkRecord(chunk, frame, fileOffset, isPlaced ? shape : readEvent(chunk, start, end));
}

/**
 * The flat tables of records as JSON in UTF-8, a line each: `JSON.stringify(record.fields)`, but without making them first.
 *
 * @param room where to write, if it suffices: the answer is then a part of it. To give the same room again is quicker than
 * to have new room made each time, once the lines before are not needed any more.
 */
export function toJsonLines(records: readonly EvtxRecord[], room?: Buffer): Buffer {
  const lines = new JsonLines(room);
  for (const record of records) {
    if (record instanceof ChunkRecord) record.addTo(lines);
    else lines.add(record.fields);
  }
  return lines.take();
}

class ChunkRecord implements EvtxRecord {
  readonly offset: number;
  readonly recordId: bigint;
  readonly written: bigint;
  readonly #chunk: ChunkData;
  readonly #start: number;
  readonly #end: number;
  readonly #shape: Shape | undefined;
  #root: EvtxElement | undefined;

  /** It is known by its shape, or by its tree. */
  constructor(chunk: ChunkData, frame: RecordFrame, fileOffset: number, known: Shape | EvtxElement) {
    this.offset = fileOffset + frame.offset;
    this.recordId = frame.recordId;
    this.written = frame.written;
    this.#chunk = chunk;
    this.#start = frame.offset + RECORD_HEADER_SIZE;
    this.#end = frame.offset + frame.size - RECORD_TRAILER_SIZE;
    if ('json' in known) this.#shape = known;
    else this.#root = known;
  }

  get root(): EvtxElement {
    if (this.#root === undefined) {
      // What it costs was spent when the chunk was read.
      this.#chunk.budget = new Budget();
      if (this.#shape) lendTemplates(this.#chunk, this.#start, this.#end, this.#shape);
      this.#root = readEvent(this.#chunk, this.#start, this.#end);
    }
    return this.#root;
  }

  get fields(): EventFields {
    if (this.#shape === undefined) return eventFields(this.root);
    placeAgain(this.#chunk, this.#start, this.#end, this.#shape);
    return shapeFields(this.#chunk, this.#shape);
  }

  addTo(lines: JsonLines): void {
    if (this.#shape === undefined) return lines.add(eventFields(this.root));
    placeAgain(this.#chunk, this.#start, this.#end, this.#shape);
    lines.addPlaced(this.#chunk, this.#shape);
  }
}
