import { newFields, type Fields } from '@yuheng/engine';

/** Elements and parameters beyond this are left in the raw text only. */
export const MAX_SD_PARAMS = 256;

/** What RFC 5424 structured data says, and where the message begins behind it. */
export interface StructuredData {
  /** SD-ID → parameter → value. */
  readonly elements: Fields;
  /** Index of the first character behind it. */
  readonly end: number;
}

/** Reads structured data (RFC 5424 section 6.3) at `start`: `-` or `[id name="value" …]…`. `undefined` when it is malformed. */
export function readStructuredData(text: string, start: number): StructuredData | undefined {
  const elements = newFields();
  if (text[start] === '-') return { elements, end: start + 1 };
  let at = start;
  let count = 0;
  while (text[at] === '[') {
    const id = /[^\s=\]"]{1,128}/y;
    id.lastIndex = at + 1;
    const name = id.exec(text)?.[0];
    if (name === undefined) return undefined;
    at = id.lastIndex;
    const element = (elements[name] ??= newFields()) as Fields;
    for (;;) {
      PARAM.lastIndex = at;
      const param = PARAM.exec(text);
      if (!param) break;
      at = PARAM.lastIndex;
      if (count++ < MAX_SD_PARAMS) element[param[1]!] = param[2]!.replace(/\\(["\\\]])/g, '$1');
    }
    while (text[at] === ' ') at++;
    if (text[at] !== ']') return undefined;
    at++;
  }
  return at === start ? undefined : { elements, end: at };
}

const PARAM = / +([^\s=\]"]{1,128})="((?:[^"\\\]]|\\.)*)"/y;
