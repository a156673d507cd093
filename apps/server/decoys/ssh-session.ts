import { createHash } from 'node:crypto';
import {
  AuthenticationFailureMessage,
  AuthenticationMessage,
  AuthenticationRequestMessage,
  PublicKeyRequestMessage,
  ServiceRequestMessage,
  SshAlgorithms,
  SshDisconnectReason,
  SshProtocolExtensionNames,
  SshServerSession,
  SshSession,
  SshSessionConfiguration,
  SshVersionInfo,
  type AuthenticationMethod,
  type KeyPair,
  type SshMessage,
} from '@microsoft/dev-tunnels-ssh';
import { BANNER } from './ssh-greeting.ts';

/** Attempts of one connection, as many as OpenSSH allows. */
export const MAX_ATTEMPTS = 6;
/** Characters of a name that are kept. */
const MAX_NAME = 256;

/** Somebody tried to sign in. What was typed as a password is not even read. */
export interface Attempt {
  readonly method: string;
  readonly user: string;
  /** Of a public key: its type, and its fingerprint as `ssh-keygen -l` prints it. */
  readonly key?: { readonly type: string; readonly fingerprint: string };
}

// The library knows one version of its own for all sessions, and hashes it into the key exchange.
Object.defineProperty(SshSession, 'localVersion', { value: SshVersionInfo.tryParse(BANNER) });

/** A session that gets through the key exchange and no further: every attempt to sign in is told and refused. */
export class DecoySession extends SshServerSession {
  private readonly tell: (attempt: Attempt) => void;
  private attempts = 0;

  constructor(hostKey: KeyPair, tell: (attempt: Attempt) => void) {
    super(configuration());
    this.credentials = { publicKeys: [hostKey] };
    this.tell = tell;
  }

  protected override handleMessage(message: SshMessage): void | Promise<void> {
    if (message instanceof AuthenticationRequestMessage) return this.refuse(message);
    if (message instanceof AuthenticationMessage) return;
    if (message instanceof ServiceRequestMessage && message.serviceName !== 'ssh-userauth')
      return this.close(SshDisconnectReason.serviceNotAvailable, 'Service not available');
    return super.handleMessage(message);
  }

  private async refuse(request: AuthenticationRequestMessage): Promise<void> {
    this.tell(attemptOf(request));
    this.attempts++;
    if (this.attempts >= MAX_ATTEMPTS)
      return this.close(SshDisconnectReason.noMoreAuthMethodsAvailable, 'Too many authentication failures');
    const failure = new AuthenticationFailureMessage();
    failure.methodNames = ['publickey', 'password'] as AuthenticationMethod[];
    await this.sendMessage(failure);
  }
}

/** One for each session: the library never lets go of a session that shares its configuration. Key exchange by curves only, which is quick. */
function configuration(): SshSessionConfiguration {
  const configuration = new SshSessionConfiguration();
  const { ecdhNistp256Sha256, ecdhNistp384Sha384, ecdhNistp521Sha512 } = SshAlgorithms.keyExchange;
  const exchanges = [ecdhNistp256Sha256, ecdhNistp384Sha384, ecdhNistp521Sha512];
  configuration.keyExchangeAlgorithms.splice(0, Infinity, ...exchanges.flatMap((exchange) => exchange ?? []));
  configuration.protocolExtensions.splice(0, Infinity, SshProtocolExtensionNames.serverSignatureAlgorithms);
  return configuration;
}

function attemptOf(request: AuthenticationRequestMessage): Attempt {
  const method = clip(request.methodName ?? '');
  const user = clip(request.username ?? '');
  if (method !== 'publickey') return { method, user };
  const { keyAlgorithmName, publicKey } = request.convertTo(new PublicKeyRequestMessage());
  const hash = createHash('sha256').update(publicKey ?? Buffer.alloc(0));
  const fingerprint = `SHA256:${hash.digest('base64').replace(/=+$/, '')}`;
  return { method, user, key: { type: clip(keyAlgorithmName ?? ''), fingerprint } };
}

function clip(text: string): string {
  return text.slice(0, MAX_NAME);
}
