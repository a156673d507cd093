export { containerOf } from './container.ts';
export { expandFile, type ExpandOptions } from './expand.ts';
export { FileError } from './file-error.ts';
export { findFiles, type InputFile } from './find.ts';
export { openOutput } from './output.ts';
export { cacheFolder, PrivateCache } from './private-cache.ts';
export { RandomAccessFile } from './source.ts';
export { createSpill } from './spill.ts';
