import { Engine, FolderInUse } from './child/engine.ts';
import { serveEngine } from './child/http.ts';
import { freeBytes, LAST_BYTES } from './child/room.ts';
import type { FromChild, ToChild } from './child/messages.ts';

// The process that holds the embedded engine; started by LakeChild, told what to do over the channel to it. It ends by itself when nothing is
// left to do and never by process.exit(), which the engine does not survive.

/** Until it is ready there is nothing to end in order. */
let close = (): void => void process.kill(process.pid, 'SIGKILL');

// Its parent stops it; a terminal's Ctrl-C and the service manager's signal are for the parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// The parent is gone. What was not acknowledged may be lost, and what was is on the disk: no goodbye is needed.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: ToChild) => {
  if (message.kind === 'close') close();
  else void start(message);
});

async function start({ folder, database, token }: Extract<ToChild, { kind: 'start' }>): Promise<void> {
  // The engine would take its own lock file, half-written, for another process's.
  if (freeBytes(folder) < LAST_BYTES)
    return tell({ kind: 'failed', reason: 'full', detail: `${LAST_BYTES} bytes are needed to start` });
  const engine = await Engine.open(folder, database).catch((error: Error) => {
    tell({ kind: 'failed', reason: error instanceof FolderInUse ? 'in-use' : 'missing', detail: error.message });
  });
  if (!engine) return;
  const server = serveEngine(engine, token);
  close = () => {
    server.close(() => {
      engine.close();
      process.removeAllListeners('disconnect');
      process.disconnect();
    });
    server.closeIdleConnections();
  };
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') tell({ kind: 'ready', port: address.port });
  });
}

function tell(message: FromChild): void {
  process.send?.(message);
}
