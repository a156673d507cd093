import type { Capability } from '@yuheng/engine';
import { decoy } from './decoy/capability.ts';
import { linuxLog } from './linux-log/capability.ts';
import { ocsf } from './ocsf/capability.ts';
import { webLog } from './web-log/capability.ts';
import { windowsLog } from './windows-log/capability.ts';
import { zeekEve } from './zeek-eve/capability.ts';

/** All capabilities of the house, in the order in which they are asked. */
export const capabilities: readonly Capability[] = [windowsLog, linuxLog, webLog, zeekEve, decoy, ocsf];
