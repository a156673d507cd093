export type { EvtxBatch } from './chunk.ts';
export { readChunk } from './chunk.ts';
export type { EvtxAttribute, EvtxElement, EvtxInstruction, EvtxNode } from './element.ts';
export type { EventFields, EventFieldValue } from './fields.ts';
export { eventFields } from './fields.ts';
export type { EvtxLoss } from './loss.ts';
export type { EvtxRecord } from './record.ts';
export { isEvtx, readEvtx } from './stream.ts';
export { toXml } from './xml.ts';
