import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a server keeps its data unless told otherwise. */
export function defaultDataFolder(): string {
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'yuheng');
}
