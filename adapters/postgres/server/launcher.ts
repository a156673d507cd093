import { PostgresError } from './postgres-error.ts';
import { run } from './run.ts';

/** `nobody` on every Linux: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65_534;
/** PostgreSQL's fast shutdown, sent by the kernel when our process dies. */
const WHEN_PARENT_DIES = '--pdeathsig=SIGINT';

/** One way to start PostgreSQL's programs so that they may run and do not outlive us. */
export interface Launcher {
  readonly name: string;
  /** Owner of the database's files, as this process sees it; `undefined`: this process's own user. */
  readonly owner?: number;
  /** Goes before the program and its arguments. */
  readonly prefix: readonly string[];
}

const AS_NOBODY = [`--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, '--clear-groups'];
const READ_SEARCH = '+dac_read_search';

const AS_ROOT: readonly Launcher[] = [
  { name: 'setpriv', owner: UNPRIVILEGED, prefix: ['setpriv', ...AS_NOBODY, WHEN_PARENT_DIES, '--'] },
  // Where a folder above is closed to others: still root's own files, but root is called nobody in there.
  {
    name: 'unshare --user',
    owner: 0,
    prefix: [
      ...['unshare', '--user', `--map-user=${UNPRIVILEGED}`, `--map-group=${UNPRIVILEGED}`, '--'],
      ...['setpriv', WHEN_PARENT_DIES, '--'],
    ],
  },
  {
    name: 'setpriv with dac_read_search',
    owner: UNPRIVILEGED,
    prefix: [
      ...['setpriv', ...AS_NOBODY, `--inh-caps=${READ_SEARCH}`, `--ambient-caps=${READ_SEARCH}`],
      ...[WHEN_PARENT_DIES, '--'],
    ],
  },
];

const AS_USER: readonly Launcher[] = [
  { name: 'setpriv', prefix: ['setpriv', WHEN_PARENT_DIES, '--'] },
  // Not every system has setpriv: what a killed parent leaves behind is then stopped by the next start.
  { name: 'plain', prefix: [] },
];

/** The first way in which `postgres` starts and `folder` can be entered here. */
export async function chooseLauncher(postgres: string, folder: string): Promise<Launcher> {
  const tried: string[] = [];
  for (const launcher of process.getuid?.() === 0 ? AS_ROOT : AS_USER) {
    const [command, ...args] = launch(launcher, '/bin/sh', ['-c', 'cd "$1" && exec "$2" -V', 'sh', folder, postgres]);
    const { ok, output } = await run(command, args, '/');
    if (ok) return launcher;
    tried.push(`${launcher.name}: ${output}`);
  }
  throw new PostgresError(
    'YH-POSTGRES-FAILED',
    `PostgreSQL cannot be run on ${folder} from this user. Tried ${tried.join('; ')}. ` +
      'Let a user that is not root start Yuheng, or open the folders above to others (chmod o+x).',
  );
}

/** Command line of a program started this way. */
export function launch(launcher: Launcher, program: string, args: readonly string[]): [string, ...string[]] {
  return [...launcher.prefix, program, ...args] as [string, ...string[]];
}
