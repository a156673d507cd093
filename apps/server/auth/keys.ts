import { randomBytes } from 'node:crypto';
import type { Directory, Scope, StoredKey } from '@yuheng/engine';
import { hashSecret, isSecret, newSecret } from './secrets.ts';

const KEY = /^yh_([0-9a-f]{16})_([\w-]{43})$/;

/** Makes a key of a tenant; the text is told once and only its hash kept. */
export async function createKey(directory: Directory, tenant: string, scopes: readonly Scope[]): Promise<string> {
  const id = randomBytes(8).toString('hex');
  const secret = newSecret();
  await directory.addKey({ id, tenant, secretHash: hashSecret(secret), scopes });
  return `yh_${id}_${secret}`;
}

/** The key behind a text; `undefined` when there is none. */
export async function findKey(directory: Directory, text: string): Promise<StoredKey | undefined> {
  const parts = KEY.exec(text);
  if (!parts) return undefined;
  const key = await directory.findKey(parts[1]!);
  return key && isSecret(parts[2]!, key.secretHash) ? key : undefined;
}
