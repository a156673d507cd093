import { closeSync, openSync, readSync } from 'node:fs';
import { CSV_HEAD } from './output/csv.ts';

/** What our outputs are called, unfinished ones too; nothing else is opened for this. */
const ENDING = /\.(?:csv|html|ndjson|jsonl?)(?:\.partial)?$/i;

/** So much of a file tells whether we wrote it. */
const HEAD_BYTES = 16 * 1024;

const PRODUCT = '"product":{"name":"Yuheng","vendor_name":"Yuheng"}';
const REPORT =
  /^<!doctype html>\n<html lang="[\w-]+">\n<head>[\s\S]*?\n<title>(?:Yuheng hunt report|玉衡狩猎报告)<\/title>/;

/** Whether a file is the report, the timeline, the findings or the incidents of a hunt, by how it begins. */
export function isEarlierOutput(path: string): boolean {
  if (!ENDING.test(path)) return false;
  const head = headOf(path);
  return head.startsWith(CSV_HEAD) || isOwnFinding(head) || REPORT.test(head);
}

/** Detection Findings (2004) and Incident Findings (2005) that name us: no quote inside a value of JSON stands so, for it is escaped. */
function isOwnFinding(head: string): boolean {
  const [line = ''] = head.split('\n', 1);
  return /^\{"class_uid":200[45],/.test(line) && line.includes(PRODUCT);
}

/** What cannot be read is nothing here: who reads the file tells why. */
function headOf(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const head = Buffer.alloc(HEAD_BYTES);
    return head.toString('utf8', 0, readSync(file, head, 0, HEAD_BYTES, 0));
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
