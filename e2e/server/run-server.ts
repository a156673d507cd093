import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { yuheng, type Ran } from '../run.ts';

const PROGRAM = resolve('bin/yuheng.mjs');

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. */
  readonly json: ReturnType<typeof JSON.parse>;
}

/** One row of the ledger. */
export interface LedgerRow {
  readonly tenant: string;
  readonly source: string;
  readonly received: number;
  readonly stored: number;
  readonly pending: number;
  readonly rejected: { readonly [reason: string]: number };
  readonly unparsed: number;
  readonly expired: number;
}

/** What has not changed for so long is taken as final, ms; what does not come is waited for no longer. */
const STILL_MS = 4_000;
const PATIENCE_MS = 60_000;

/** How a test wants its server. */
export interface TestServerOptions {
  /** Variables of its processes. */
  readonly env?: { readonly [name: string]: string };
  /** The folder in which its data folder is made; by default one of the system's for what is temporary. */
  readonly parent?: string;
}

/** A server of a test's own, from outside. */
export class TestServer {
  readonly data: string;
  readonly key: string;
  readonly flags: readonly string[];
  readonly env: { readonly [name: string]: string };
  url = '';
  signIn = '';
  /** Where its decoy listens. */
  decoy = '';
  /** `host:port` of its SSH decoy. */
  decoySsh = '';
  /** What it told on stderr. */
  log = '';
  private child: ChildProcess | undefined;

  private constructor(data: string, key: string, flags: readonly string[], env: { readonly [name: string]: string }) {
    this.data = data;
    this.key = key;
    this.flags = flags;
    this.env = env;
  }

  /** A new server on an empty folder. */
  static async start(
    flags: readonly string[] = [],
    { env = {}, parent = tmpdir() }: TestServerOptions = {},
  ): Promise<TestServer> {
    const data = join(mkdtempSync(join(parent, 'yuheng-test-')), 'data');
    const made = await yuheng(['init', '--data', data, '--json'], { env });
    if (made.status !== 0) throw new Error(made.stderr);
    const { apiKey } = JSON.parse(made.stdout) as { apiKey: string };
    const server = new TestServer(data, apiKey, flags, env);
    await server.up();
    return server;
  }

  /** Process number of the server. */
  get pid(): number {
    return this.child!.pid!;
  }

  /** Starts it on its folder. */
  async up(): Promise<void> {
    const args = ['serve', '--data', this.data, '--port', '0', '--json', ...this.flags];
    // A group of its own, so that all of it can be killed at once.
    this.child = spawn(process.execPath, [PROGRAM, ...args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.env },
    });
    this.child.stderr!.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    const lines = createInterface({ input: this.child.stdout! });
    const ready = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      this.child!.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.log}`)));
    });
    ({
      url: this.url,
      signIn: this.signIn,
      decoy: this.decoy,
      decoySsh: this.decoySsh,
    } = JSON.parse(ready) as { [name in 'url' | 'signIn' | 'decoy' | 'decoySsh']: string });
  }

  /** Kills the server and everything it started, at once. */
  async killGroup(): Promise<void> {
    const gone = this.gone();
    process.kill(-this.pid, 'SIGKILL');
    await gone;
  }

  /** Asks it to end; resolves to its exit code. */
  async stop(): Promise<number | null> {
    const gone = this.gone();
    this.child?.kill('SIGTERM');
    return gone;
  }

  /** Kills it and removes what it kept. */
  async remove(): Promise<void> {
    if (this.child?.exitCode === null && this.child.signalCode === null) await this.killGroup();
    rmSync(resolve(this.data, '..'), { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }

  async request(path: string, init: RequestInit & { readonly key?: string | null } = {}): Promise<Answer> {
    const { key = this.key, headers, ...rest } = init;
    const authorization: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const response = await fetch(`${this.url}${path}`, {
      redirect: 'manual',
      ...rest,
      headers: { ...authorization, ...(headers as Record<string, string>) },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text) as unknown;
      },
    };
  }

  ingest(body: string | Uint8Array, query = '', headers: Record<string, string> = {}): Promise<Answer> {
    return this.request(`/api/v1/ingest${query}`, {
      method: 'POST',
      body: body as never,
      headers: { 'content-type': 'text/plain', ...headers },
    });
  }

  async search(query: string, key = this.key): Promise<Record<string, unknown>[]> {
    const answer = await this.request('/api/v1/search', {
      method: 'POST',
      key,
      body: JSON.stringify({ query }),
      headers: { 'content-type': 'application/json' },
    });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.json.rows as Record<string, unknown>[];
  }

  async ledger(key = this.key): Promise<LedgerRow[]> {
    return (await this.request('/api/v1/ledger', { key })).json.sources as LedgerRow[];
  }

  /** Waits until nothing is pending. */
  async drained(): Promise<LedgerRow[]> {
    for (let tries = 0; tries < 300; tries++) {
      const ledger = await this.ledger();
      if (ledger.every(({ pending }) => pending === 0)) return ledger;
      await sleep(100);
    }
    throw new Error(`records stay pending: ${JSON.stringify(await this.ledger())} ${this.log}`);
  }

  /** All findings or incidents, as texts, once there are so many (or a minute has passed) and they have not changed for a while. */
  async settled(kind: 'findings' | 'incidents', least: number, key = this.key): Promise<string[]> {
    let last: unknown[] = [];
    const began = Date.now();
    for (let stillSince = began; Date.now() - stillSince < STILL_MS; await sleep(250)) {
      const now = await this.all(kind, key);
      const waiting = now.length < least && Date.now() - began < PATIENCE_MS;
      if (waiting || JSON.stringify(now) !== JSON.stringify(last)) stillSince = Date.now();
      last = now;
    }
    return last.map((item) => JSON.stringify(item));
  }

  async all(kind: 'findings' | 'incidents', key = this.key): Promise<unknown[]> {
    const items: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { json } = await this.request(`/api/v1/${kind}?limit=500${cursor ? `&cursor=${cursor}` : ''}`, { key });
      items.push(...json.items);
      cursor = json.next as string | null;
    }
    return items;
  }

  /** A further tenant with a key of all scopes. */
  async addTenant(name: string): Promise<string> {
    const { stdout, stderr } = await yuheng(['tenant', 'add', name, '--data', this.data, '--json'], {
      env: this.env,
    });
    const { apiKey } = JSON.parse(stdout || '{}') as { apiKey?: string };
    if (!apiKey) throw new Error(stderr);
    return apiKey;
  }

  private gone(): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }
}

/** Runs the command against a server with its key. */
export function withServer(server: TestServer, ...args: readonly string[]): Promise<Ran> {
  return yuheng(args, { env: { YUHENG_KEY: server.key, YUHENG_URL: server.url } });
}
