import type { Skim } from './skim.ts';

/** How to cut a file, and where losses are told. */
export interface FrameOptions {
  /** Frames longer than this are refused with their offset and length. */
  readonly maxRecordBytes: number;
  /** A decoder label (`gb18030`) that overrides detection. */
  readonly encoding?: string;
  /** Where the bytes begin, when they are a piece of a file: how many bytes and lines (or records) come before. */
  readonly start?: { readonly offset: number; readonly number: number };
  /** Passes by lines that need not be read, for framings that ask it. */
  readonly skim?: Skim;
  /** Tells of what was there but could not become a frame. */
  refuse(refusal: Refusal): void;
}

/** Bytes that were seen but could not become records. */
export interface Refusal {
  /** Stable word for the counts: `too-long`, `damaged`, `truncated` … */
  readonly reason: string;
  readonly offset: number;
  readonly length: number;
  /** What was expected and what was found, for people. */
  readonly detail: string;
  /** How many records were lost; 1 unless the format can tell, 0 for damage that cost none. */
  readonly records?: number;
}
