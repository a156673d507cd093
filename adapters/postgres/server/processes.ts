import { readFileSync } from 'node:fs';

/** A running process, as far as it can be seen here. */
export interface ProcessFacts {
  /** `undefined` where the system does not tell (no /proc). */
  readonly parent: number | undefined;
  readonly args: readonly string[] | undefined;
}

/** What runs under this number; nothing when it is gone. A zombie holds nothing any more: it is gone. */
export function findProcess(pid: number): ProcessFacts | undefined {
  if (!answers(pid)) return undefined;
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return { parent: Number(parent), args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0') };
  } catch {
    return answers(pid) ? { parent: undefined, args: undefined } : undefined;
  }
}

/** Sends a signal to a process that may be gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone, which is what was wanted.
  }
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
