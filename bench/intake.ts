import { setTimeout as sleep } from 'node:timers/promises';
import { TestServer } from '../e2e/server/run-server.ts';
import { otrfFiles } from './corpus.ts';
import { median, type Figures } from './measure.ts';

/** Requests at once, lines of one request, and lines in all. */
const SENDERS = 4;
const LINES = 2_000;
const WINDOWS_LINES = 60_000;
const SYSLOG_LINES = 200_000;
/** Touches whose way to a finding is timed. */
const PROBES = 40;

/** The server's intake: records a second until they are acknowledged (durable), and until they are detected and in the lake; and how long a finding takes to be seen. */
export async function intakeBench(corpus: string): Promise<Figures> {
  const files = await otrfFiles(corpus);
  const windows = files
    .flatMap(({ content }) =>
      content
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== ''),
    )
    .slice(0, WINDOWS_LINES);
  const server = await TestServer.start();
  try {
    const syslog = await run(
      server,
      'syslog',
      Array.from({ length: SYSLOG_LINES }, (_, index) => ordinaryLine(index)),
    );
    const json = await run(server, 'windows-json', windows);
    const seen = await timeToFinding(server);
    return {
      syslog_acknowledged_per_s: syslog.acknowledged,
      syslog_stored_per_s: syslog.stored,
      windows_json_acknowledged_per_s: json.acknowledged,
      windows_json_stored_per_s: json.stored,
      finding_visible_ms_p50: Math.round(median(seen)),
      finding_visible_ms_p99: Math.round(seen.sort((a, b) => a - b)[Math.floor(seen.length * 0.99)]!),
    };
  } finally {
    await server.remove();
  }
}

async function run(
  server: TestServer,
  source: string,
  lines: readonly string[],
): Promise<{ acknowledged: number; stored: number }> {
  const bodies: string[] = [];
  for (let from = 0; from < lines.length; from += LINES) bodies.push(`${lines.slice(from, from + LINES).join('\n')}\n`);
  const began = performance.now();
  const send = async (): Promise<void> => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      for (let answer = await server.ingest(body, `?source=${source}`); answer.status !== 200;) {
        await sleep(200);
        answer = await server.ingest(body, `?source=${source}`);
      }
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  const acknowledged = performance.now() - began;
  while ((await server.ledger()).some(({ pending }) => pending > 0)) await sleep(50);
  const stored = performance.now() - began;
  return {
    acknowledged: Math.round((1000 * lines.length) / acknowledged),
    stored: Math.round((1000 * lines.length) / stored),
  };
}

async function timeToFinding(server: TestServer): Promise<number[]> {
  const times: number[] = [];
  for (let probe = 0; probe < PROBES; probe++) {
    const user = `probe${probe}`;
    const began = performance.now();
    const touch = {
      decoy: 'http',
      time: new Date().toISOString(),
      'c-ip': '203.0.113.9',
      'cs-method': 'POST',
      'cs-uri-stem': '/',
      'cs-username': user,
    };
    await server.ingest(`${JSON.stringify(touch)}\n`, '?source=decoy');
    for (let found = false; !found;) {
      await sleep(20);
      const { text } = await server.request('/api/v1/findings?order=desc&limit=20');
      found = text.includes(user);
    }
    times.push(performance.now() - began);
  }
  return times;
}

/** Lines as a quiet Linux host writes them: sessions of cron, units, the kernel, closed connections. */
function ordinaryLine(index: number): string {
  const at = `Mar  1 ${String(Math.floor(index / 3600) % 24).padStart(2, '0')}:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')} host${index % 50}`;
  return [
    `${at} CRON[${index}]: pam_unix(cron:session): session opened for user www by (uid=0)`,
    `${at} systemd[1]: Started Session ${index} of user u${index % 90}.`,
    `${at} kernel: [${index}.123456] IPv4: martian source 10.0.0.${index % 250} from 10.1.0.${index % 200}, on dev eth0`,
    `${at} sshd[${index % 30_000}]: Connection closed by 10.0.${index % 250}.${index % 240} port ${index % 60_000} [preauth]`,
  ][index % 4]!;
}
