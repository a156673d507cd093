/** The value types of BinXML, [MS-EVEN6] 2.2.12. An array of a type has {@link ARRAY_FLAG} set as well. */
export const ValueType = {
  null: 0x00,
  string: 0x01,
  ansiString: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizeT: 0x10,
  fileTime: 0x11,
  systemTime: 0x12,
  sid: 0x13,
  hexInt32: 0x14,
  hexInt64: 0x15,
  handle: 0x20,
  binXml: 0x21,
  xml: 0x23,
} as const;

/** Set in the type of an array. */
export const ARRAY_FLAG = 0x80;

const KNOWN = new Uint8Array(0x100);
for (const type of Object.values(ValueType)) KNOWN[type] = KNOWN[type | ARRAY_FLAG] = 1;

/** Whether a type byte of a file is one of the format's, scalar or array. */
export function isValueType(type: number): boolean {
  return KNOWN[type] === 1;
}

/** Whether the type is an array. */
export function isArray(type: number): boolean {
  return (type & ARRAY_FLAG) !== 0;
}
