import type { Frame, Instant } from '@yuheng/engine';
import type { AuditRecord } from './audit-fields.ts';
import type { AuditLine } from './audit-line.ts';
import { readAuditPairs } from './audit-pairs.ts';

/** Events open at once; the oldest closes when one more begins. */
export const MAX_OPEN_EVENTS = 256;
/** Lines of one event; it closes when it has as many. */
export const MAX_EVENT_LINES = 1024;
/** An event closes when a line that is so much younger (ms of event time) comes: auditd's own end_of_event_timeout. */
export const EVENT_TIMEOUT_MS = 2000;

/** An event whose lines are being gathered. */
export interface AuditEvent {
  readonly first: Frame;
  readonly serial: string;
  readonly time: Instant;
  readonly node: string | undefined;
  readonly records: AuditRecord[];
  readonly texts: string[];
}

/** Record types that the kernel writes for system calls: several make one event. All others stand alone. */
const COMPOUND = new Set(
  `SYSCALL PATH CWD EXECVE SOCKADDR SOCKETCALL PROCTITLE AVC OBJ_PID IPC IPC_SET_PERM FD_PAIR BPRM_FCAPS CAPSET MMAP
   NETFILTER_CFG CONFIG_CHANGE MQ_OPEN MQ_SENDRECV MQ_NOTIFY MQ_GETSETATTR ANOM_PROMISCUOUS KERN_MODULE FANOTIFY
   TIME_INJOFFSET TIME_ADJNTPVAL BPF URINGOP OPENAT2 SELINUX_ERR MAC_POLICY_LOAD MAC_STATUS EVENT_LISTENER`.split(
    /\s+/,
  ),
);

/** Joins the lines of each event, which may be interleaved; an event is given when its end is seen, by mark, by time or by a bound. */
export class AuditJoiner {
  private readonly open = new Map<string, AuditEvent>();
  private readonly emit: (event: AuditEvent) => void;

  constructor(emit: (event: AuditEvent) => void) {
    this.emit = emit;
  }

  /** Takes a line; `node` is the host, for lines that name none. False for an end mark whose event is closed already. */
  push(line: AuditLine, frame: Frame, node = line.node): boolean {
    this.closeOlder(line.time);
    const key = `${node ?? ''} ${line.timestamp} ${line.serial}`;
    let event = this.open.get(key);
    if (!event) {
      if (line.type === 'EOE') return false;
      event = { first: frame, serial: line.serial, time: line.time, node, records: [], texts: [] };
      this.open.set(key, event);
    }
    if (line.type !== 'EOE') event.records.push({ type: line.type, pairs: readAuditPairs(line.type, line.body) });
    event.texts.push(frame.text);
    if (endsEvent(line.type, event)) this.close(key, event);
    else if (this.open.size > MAX_OPEN_EVENTS) this.closeFirst();
    return true;
  }

  /** Gives what is still open. */
  end(): void {
    while (this.open.size > 0) this.closeFirst();
  }

  /** Number of the first frame of the oldest event that is open. */
  oldest(): number | undefined {
    for (const event of this.open.values()) return event.first.number;
    return undefined;
  }

  private closeOlder(now: Instant): void {
    for (const [key, event] of this.open) {
      if (event.time.ms + EVENT_TIMEOUT_MS >= now.ms) return;
      this.close(key, event);
    }
  }

  private closeFirst(): void {
    for (const [key, event] of this.open) return this.close(key, event);
  }

  private close(key: string, event: AuditEvent): void {
    this.open.delete(key);
    this.emit(event);
  }
}

function endsEvent(type: string, event: AuditEvent): boolean {
  if (type === 'EOE' || type === 'PROCTITLE') return true;
  return event.texts.length >= MAX_EVENT_LINES || (event.texts.length === 1 && !COMPOUND.has(type));
}
