/** An element to write. What is a string becomes part of the template, what is a value becomes a substitution. */
export interface SampleElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | SampleValue>>;
  /** Without content the element is closed at once, `<X/>`. */
  readonly content?: readonly SampleContent[];
  /** The value without which Windows leaves the element out: the first of its content. */
  readonly dependent?: boolean;
}

/** A part of an element's content; `raw` are BinXML tokens as they stand. */
export type SampleContent = string | SampleElement | SampleValue | { readonly raw: Uint8Array };

/** A value that fills a place in a template. */
export interface SampleValue {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** BinXML inside the value, instead of `bytes`. */
  readonly element?: SampleElement;
}

/** A record to write. */
export interface SampleRecord {
  readonly recordId: bigint;
  /** When it was written: 100 ns steps since 1601-01-01 UTC. */
  readonly written: bigint;
  readonly root: SampleElement;
}
