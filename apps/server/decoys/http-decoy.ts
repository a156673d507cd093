import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '../log.ts';
import { endsOf, listen, type Decoy, type DecoyAddress } from './listener.ts';
import type { TouchQueue } from './touch-queue.ts';

/** Bytes of a form that are looked at, and characters of what is kept of a request. */
const FORM_BYTES = 4_096;
const MAX_TEXT = 2_048;
/** Connections at once; who wants more is not answered. */
const MAX_CONNECTIONS = 256;
/** A visitor who takes longer is hung up on, ms. */
const PATIENCE_MS = 10_000;

/** Opens a web page that looks like the way into something. It lets nobody in, knows nothing, and tells of every visit. */
export async function openHttpDecoy(address: DecoyAddress, touches: TouchQueue, log: Log): Promise<Decoy> {
  const server = createServer((request, response) => {
    answer(request, response, touches).catch((error: unknown) => {
      log.error('YH-DECOY', `The decoy could not answer: ${String(error)}`);
      response.destroy();
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.requestTimeout = server.headersTimeout = PATIENCE_MS;
  return {
    address: await listen(server, address),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, touches: TouchQueue): Promise<void> {
  const form = request.method === 'POST' ? await readForm(request) : '';
  const uri = (request.url ?? '/').slice(0, MAX_TEXT);
  const question = uri.indexOf('?');
  const { socket, headers } = request;
  const user = userOf(form, headers.authorization);
  touches.add({
    decoy: 'http',
    time: new Date().toISOString(),
    ...endsOf(socket),
    'cs-method': request.method,
    'cs-uri': uri,
    'cs-uri-stem': question < 0 ? uri : uri.slice(0, question),
    ...(question < 0 ? {} : { 'cs-uri-query': uri.slice(question + 1) }),
    ...(headers['user-agent'] === undefined ? {} : { 'cs-user-agent': headers['user-agent'].slice(0, MAX_TEXT) }),
    ...(user === undefined ? {} : { 'cs-username': user }),
  });
  response.writeHead(user === undefined ? 200 : 401, { 'content-type': 'text/html; charset=utf-8', server: 'nginx' });
  response.end(PAGE);
}

async function readForm(request: IncomingMessage): Promise<string> {
  let form = '';
  for await (const chunk of request.setEncoding('latin1')) {
    form += chunk;
    if (form.length > FORM_BYTES) break;
  }
  return form.slice(0, FORM_BYTES);
}

/** The name that somebody tried to sign in with. The password may be a real one that was typed at the wrong door: it is not kept. */
function userOf(form: string, authorization: string | undefined): string | undefined {
  const parameters = new URLSearchParams(form);
  const typed = ['username', 'user', 'login', 'log', 'email'].map((name) => parameters.get(name)).find((name) => name);
  const basic = /^Basic ([\w+/=]{1,400})$/i.exec(authorization ?? '')?.[1];
  const name = typed ?? (basic && Buffer.from(basic, 'base64').toString().split(':')[0]);
  return name ? name.slice(0, MAX_TEXT) : undefined;
}

const PAGE = `<!doctype html><html><head><title>Management Console</title></head><body>
<h1>Management Console</h1><form method="post" action="/login"><p><label>User <input name="username"></label></p>
<p><label>Password <input name="password" type="password"></label></p><p><button>Sign in</button></p></form></body></html>
`;
