import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresError } from './postgres-error.ts';
import { readPostmasterNote, removePostmasterNote } from './postmaster-file.ts';
import { findProcess, signal, type ProcessFacts } from './processes.ts';

/** An orphan gets so long for its orderly shutdown, and as long again for the hard one. */
const ORPHAN_MS = 15_000;
/** A parent that was just killed may still be ending, and its child is handed on only then. */
const PARENT_MS = 3_000;
const STEP_MS = 50;

/** PostgreSQL carries the number of the process that started it, as a setting of its own. */
const STARTER = 'yuheng.starter';

/** Marks a server as started by this process. */
export function starterSetting(): string {
  return `${STARTER}=${process.pid}`;
}

/** Waits until nothing runs on the data folder. What a killed parent left is stopped; a server whose parent lives is an error. */
export async function clearLeftovers(cluster: string): Promise<void> {
  const note = readPostmasterNote(cluster);
  if (!note) return;
  if (!runningOn(cluster, note.pid)) return removePostmasterNote(cluster);
  if (!(await within(PARENT_MS, () => isLeft(cluster, note.pid)))) throw inUse(cluster, note.pid);
  for (const how of ['SIGINT', 'SIGQUIT'] as const) {
    signal(note.pid, how);
    if (await within(ORPHAN_MS, () => !runningOn(cluster, note.pid))) return;
  }
  throw inUse(cluster, note.pid);
}

async function within(ms: number, isTrue: () => boolean): Promise<boolean> {
  for (let waited = 0; !isTrue(); waited += STEP_MS) {
    if (waited >= ms) return false;
    await sleep(STEP_MS);
  }
  return true;
}

/** Somebody else's process may have got the number of one that is gone. */
function runningOn(cluster: string, pid: number): ProcessFacts | undefined {
  const found = findProcess(pid);
  return found && (!found.args || found.args.includes(cluster)) ? found : undefined;
}

function isLeft(cluster: string, pid: number): boolean {
  const found = runningOn(cluster, pid);
  return !found || isOrphan(found);
}

/** A child whose parent died is given another one. Where the system does not tell, nobody is stopped. */
function isOrphan({ parent, args }: ProcessFacts): boolean {
  const starter = args?.find((arg) => arg.startsWith(`${STARTER}=`))?.slice(STARTER.length + 1);
  return starter !== undefined && parent !== Number(starter);
}

function inUse(cluster: string, pid: number): PostgresError {
  return new PostgresError(
    'YH-DATA-IN-USE',
    `Another server (PostgreSQL process ${pid}) runs on ${cluster}. ` +
      'Stop that Yuheng first, or give this one a data folder of its own (--data).',
  );
}
