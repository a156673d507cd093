import { ByteWriter } from './byte-writer.ts';
import type { SampleContent, SampleElement, SampleValue } from './sample.ts';

const NO_DEPENDENCY = 0xffff;
const DEFINITION_HEADER = 24;

/** Writes events as BinXML: names and templates once a chunk, values behind each use of a template. */
export class BinXmlWriter {
  readonly bytes: ByteWriter;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<string, number>();

  constructor(capacity: number, offset: number) {
    this.bytes = new ByteWriter(capacity, offset);
  }

  get nameOffsets(): Iterable<number> {
    return this.#names.values();
  }

  /** A fragment that holds one template instance, and the end of the stream. */
  document(root: SampleElement): void {
    this.#fragmentHeader();
    this.#instance(root);
    this.bytes.u8(0x00);
  }

  #fragmentHeader(): void {
    this.bytes.bytes(Uint8Array.of(0x0f, 1, 1, 0));
  }

  #instance(root: SampleElement): void {
    const { bytes } = this;
    const values = valuesOf(root);
    const key = JSON.stringify(root, (_, part: SampleContent) => (isValue(part) ? part.type : part));
    const id = this.#templates.size + 1;
    const known = this.#templates.get(key);
    bytes.u8(0x0c);
    bytes.u8(1);
    bytes.u32(id);
    const definition = known ?? bytes.offset + 4;
    bytes.u32(definition);
    if (known === undefined) this.#definition(root, id);
    this.#templates.set(key, definition);
    this.#values(values);
  }

  #definition(root: SampleElement, id: number): void {
    const { bytes } = this;
    const start = bytes.offset;
    bytes.u32(0);
    bytes.u32(id);
    bytes.offset = start + DEFINITION_HEADER - 4;
    bytes.sized(() => {
      this.#fragmentHeader();
      this.#element(root, []);
      bytes.u8(0x00);
    });
  }

  #values(values: readonly SampleValue[]): void {
    const { bytes } = this;
    bytes.u32(values.length);
    const descriptors = bytes.offset;
    bytes.offset += values.length * 4;
    for (const [index, value] of values.entries()) {
      const start = bytes.offset;
      if (value.element === undefined) bytes.bytes(value.bytes);
      else this.document(value.element);
      bytes.buffer.writeUInt16LE(bytes.offset - start, descriptors + index * 4);
      bytes.buffer.writeUInt8(value.type, descriptors + index * 4 + 2);
    }
  }

  #element(element: SampleElement, places: SampleValue[]): void {
    const { bytes } = this;
    const attributes = Object.entries(element.attributes ?? {});
    const dependency = element.dependent === true ? places.length + attributeValues(element) : NO_DEPENDENCY;
    bytes.u8(attributes.length > 0 ? 0x41 : 0x01);
    bytes.u16(dependency);
    bytes.sized(() => {
      this.#name(element.name);
      if (attributes.length > 0) bytes.sized(() => this.#attributes(attributes, places));
      if (element.content === undefined) return bytes.u8(0x03);
      bytes.u8(0x02);
      for (const part of element.content) this.#content(part, places);
      bytes.u8(0x04);
    });
  }

  #attributes(attributes: readonly [string, string | SampleValue][], places: SampleValue[]): void {
    for (const [index, [name, value]] of attributes.entries()) {
      this.bytes.u8(index < attributes.length - 1 ? 0x46 : 0x06);
      this.#name(name);
      this.#content(value, places);
    }
  }

  #content(part: SampleContent, places: SampleValue[]): void {
    const { bytes } = this;
    if (typeof part === 'string') {
      bytes.u8(0x05);
      bytes.u8(0x01);
      bytes.u16(part.length);
      bytes.bytes(Buffer.from(part, 'utf16le'));
    } else if ('raw' in part) {
      bytes.bytes(part.raw);
    } else if (isValue(part)) {
      bytes.u8(0x0e);
      bytes.u16(places.push(part) - 1);
      bytes.u8(part.type);
    } else {
      this.#element(part, places);
    }
  }

  /** The offset of a name, and the name itself where it is used first. */
  #name(name: string): void {
    const known = this.#names.get(name);
    this.bytes.u32(known ?? this.bytes.offset + 4);
    if (known !== undefined) return;
    this.#names.set(name, this.bytes.offset);
    this.bytes.u32(0);
    this.bytes.u16(nameHash(name));
    this.bytes.u16(name.length);
    this.bytes.bytes(Buffer.from(`${name}\0`, 'utf16le'));
  }
}

function isValue(part: unknown): part is SampleValue {
  return typeof part === 'object' && part !== null && 'bytes' in part;
}

function attributeValues(element: SampleElement): number {
  return Object.values(element.attributes ?? {}).filter(isValue).length;
}

/** The values of an element in the order in which its places are numbered. */
function valuesOf(element: SampleElement): SampleValue[] {
  const parts: SampleContent[] = [...Object.values(element.attributes ?? {}), ...(element.content ?? [])];
  return parts.flatMap((part) => {
    if (isValue(part)) return [part];
    return typeof part === 'object' && 'name' in part ? valuesOf(part) : [];
  });
}

function nameHash(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 65_599) + name.charCodeAt(at)) >>> 0;
  return hash & 0xffff;
}
