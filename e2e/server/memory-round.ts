import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestServer } from './run-server.ts';

/** Requests at once, and lines of one request. */
const SENDERS = 8;
const LINES = 500;
/** After it, memory has to stay as it is: threads, caches and the young generations of their heaps have grown to their sizes, s. */
const WARM_UP_S = 20;
/** So long the rate is measured that the server can keep up, s. */
const RATE_S = 10;
/** Twice the load that it can keep up. */
const LOAD = 2;
const PAGE_BYTES = 4_096;

/** What a round showed. */
export interface MemoryRound {
  /** Records a second that reach the lake while more are brought than it takes. */
  readonly sustainable: number;
  /** Records a second that senders tried to bring. */
  readonly offered: number;
  readonly accepted: number;
  readonly refused: number;
  /** Bytes of memory that the server's processes have of their own, median of the first and the last third after warm-up, and the most. */
  readonly first: number;
  readonly last: number;
  readonly most: number;
}

/** Brings records at twice the rate that the server can keep up, for so many seconds after a warm-up, and looks at its memory each second. */
export async function memoryRound(server: TestServer, seconds: number): Promise<MemoryRound> {
  const sustainable = await sustainableRate(server);
  const load = new Load(server, LOAD * sustainable);
  const sizes: number[] = [];
  const sending = load.run();
  await sleep(WARM_UP_S * 1000);
  for (let second = 0; second < seconds; second++) {
    sizes.push(memoryBytes(server.pid));
    await sleep(1000);
  }
  load.stop();
  await sending;
  const third = Math.ceil(sizes.length / 3);
  const { accepted, refused, offered } = load;
  const [first, last] = [sizes.slice(0, third), sizes.slice(-third)].map(medianOf) as [number, number];
  return { sustainable, offered, accepted, refused, first, last, most: Math.max(...sizes) };
}

/** Records a second that reach the lake while the journal is never empty. */
async function sustainableRate(server: TestServer): Promise<number> {
  const load = new Load(server, Infinity);
  const sending = load.run();
  await sleep((RATE_S / 2) * 1000);
  const before = await storedRecords(server);
  await sleep(RATE_S * 1000);
  const stored = (await storedRecords(server)) - before;
  load.stop();
  await sending;
  return Math.round(stored / RATE_S);
}

async function storedRecords(server: TestServer): Promise<number> {
  return (await server.ledger()).reduce((sum, { stored }) => sum + stored, 0);
}

/** Senders that together begin so many records a second, whatever the answers. */
class Load {
  accepted = 0;
  refused = 0;
  private began = performance.now();
  private requests = 0;
  private stopped = false;
  private readonly server: TestServer;
  private readonly perSecond: number;

  constructor(server: TestServer, perSecond: number) {
    this.server = server;
    this.perSecond = perSecond;
  }

  /** Records a second that were tried. */
  get offered(): number {
    return Math.round((1000 * (this.accepted + this.refused)) / (performance.now() - this.began));
  }

  async run(): Promise<void> {
    this.began = performance.now();
    await Promise.all(Array.from({ length: SENDERS }, () => this.send()));
  }

  stop(): void {
    this.stopped = true;
  }

  private async send(): Promise<void> {
    while (!this.stopped) {
      const request = this.requests++;
      await sleep(this.began + (1000 * request * LINES) / this.perSecond - performance.now());
      const answer = await this.server.ingest(bodyOf(request), '?source=load');
      if (answer.status === 200) this.accepted += LINES;
      else if (answer.status === 429) this.refused += LINES;
      else throw new Error(`${answer.status} ${answer.text}`);
    }
  }
}

function bodyOf(request: number): string {
  const line = (n: number): string =>
    `Mar  1 ${pad(n % 24)}:${pad(n % 60)}:00 host${n % 50} app[${n % 30_000}]: request ${request} of user u${n % 90} from 10.0.${n % 250}.${n % 240}, line ${n}\n`;
  return Array.from({ length: LINES }, (_, n) => line(request * LINES + n)).join('');
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

/** Bytes of memory that a process and all below it have of their own. */
function memoryBytes(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readIfThere(`/proc/${name}/stat`) : undefined;
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (one: number | undefined): boolean => one !== undefined && (one === pid || isBelow(parents.get(one)));
  return [...parents.keys()].filter(isBelow).reduce((sum, one) => sum + privateBytes(one), 0);
}

/** Resident and not shared: PostgreSQL's processes have their buffers in common, and all their programs. */
function privateBytes(pid: number): number {
  const [, resident = '0', shared = '0'] = (readIfThere(`/proc/${pid}/statm`) ?? '').split(' ');
  return (Number(resident) - Number(shared)) * PAGE_BYTES;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process ended meanwhile.
    return undefined;
  }
}
