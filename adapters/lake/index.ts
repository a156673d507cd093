export { LakeError } from './lake-error.ts';
export { connectLake, startLake, type ClickHouseAddress } from './open.ts';
export { SEARCH_LIMITS } from './search/search.ts';
export { runningLake } from './running.ts';
