/** A message that is longer is cut. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** Cuts a stream of syslog into messages (RFC 6587): each with its length before it, else each a line. */
export class SyslogFramer {
  private rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): string[] {
    this.rest = this.rest.byteLength === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const messages: string[] = [];
    for (let length = this.next(messages); length > 0; length = this.next(messages))
      this.rest = this.rest.subarray(length);
    return messages;
  }

  /** What came last, with or without its end. */
  end(): string[] {
    const text = this.rest.toString('utf8');
    this.rest = Buffer.alloc(0);
    return text.trim() === '' ? [] : [text.replace(/^\d{1,7} (?=<)/, '')];
  }

  /** Takes one message off the front; returns its length, 0 when it is not all there. */
  private next(messages: string[]): number {
    const counted = /^(\d{1,7}) (?=<|$)/.exec(this.rest.subarray(0, 9).toString('latin1'));
    if (counted) {
      const from = counted[0].length;
      const end = from + Number(counted[1]);
      if (this.rest.byteLength < end && end <= MAX_MESSAGE_BYTES) return 0;
      messages.push(this.rest.subarray(from, Math.min(end, this.rest.byteLength)).toString('utf8'));
      return Math.min(end, this.rest.byteLength);
    }
    const feed = this.rest.indexOf(10);
    if (feed < 0 && this.rest.byteLength < MAX_MESSAGE_BYTES) return 0;
    const end = feed < 0 ? this.rest.byteLength : feed;
    const text = this.rest.subarray(0, end).toString('utf8');
    if (text.trim() !== '') messages.push(text);
    return feed < 0 ? end : feed + 1;
  }
}
