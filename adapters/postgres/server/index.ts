export { PostgresError } from './postgres-error.ts';
export { runningPostgres } from './running.ts';
export type { PostgresServer } from './server-process.ts';
export { startPostgres } from './start.ts';
