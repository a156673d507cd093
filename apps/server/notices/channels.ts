import { readFileSync } from 'node:fs';
import { ServerError } from '../server-error.ts';
import type { ServerConfig } from '../sources/config.ts';
import type { Channel } from './channel.ts';
import { openMail } from './mail.ts';
import { openWebhook } from './webhook.ts';

/** Variables that hold the secrets where no file does. */
const WEBHOOK_SECRET = 'YUHENG_WEBHOOK_SECRET';
const SMTP_PASSWORD = 'YUHENG_SMTP_PASSWORD';

/** The channels that `notices` in `yuheng.yaml` names. Throws where a secret is missing. */
export function openChannels(
  { webhook, mail, language }: ServerConfig['notices'],
  environment: { readonly [name: string]: string | undefined } = process.env,
): readonly Channel[] {
  const channels: Channel[] = [];
  if (webhook) channels.push(openWebhook(webhook.url, readSecret(webhook.secretFile, WEBHOOK_SECRET, environment)));
  if (mail) {
    const { url, passwordFile, from, to } = mail;
    const password = new URL(url).username === '' ? undefined : readSecret(passwordFile, SMTP_PASSWORD, environment);
    channels.push(openMail({ url, password, from, to, language }));
  }
  return channels;
}

function readSecret(
  file: string | undefined,
  variable: string,
  environment: { readonly [name: string]: string | undefined },
): string {
  const secret = file === undefined ? environment[variable] : readFile(file);
  if (secret !== undefined && secret !== '') return secret;
  throw new ServerError(400, 'YH-NOTICE-SECRET', {
    en: `${file ?? variable} holds no secret. Put it into a file and name that in yuheng.yaml, or into the variable ${variable}.`,
    'zh-CN': `${file ?? variable} 中没有密钥。请将其写入文件并在 yuheng.yaml 中指明该文件，或写入环境变量 ${variable}。`,
  });
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new ServerError(400, 'YH-NOTICE-SECRET', {
      en: `The secret in ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}. Give the server's user the right to read it.`,
      'zh-CN': `无法读取 ${path} 中的密钥：${(error as NodeJS.ErrnoException).code}。请授予服务器用户读取权限。`,
    });
  }
}
