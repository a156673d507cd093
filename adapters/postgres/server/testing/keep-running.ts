import { startPostgres } from '../start.ts';

// A process of its own that runs a server on a folder until it is killed, for tests of what remains.

const server = await startPostgres({ folder: process.argv[2]!, log: () => {} });
process.stdout.write(`${JSON.stringify({ pid: server.pid, connection: server.connection })}\n`);
setInterval(() => {}, 60_000);
