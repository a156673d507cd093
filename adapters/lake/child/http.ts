import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Engine } from './engine.ts';
import { READER, WRITER } from './messages.ts';

/** Longer than the client keeps an idle connection. */
const KEEP_ALIVE_MS = 30_000;

/**
 * The part of ClickHouse's HTTP interface that `@clickhouse/client` asks for: `/ping`; a statement in the body, or in `query` with its data in the body;
 * answers as they are made; an error as a status with its text, or, once the answer has begun, as the tagged end that ClickHouse 25.11 introduced.
 */
export function serveEngine(engine: Engine, token: string): Server {
  const server = createServer((request, response) => {
    answer(engine, token, request, response).catch((error: Error) => sendError(response, error));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = 0;
  return server;
}

async function answer(
  engine: Engine,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const user = authenticate(request.headers.authorization, token);
  if (user === undefined) {
    response.writeHead(403).end('Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)');
    return;
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ping') {
    await engine.ping();
    response.end('Ok.\n');
    return;
  }
  const query = url.searchParams.get('query');
  const body = await readBody(request);
  const sql = query ?? body.toString('utf8');
  if (user === WRITER) {
    response.end(await engine.write(sql, query === null ? Buffer.alloc(0) : body));
    return;
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  await sendPortions(engine.read(sql, gone.signal), response, gone.signal);
}

/** The login, when its password is right. */
function authenticate(header: string | undefined, token: string): string | undefined {
  const [user, password] = Buffer.from(header?.replace(/^Basic /, '') ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const given = Buffer.from(password ?? '');
  const wanted = Buffer.from(token);
  const right = given.length === wanted.length && timingSafeEqual(given, wanted);
  return right && (user === WRITER || user === READER) ? user : undefined;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** Sends while the other side takes; leaving the loop cancels the query. */
async function sendPortions(
  portions: AsyncIterable<Uint8Array>,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const tag = randomBytes(8).toString('hex');
  try {
    for await (const portion of portions) {
      if (gone.aborted) return;
      if (!response.headersSent) response.writeHead(200, { 'X-ClickHouse-Exception-Tag': tag });
      if (!response.write(portion)) await drained(response);
    }
    response.end();
  } catch (error) {
    if (!response.headersSent) throw error;
    const text = `${(error as Error).message}\n`;
    const length = Buffer.byteLength(text);
    response.end(`\r\n__exception__\r\n${tag}\r\n${text}${length} ${tag}\r\n__exception__\r\n`);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function sendError(response: ServerResponse, error: Error): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end(error.message);
}
