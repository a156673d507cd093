import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BigInt as SshInteger, SshAlgorithms, type ECParameters, type KeyPair } from '@microsoft/dev-tunnels-ssh';
import { ServerError } from '../server-error.ts';

const CURVE = 'P-256';

/** The decoy's host key: made once, for a host whose key changes is looked at twice. */
export async function readHostKey(path: string): Promise<KeyPair> {
  const pair = SshAlgorithms.publicKey.ecdsaSha2Nistp256!.createKeyPair();
  await pair.importParameters(parametersOf(existsSync(path) ? read(path) : make(path)));
  return pair;
}

function make(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: CURVE });
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}

function read(path: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(path));
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // Told below, as for a key of another kind.
  }
  throw new ServerError(400, 'YH-DECOY-KEY', {
    en: `${path} holds no key of an SSH decoy. Remove it: a new one is made at the next start.`,
    'zh-CN': `${path} 中不是 SSH 诱饵的密钥。请删除它：下次启动时会生成新的。`,
  });
}

/** The key's numbers, as the library takes them. */
function parametersOf(key: KeyObject): ECParameters {
  const jwk = key.export({ format: 'jwk' });
  const integer = (text: string | undefined): SshInteger =>
    SshInteger.fromBytes(Buffer.from(text ?? '', 'base64url'), { unsigned: true });
  return {
    curve: { name: 'nistp256', oid: '1.2.840.10045.3.1.7' },
    x: integer(jwk.x),
    y: integer(jwk.y),
    d: integer(jwk.d),
  };
}
