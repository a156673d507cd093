import type { Notice } from '@yuheng/engine';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NotDelivered } from './channel.ts';
import { openMail, type MailOptions } from './mail.ts';
import { MAX_SUBJECT, writeMail } from './mail-text.ts';
import { silenceNews, type News } from './news.ts';
import { startMailServer, type MailServer } from './testing.ts';

const news = (title: string): News => ({
  type: 'incident.high',
  tenant: 'default',
  incident: {
    uid: 'i1',
    title,
    titles: { en: title, 'zh-CN': '凭据访问' },
    severity: 'high',
    severity_id: 4,
    score: 42,
    start_time: 1_772_330_400_000,
    end_time: 9e15,
    findings: 2,
    rules: [{ uid: 'r', title: 'Login tried', level: 'high', findings: 2 }],
    entities: [{ kind: 'host', value: 'web' }],
  },
  url: 'http://127.0.0.1:7420/incidents/i1',
});
const noticeOf = (title: string): Notice => ({ uid: 'n1', body: JSON.stringify(news(title)) }) as Notice;
const never = new AbortController().signal;

async function mailServer(options?: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
  const server = await startMailServer(options);
  onTestFinished(() => server.close());
  return server;
}
const channel = ({ port }: MailServer, change: Partial<MailOptions> = {}) =>
  openMail({
    url: `smtp://127.0.0.1:${port}`,
    password: undefined,
    from: 'Yuheng <yuheng@example.org>',
    to: ['soc@example.org', 'night@example.org'],
    language: 'en',
    ...change,
  });

describe('a mail', () => {
  it('tells of an incident in plain text, to all', async () => {
    const server = await mailServer();
    await channel(server).deliver(noticeOf('Credential Access on web'), never);
    const [{ from, to, raw }] = server.mails as [MailServer['mails'][number]];
    expect([from, ...to]).toEqual(['yuheng@example.org', 'soc@example.org', 'night@example.org']);
    expect(raw).toContain('Subject: [Yuheng] High: Credential Access on web\r\n');
    expect(raw).toContain('Content-Type: text/plain; charset=utf-8\r\n');
    expect(raw).toContain('Message-ID: <n1@yuheng>\r\n');
    expect(raw).toContain('Auto-Submitted: auto-generated\r\n');
    expect(raw).toContain('Time: 2026-03-01T02:00:00.000Z to ?\r\n');
    expect(raw).toContain('- Login tried (High, 2)\r\n');
    expect(raw).toContain('http://127.0.0.1:7420/incidents/i1\r\n');
  });

  it('is written in Chinese where that is asked for', () => {
    const { subject, text } = writeMail(news('x'), 'zh-CN');
    expect(subject).toBe('[玉衡] 重大：凭据访问');
    expect(text).toContain('- 主机 web\n');
  });

  it('tells of a source that fell silent, whatever it is called', () => {
    const source = 'web\r\nBcc: eve@example.org';
    const at = { tenant: 'default', source, lastMs: 1_772_330_400_000, sinceMs: 1_772_334_000_000 };
    const silent = silenceNews({ ...at, uid: 'u', revision: 1 }, 'https://y');
    const { subject, text } = writeMail(silent, 'en');
    expect(subject).toBe('[Yuheng] Medium: Source web Bcc: eve@example.org fell silent');
    expect(text.split('\n').slice(3)).toEqual([
      'Tenant: default',
      'Last received: 2026-03-01T02:00:00.000Z',
      'Silent since: 2026-03-01T03:00:00.000Z',
      '',
      'https://y/operations',
      '',
    ]);
    expect(writeMail(silent, 'zh-CN').text).toContain('静默起始：2026-03-01T03:00:00.000Z');
  });

  it('has no header and no line that a hostile title put there', async () => {
    const server = await mailServer();
    const title = 'a\r\nBcc: eve@example.org\r\n\r\n<script>\u202e\u001b[2J';
    await channel(server).deliver(noticeOf(title), never);
    const [{ to, raw }] = server.mails as [MailServer['mails'][number]];
    expect(to).toHaveLength(2);
    const [head = ''] = raw.split('\r\n\r\n');
    expect(head).not.toMatch(/^Bcc:/m);
    expect(head).toContain('Content-Type: text/plain');
    expect(writeMail(news(title), 'en').subject).toBe('[Yuheng] High: a Bcc: eve@example.org <script> [2J');
    expect([...writeMail(news('x'.repeat(500)), 'en').subject]).toHaveLength(MAX_SUBJECT);
  });

  it('is handed in with user name and password', async () => {
    const server = await mailServer({ authOptional: false });
    const url = `smtp://so%40c@127.0.0.1:${server.port}`;
    await channel(server, { url, password: 'right' }).deliver(noticeOf('x'), never);
    expect(server.mails).toMatchObject([{ user: 'so@c' }]);
    const wrong = channel(server, { url, password: 'hunter2' }).deliver(noticeOf('x'), never);
    await expect(wrong).rejects.toThrow(new NotDelivered('answered 535 (EAUTH)'));
  });

  it('sends no password over a line that others can read', async () => {
    const passwords: unknown[] = [];
    const server = await mailServer({ onAuth: ({ password }) => passwords.push(password) });
    const url = `smtp://soc@0.0.0.0:${server.port}`;
    const sent = channel(server, { url, password: 'right' }).deliver(noticeOf('x'), never);
    await expect(sent).rejects.toThrow(new NotDelivered('answered 500 (ETLS)'));
    expect(passwords).toEqual([]);
    expect(server.mails).toEqual([]);
  });

  it('that not all mailboxes take says so', async () => {
    const server = await mailServer({
      onRcptTo: ({ address }, _, done) => done(address.startsWith('night') ? new Error('no such mailbox') : undefined),
    });
    const remark = await channel(server).deliver(noticeOf('x'), never);
    expect(remark).toBe('1 of 2 mailboxes were refused');
    expect(server.mails).toMatchObject([{ to: ['soc@example.org'] }]);
  });

  it('that is refused or never taken is not delivered', async () => {
    const server = await mailServer({ onRcptTo: (_, __, done) => done(new Error('no such mailbox')) });
    await expect(channel(server).deliver(noticeOf('x'), never)).rejects.toThrow(/^answered 550 \(EENVELOPE\)$/);
    const slow = await mailServer({ onMailFrom: () => {} });
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 200);
    await expect(channel(slow).deliver(noticeOf('x'), stopping.signal)).rejects.toThrow(NotDelivered);
  });
});
