import { realpath } from 'node:fs/promises';
import { findFiles, writtenFiles, type FoundFile, type InputFile } from '@yuheng/adapter-files';
import type { UnreadableFile } from '@yuheng/engine';
import { YuhengError } from '../errors.ts';
import { wrongFlag } from '../flags.ts';
import { isEarlierOutput } from './earlier.ts';
import type { HuntOptions } from './options.ts';

/** What a hunt reads. */
export interface HuntInput {
  readonly files: readonly InputFile[];
  readonly unreadable: readonly UnreadableFile[];
  /** Files that an earlier hunt wrote: they are no logs, and not read. */
  readonly earlier: readonly string[];
}

/** A file that the hunt will write, as asked for. */
interface Output {
  readonly flag: string;
  readonly path: string;
}

/**
 * Finds what to read, without what hunts wrote there. Throws where an output would replace something that this hunt reads: before any
 * output is opened by `openOutputs`, which happens before standard input is read.
 */
export async function findInput(options: HuntOptions, openOutputs: () => Promise<void>): Promise<HuntInput> {
  const written = await filesWritten(options);
  await spareRules(options, written);
  const earlier: string[] = [];
  const wants = ({ path, segments, size }: FoundFile): boolean => {
    const output = written.get(path);
    const isEarlier = isEarlierOutput(path);
    if (output && !isEarlier && size > 0) throw overwrites(output);
    if (isEarlier && !output) earlier.push(segments.join('/'));
    return !isEarlier && !output;
  };
  const { files, unreadable } = await findFiles(options.paths, { wants, beforeStandardInput: openOutputs });
  return { files, unreadable, earlier: [...new Set(earlier)].sort() };
}

/** The files that the hunt will write, by their real paths. */
async function filesWritten({ out, incidents }: HuntOptions): Promise<Map<string, Output>> {
  const outputs = out.map((path) => ({ flag: '--out', path }));
  if (incidents !== undefined) outputs.push({ flag: '--incidents', path: incidents });
  const written = new Map<string, Output>();
  for (const output of outputs) {
    for (const file of await writtenFiles(output.path)) {
      const other = written.get(file);
      if (other) throw wrongFlag(output.flag, output.path, `a file that ${other.flag} ${other.path} does not write`);
      written.set(file, output);
    }
  }
  return written;
}

async function spareRules({ rules, filters }: HuntOptions, written: ReadonlyMap<string, Output>): Promise<void> {
  for (const path of [...rules, ...filters]) {
    const output = written.get(await realpath(path).catch(() => path));
    if (output) throw overwrites(output);
  }
}

function overwrites({ flag, path }: Output): YuhengError {
  return new YuhengError('YH-OUTPUT-IS-INPUT', {
    en: `${flag} ${path} would overwrite a file that this hunt reads. Nothing was read or written. Give a file that is not there yet.`,
    'zh-CN': `${flag} ${path} 会覆盖本次搜寻要读取的文件。没有读取或写入任何内容。请给出一个尚不存在的文件。`,
  });
}
