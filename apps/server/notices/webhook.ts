import { createHmac } from 'node:crypto';
import type { Notice } from '@yuheng/engine';
import { ServerError } from '../server-error.ts';
import { DELIVERY_MS, NotDelivered, type Channel } from './channel.ts';

/** Bytes of a secret, as Standard Webhooks has it. */
const LEAST_SECRET_BYTES = 24;
const MOST_SECRET_BYTES = 64;

/**
 * A webhook signed as Standard Webhooks has it (standardwebhooks.com): `webhook-signature: v1,<HMAC-SHA256 of id.timestamp.body>`. The id stays
 * the same over all attempts. Redirects are not followed; of the answer only the status is read.
 */
export function openWebhook(url: string, secret: string): Channel {
  const key = readSecret(secret);
  return {
    name: 'webhook',
    async deliver({ uid, body }: Notice, signal): Promise<string> {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_MS)]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Yuheng',
          'webhook-id': uid,
          'webhook-timestamp': timestamp,
          'webhook-signature': sign(key, uid, timestamp, body),
        },
      }).catch((error: unknown) => {
        throw new NotDelivered(`no answer (${reasonOf(error)})`);
      });
      void response.body?.cancel().catch(() => {});
      if (!response.ok) throw new NotDelivered(`answered ${response.status}`);
      return '';
    },
  };
}

function sign(key: Buffer, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function readSecret(secret: string): Buffer {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  const key = Buffer.from(base64 ?? '', 'base64');
  if (key.length >= LEAST_SECRET_BYTES && key.length <= MOST_SECRET_BYTES) return key;
  throw new ServerError(400, 'YH-NOTICE-SECRET', {
    en: `The secret of the webhook is none: it is \`whsec_\` and ${LEAST_SECRET_BYTES} to ${MOST_SECRET_BYTES} bytes in base64. Make one: printf 'whsec_%s\\n' "$(head -c 32 /dev/urandom | base64)"`,
    'zh-CN': `Webhook 密钥无效：应为 \`whsec_\` 加上 ${LEAST_SECRET_BYTES} 至 ${MOST_SECRET_BYTES} 字节的 base64。生成方法：printf 'whsec_%s\\n' "$(head -c 32 /dev/urandom | base64)"`,
  });
}

/** A code of the system's, never a message: that could hold the address, which may be a secret itself. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : name;
}
