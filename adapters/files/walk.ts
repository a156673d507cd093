import { constants, type Dirent, type Stats } from 'node:fs';
import { access, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { UnreadableFile } from '@yuheng/engine';
import { COMPRESSED_ENDING, containerOf, MAGIC_BYTES } from './container.ts';
import { Loss, toLoss } from './loss.ts';
import { printable } from './printable.ts';

/** A file that was found, by one of the ways that lead to it. */
export interface FoundFile {
  /** The real path: absolute, without links. */
  readonly path: string;
  /** The way from the argument to it; for a file argument its own name. */
  readonly segments: readonly string[];
  readonly size: number;
  /** Content and ending both say gzip or zstd, so the name of the file inside is known. */
  readonly compressed: boolean;
}

/** A path that leads to nothing that can be read. */
export interface UnreadablePath extends UnreadableFile {
  readonly path: string;
}

/** What lies below one argument. */
export interface Walked {
  readonly files: readonly FoundFile[];
  readonly unreadable: readonly UnreadablePath[];
}

/**
 * Walks an argument: a file, or a folder with all below it in the order of code units. Links are followed after everything
 * that lies there itself, so that a file is found in its own place first, and nothing is visited twice.
 */
export async function walk(argument: string): Promise<Walked> {
  const walker = new Walker(argument);
  await walker.follow(argument, []);
  await walker.followLinks();
  return walker;
}

class Walker implements Walked {
  readonly files: FoundFile[] = [];
  readonly unreadable: UnreadablePath[] = [];
  private readonly argument: string;
  private readonly visited = new Set<string>();
  private readonly links: { path: string; segments: readonly string[] }[] = [];

  constructor(argument: string) {
    this.argument = argument;
  }

  async followLinks(): Promise<void> {
    for (let next = 0; next < this.links.length; next++) {
      const { path, segments } = this.links[next]!;
      await this.follow(path, segments);
    }
  }

  /** Visits what a path leads to, through all links. */
  async follow(path: string, segments: readonly string[]): Promise<void> {
    await this.orUnreadable(path, segments, async () => this.visit(await realpath(path), segments));
  }

  private async visit(path: string, segments: readonly string[]): Promise<void> {
    if (this.visited.has(path)) return;
    this.visited.add(path);
    const info = await stat(path);
    if (info.isDirectory()) await this.visitFolder(path, segments);
    else if (info.isFile()) await this.visitFile(path, segments, info);
    else throw new Loss('unsupported', explainSpecial(info));
  }

  private async visitFolder(path: string, segments: readonly string[]): Promise<void> {
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries.sort(byName)) {
      const below = [...segments, entry.name];
      const child = join(path, entry.name);
      if (entry.isSymbolicLink()) this.links.push({ path: child, segments: below });
      else await this.orUnreadable(child, below, () => this.visit(child, below));
    }
  }

  private async visitFile(path: string, segments: readonly string[], { size }: Stats): Promise<void> {
    await access(path, constants.R_OK);
    const compressed = COMPRESSED_ENDING.test(path) && (await isCompressed(path));
    const names = segments.length > 0 ? segments : [basename(this.argument)];
    this.files.push({ path, segments: names, size, compressed });
  }

  private async orUnreadable(path: string, segments: readonly string[], step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const { reason, message } = toLoss(error);
      const name = printable(segments.length > 0 ? segments.join('/') : this.argument);
      this.unreadable.push({ path: resolve(path), name, reason, detail: message });
    }
  }
}

async function isCompressed(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
    const container = containerOf(buffer.subarray(0, bytesRead));
    return container === 'gzip' || container === 'zstd';
  } finally {
    await file.close();
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

function explainSpecial(info: Stats): string {
  if (info.isFIFO())
    return 'It is a pipe, which is not opened. Pass its content through standard input instead: give - as the path.';
  const kind = info.isSocket() ? 'a socket' : 'a device';
  return `It is ${kind} and no file, and is not opened. Copy what shall be read from it into a file.`;
}
