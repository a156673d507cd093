export * from './generated/enums.ts';
export type * from './generated/types.ts';
export { base, classOf, typeUid, type BaseInput, type Classified, type ClassNames } from './classification.ts';
export type { Category } from './compact.ts';
export { MAX_DEPTH, MAX_FOUND, MAX_PROBLEMS, type Problem, type ProblemKind } from './problem.ts';
export { SCHEMA_VERSION } from './schema.ts';
export { validate } from './validate.ts';
