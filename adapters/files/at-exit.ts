import { isMainThread } from 'node:worker_threads';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What has to be put in order when the process ends, whichever way that can be noticed. */
const duties = new Set<() => void>();

/** Has something done at the end of the process, also where a signal ends it; it must not wait for anything. Gives how to call it off. */
export function atExit(duty: () => void): () => void {
  if (duties.size === 0) watch();
  duties.add(duty);
  return () => {
    if (duties.delete(duty) && duties.size === 0) unwatch();
  };
}

function watch(): void {
  process.on('exit', doAll);
  if (isMainThread) for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unwatch(): void {
  process.off('exit', doAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function doAll(): void {
  for (const duty of duties) duty();
}

/** A listener replaces the signal's own effect, so where nobody else listens the process is ended here. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  doAll();
  unwatch();
  process.kill(process.pid, signal);
}
