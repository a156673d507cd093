export { PostgresError, type PostgresErrorCode } from './postgres-error.ts';
export type { PostgresConnection, PostgresServer } from './server-process.ts';
export { startPostgres, type PostgresOptions } from './start.ts';
export { runningPostgres } from './running.ts';
