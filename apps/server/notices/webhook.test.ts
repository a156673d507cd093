import type { Notice } from '@yuheng/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotDelivered } from './channel.ts';
import { isSigned, SECRET, startReceiver, type Receiver } from './testing.ts';
import { openWebhook } from './webhook.ts';

const notice = { uid: 'n1', body: '{"type":"incident.high","玉":"\\u001b"}' } as Notice;
const never = new AbortController().signal;

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

describe('a webhook', () => {
  it('is signed, so that a receiver with the secret believes it and one with another does not', async () => {
    await openWebhook(receiver.url, SECRET).deliver(notice, never);
    const [received] = receiver.received;
    expect(received).toMatchObject({
      body: notice.body,
      headers: { 'content-type': 'application/json', 'webhook-id': 'n1' },
    });
    expect(Math.abs(Number(received!.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    expect(isSigned(received!)).toBe(true);
    expect(isSigned(received!, `whsec_${Buffer.alloc(24).toString('base64')}`)).toBe(false);
  });

  it.each([
    [500, 'answered 500'],
    [404, 'answered 404'],
    [302, 'answered 302'],
  ])('is not delivered when %i is answered, and follows nobody', async (status, why) => {
    receiver.answer = (response) => response.writeHead(status, { location: receiver.url }).end('secret');
    await expect(openWebhook(receiver.url, SECRET).deliver(notice, never)).rejects.toThrow(new NotDelivered(why));
    expect(receiver.received).toHaveLength(1);
  });

  it('reads nothing of an answer without an end', async () => {
    let closed: () => void = () => {};
    const hungUp = new Promise<void>((done) => (closed = done));
    receiver.answer = (response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', pour).on('close', closed);
      pour();
    };
    await openWebhook(receiver.url, SECRET).deliver(notice, never);
    await hungUp;
    expect(receiver.received).toHaveLength(1);
  });

  it('that nobody answers ends with the server, and says where nothing of the address', async () => {
    receiver.answer = () => {};
    const stopping = new AbortController();
    const delivered = openWebhook(receiver.url, SECRET).deliver(notice, stopping.signal);
    setTimeout(() => stopping.abort(), 100);
    await expect(delivered).rejects.toThrow(new NotDelivered('no answer (AbortError)'));
    await receiver.close();
    const refused = openWebhook(`${receiver.url}/token`, SECRET).deliver(notice, never);
    await expect(refused).rejects.toThrow(new NotDelivered('no answer (ECONNREFUSED)'));
  });

  it.each([
    '',
    'whsec_',
    'whsec_c2hvcnQ=',
    Buffer.alloc(32).toString('base64'),
    'whsec_not base64 at all, but long enough',
  ])('takes %j for no secret, and does not repeat it', (secret) => {
    let message = '';
    try {
      openWebhook(receiver.url, secret);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('The secret of the webhook is none');
    if (secret.length > 10) expect(message).not.toContain(secret);
  });
});
