import { availableParallelism } from 'node:os';
import type { AddressInfo } from 'node:net';
import { ruleTranslations } from '@yuheng/engine';
import { keepFinding, previewFindings, type MatchedEvent } from '@yuheng/engine';
import { loadRules, type Placeholders, type SigmaSource } from '@yuheng/sigma';
import { Decoys, type DecoyOptions } from './decoys/decoys.ts';
import { createApi } from './api/app.ts';
import { Guard } from './api/guard.ts';
import type { Api } from './api/parts.ts';
import { Attempts } from './auth/attempts.ts';
import { createSignIn } from './auth/sign-in.ts';
import { Changes } from './changes.ts';
import { startConsumer } from './conclude/conclude-thread.ts';
import { Scheduler } from './conclude/scheduler.ts';
import { Explainer } from './explain/explainer.ts';
import { ourHosts } from './hosts.ts';
import { Backlog } from './intake/backlog.ts';
import { DiskGuard } from './intake/disk-guard.ts';
import { Intake } from './intake/intake.ts';
import { BodyReader } from './intake/read-body.ts';
import type { Log } from './log.ts';
import { Mirror } from './mirror.ts';
import type { Channel } from './notices/channel.ts';
import { openChannels } from './notices/channels.ts';
import { Notices } from './notices/notices.ts';
import { DetectPool } from './pipeline/detect-pool.ts';
import { Pump } from './pipeline/pump.ts';
import { Calendar, storedCalendar } from './operation/calendar.ts';
import { Retention } from './operation/retention.ts';
import { SilentSources } from './operations/silent-sources.ts';
import type { ProcessedUnit } from './pipeline/unit.ts';
import type { ServerConfig } from './sources/config.ts';
import { Sources } from './sources/sources.ts';
import { DEFAULT_TENANT, ensureTenant } from './tenants.ts';
import { openStorage, type Storage, type StorageOptions } from './storage/storage.ts';

/** Bounds of what the server takes and holds. */
export interface ServerLimits {
  readonly maxRecordBytes: number;
  readonly maxBodyBytes: number;
  readonly maxReadingBytes: number;
  readonly maxPendingBytes: number;
  readonly maxPendingBatches: number;
  readonly minFreeBytes: number;
}

/** The bounds that hold unless others are asked for. */
export const SERVER_LIMITS: ServerLimits = {
  maxRecordBytes: 1_048_576,
  maxBodyBytes: 64 * 2 ** 20,
  maxReadingBytes: 256 * 2 ** 20,
  maxPendingBytes: 256 * 2 ** 20,
  maxPendingBatches: 50_000,
  minFreeBytes: 512 * 2 ** 20,
};

/** A server as asked for. */
export interface ServerOptions extends StorageOptions, DecoyOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly behindProxy: boolean;
  readonly rules: readonly SigmaSource[];
  /** Values of placeholders in rules. */
  readonly placeholders: Placeholders;
  readonly timezone: string;
  /** What `yuheng.yaml` says. */
  readonly config: ServerConfig;
  readonly version: string;
  readonly limits: ServerLimits;
  readonly log: Log;
}

/** A server that takes records. */
export interface RunningServer {
  readonly url: string;
  /** A one-time link. */
  readonly signIn: string;
  /** Where the HTTP decoy waits for visitors. */
  readonly decoy?: string;
  /** `host:port` of the SSH decoy. */
  readonly decoySsh?: string;
  /** Takes no more, ends what is at work, and leaves the rest in the journal. */
  stop(): Promise<void>;
}

/** Threads that detect, at most: one a core, for everything else waits for them. */
const MOST_THREADS = 8;

/** Starts everything: storage, pipeline, conclusions, and the HTTP API last, so that it answers only when all stands. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const channels = openChannels(options.config.notices);
  const storage = await openStorage(options, options.log);
  await ensureTenant(storage.directory, DEFAULT_TENANT);
  return run(options, storage, channels);
}

/** What works behind the API. */
interface Works {
  readonly explainer: Explainer;
  readonly intake: Intake;
  readonly changes: Changes;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Intake, detection and conclusions, wired together; nothing runs yet. */
async function prepareWorks(options: ServerOptions, storage: Storage): Promise<Works> {
  const { limits, log, rules, placeholders, timezone } = options;
  const { journal, lake, matches, findings, directory } = storage;
  const compiled = loadRules(rules, { placeholders });
  const threads = Math.min(MOST_THREADS, availableParallelism());
  const detecting = { rules, placeholders, maxRecordBytes: limits.maxRecordBytes, timezone };
  const pool = await DetectPool.start(threads, detecting, compiled);
  const consumer = startConsumer({ rules, placeholders, database: storage.address }, compiled);
  const changes = new Changes();
  const scheduler = new Scheduler({ consumer, mirror: new Mirror(storage.sql, findings, lake), changes, log });
  const left = await journal.backlog();
  const backlog = new Backlog({ maxBytes: limits.maxPendingBytes, maxBatches: limits.maxPendingBatches }, left);
  const onStored = (unit: ProcessedUnit): void => {
    backlog.settle(unit.settled.map(({ number }) => number));
    scheduler.stored(unit);
    for (const tenant of unit.tenants) changes.tell(tenant, 'events');
  };
  const show = async (matched: readonly MatchedEvent[]): Promise<void> => {
    for (const tenant of new Set(matched.map(({ event }) => event.metadata.tenant_uid))) {
      const own = matched.filter(({ event }) => event.metadata.tenant_uid === tenant);
      await findings.preview(tenant, [...previewFindings(compiled, own)].map(keepFinding));
      changes.tell(tenant, 'findings');
    }
  };
  const calendar = new Calendar(storedCalendar(storage.sql), log);
  const receivedAt = (): number => calendar.receivedAt(Date.now());
  const pump = new Pump({ journal, lake, matches, pool, log, show, receivedAt, onStored }, left.last);
  const disk = new DiskGuard(options.dataFolder, limits.minFreeBytes, log);
  const retention = new Retention(options.config.retention, { journal, lake, calendar, log });
  const { maxRecordBytes } = limits;
  const intake = new Intake({ journal, backlog, disk, maxRecordBytes, receivedAt, onAppended: () => pump.nudge() });
  return {
    explainer: new Explainer(matches, compiled),
    intake,
    changes,
    async start() {
      await disk.start();
      await calendar.open(Date.now(), performance.now());
      calendar.start();
      await retention.start();
      pump.start();
      scheduler.start(await directory.tenants());
    },
    async stop() {
      disk.stop();
      await Promise.all([pump.stop(), retention.stop()]);
      await scheduler.stop();
      await calendar.stop();
      await Promise.all([pool.close(), consumer.close()]);
    },
  };
}

/** The HTTP API over storage and works; it does not listen yet. */
function prepareApi(options: ServerOptions, storage: Storage, { explainer, intake, changes }: Works): Promise<Api> {
  const { limits, log, version, behindProxy } = options;
  const { journal, lake, findings, directory, notices, silence, triage } = storage;
  const attempts = new Attempts();
  const parts = {
    journal,
    lake,
    findings,
    triage,
    directory,
    notices,
    silence,
    intake,
    bodies: new BodyReader(limits),
    guard: new Guard(directory, attempts, ourHosts(options)),
    changes,
    explainer,
    translations: ruleTranslations(options.rules),
    version,
    secureCookies: behindProxy,
  };
  return createApi(parts, attempts, { behindProxy, log });
}

/** Who looks after the sources, and who tells people outside. */
function prepareWatch(
  { config, log }: ServerOptions,
  { notices: store, silence, findings }: Storage,
  { intake, changes }: Works,
  channels: readonly Channel[],
) {
  const isListening = (): boolean => intake.refusal === undefined;
  const silentSources = new SilentSources({ policy: config.silence, store: silence, changes, log, isListening });
  const notices = new Notices({ config: config.notices, channels, store, findings, silence, changes, log });
  return {
    async prepare(): Promise<void> {
      await notices.prepare();
      await silentSources.prepare(Date.now(), performance.now());
    },
    start(url: string): void {
      notices.start(url);
      silentSources.start();
    },
    async stop(): Promise<void> {
      await silentSources.stop();
      await notices.stop();
    },
  };
}

async function run(options: ServerOptions, storage: Storage, channels: readonly Channel[]): Promise<RunningServer> {
  const { log } = options;
  const { journal, directory } = storage;
  const works = await prepareWorks(options, storage);
  const { intake, changes } = works;
  const watch = prepareWatch(options, storage, works, channels);
  const api = await prepareApi(options, storage, works);
  const decoys = new Decoys(options, intake, log);
  const sources = new Sources(options.config, intake, journal, log);
  const stop = async (): Promise<void> => {
    await sources.stop();
    await decoys.stop();
    intake.stop();
    changes.end();
    await api.close();
    await watch.stop();
    await works.stop();
    await storage.close();
  };
  try {
    await watch.prepare();
    await works.start();
    const url = await listen(api, options);
    watch.start(url);
    const opened = await decoys.open();
    await sources.start();
    const signIn = url + (await createSignIn(directory, DEFAULT_TENANT, Date.now()));
    return { url, signIn, ...opened, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listen(api: Api, { host, port }: ServerOptions): Promise<string> {
  await api.listen({ host, port });
  const { port: bound } = api.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}
