export { LakeError, type LakeErrorCode } from './lake-error.ts';
export type { LakeOptions } from './lake-child.ts';
export { connectLake, startLake, type ClickHouseAddress } from './open.ts';
export { SEARCH_LIMITS, type SearchLimits } from './search/search.ts';
