export type { SampleContent, SampleElement, SampleRecord, SampleValue } from './sample.ts';
export { writeEvtx } from './file-writer.ts';
export {
  binXml,
  fileTime,
  hexInt64,
  nullValue,
  rawValue,
  text,
  textArray,
  uint16,
  uint32,
  uint64,
  uint8,
} from './values.ts';
export type { WindowsEvent } from './windows-event.ts';
export { windowsEvent } from './windows-event.ts';
