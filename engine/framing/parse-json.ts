import { exactJson } from '@yuheng/sigma';

/** JSON.parse, but integers of 16 digits or more become the text as written, since a double would change them. `undefined`: not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(exactJson(text)) as unknown;
  } catch {
    return undefined;
  }
}
