import type { Language, Notice } from '@yuheng/engine';
import { createTransport } from 'nodemailer';
import { isLoopback } from '../hosts.ts';
import { DELIVERY_MS, NotDelivered, type Channel } from './channel.ts';
import { writeMail } from './mail-text.ts';
import type { News } from './news.ts';

/** Where mail is handed in, and for whom. */
export interface MailOptions {
  /** `smtp://` (STARTTLS, except on loopback) or `smtps://`, with the user's name where one signs in. */
  readonly url: string;
  readonly password: string | undefined;
  readonly from: string;
  readonly to: readonly string[];
  readonly language: Language;
}

/** Mail in plain text. A password is sent over TLS only, or to this machine itself. */
export function openMail({ url, password, from, to, language }: MailOptions): Channel {
  const { protocol, hostname, port, username } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const transport = createTransport({
    host,
    secure,
    ...(port === '' ? {} : { port: Number(port) }),
    ignoreTLS: isLoopback(host),
    requireTLS: password !== undefined && !isLoopback(host),
    ...(password === undefined ? {} : { auth: { user: decodeURIComponent(username), pass: password } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'mail',
    async deliver({ uid, body }: Notice, signal): Promise<string> {
      const mail = {
        ...writeMail(JSON.parse(body) as News, language),
        from,
        to: [...to],
        messageId: `<${uid}@yuheng>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_MS)]),
      };
      const { rejected } = await transport.sendMail(mail).catch((error: unknown) => {
        throw new NotDelivered(reasonOf(error));
      });
      return rejected.length > 0 ? `${rejected.length} of ${to.length} mailboxes were refused` : '';
    },
  };
}

/** Codes only: what a mail server writes may repeat what it was sent. */
function reasonOf(error: unknown): string {
  const { name, code, responseCode } = error as Error & { readonly code?: unknown; readonly responseCode?: unknown };
  const what = typeof code === 'string' ? code : name;
  return typeof responseCode === 'number' ? `answered ${responseCode} (${what})` : `no answer (${what})`;
}
