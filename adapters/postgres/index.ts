export { openDatabase, type Database, type DatabaseAddress } from './database.ts';
export { migrate, NewerDatabase } from './migrations/migrate.ts';
export { openJournal } from './journal/journal.ts';
export { PostgresDirectory } from './state/directory.ts';
export { PostgresFindings } from './state/findings.ts';
export { PostgresMatches } from './state/matches.ts';
export { PostgresError, runningPostgres, startPostgres, type PostgresServer } from './server/index.ts';
