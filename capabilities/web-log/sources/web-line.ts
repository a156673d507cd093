import type { Fields, Frame, Instant, ParseContext, Parser, TimeAssumption } from '@yuheng/engine';
import { readAccessLine } from './access-line.ts';
import { readApacheErrorLine, type ErrorLine } from './apache-error-line.ts';
import { readNginxErrorLine } from './nginx-error-line.ts';

/** What decides which rules a record answers; all of it is part of the record's kind. */
export function kindOf(source: string, fields: Fields): string {
  const parts = [fields['log_type'], fields['software'], fields['request_form'] === 'proxy' ? 'proxy' : undefined];
  return [source, ...parts].filter((part) => part !== undefined).join(':');
}

/** Reads a line of Apache's or nginx's error log. */
export function readErrorLine(text: string): ErrorLine | undefined {
  return readApacheErrorLine(text) ?? readNginxErrorLine(text);
}

/** Containers write both of a server's logs into one stream, so access and error lines are read wherever they stand. */
export function webLineParser(context: ParseContext): Parser {
  return { push: (frame) => push(frame, context), end() {} };
}

function push(frame: Frame, context: ParseContext): void {
  const { origin, sink } = context;
  const line = readLine(frame.text, context);
  if (!line) return sink.unparsed(frame, 'no-web-server-line');
  const kind = kindOf(origin.source, line.fields);
  sink.record({ origin, number: frame.number, raw: frame.text, ...line, kind });
}

interface WebLine {
  readonly fields: Fields;
  readonly time: Instant;
  readonly assumed?: readonly TimeAssumption[];
}

function readLine(text: string, context: ParseContext): WebLine | undefined {
  const access = readAccessLine(text);
  if (access) {
    access.fields['log_type'] = 'access';
    return access;
  }
  const error = readErrorLine(text);
  if (!error) return undefined;
  error.fields['log_type'] = 'error';
  const { ms, ns } = error.localTime;
  return { fields: error.fields, time: { ms: ms - context.offsetMinutes(ms) * 60_000, ns }, assumed: ['zone'] };
}
