export { expandFile, MAX_DEPTH, type ExpandOptions } from './expand.ts';
export { DEFAULT_LIMITS, type Limits } from './budget.ts';
export { FileError } from './file-error.ts';
export type { FileErrorCode } from './errno.ts';
export { findFiles, STANDARD_INPUT, type InputFile } from './find.ts';
export { openOutput, type Output } from './output.ts';
export { createSpill } from './spill.ts';
