import type { Directory } from '@yuheng/engine';
import { hashSecret, newSecret } from './secrets.ts';

/** A sign-in link works for so long, and once, ms. */
const SIGN_IN_MS = 15 * 60_000;
/** A session lasts so long, ms. */
export const SESSION_MS = 12 * 3_600_000;
/** The session's cookie. */
export const SESSION_COOKIE = 'yuheng_session';

/** Makes the path of a one-time sign-in link. */
export async function createSignIn(directory: Directory, tenant: string, nowMs: number): Promise<string> {
  const secret = newSecret();
  await directory.addSignIn({ tenant, secretHash: hashSecret(secret), expiresMs: nowMs + SIGN_IN_MS });
  return `/sign-in?token=${secret}`;
}

/** Takes a link's token for a session's; `undefined` when the link was used, is over, or never was. */
export async function signIn(directory: Directory, token: string, nowMs: number): Promise<string | undefined> {
  const link = await directory.takeSignIn(hashSecret(token), nowMs);
  if (!link) return undefined;
  const secret = newSecret();
  await directory.addSession({ tenant: link.tenant, secretHash: hashSecret(secret), expiresMs: nowMs + SESSION_MS });
  return secret;
}

/** The tenant of a session. */
export async function sessionTenant(directory: Directory, secret: string, nowMs: number): Promise<string | undefined> {
  return (await directory.findSession(hashSecret(secret), nowMs))?.tenant;
}
