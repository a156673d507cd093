import { MACHINE_WASM } from './machine.wasm.ts';

/** What assembly/index.ts exports. Addresses are offsets into its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  release(at: number): void;
  valuesAt(): number;
  reserve(bytes: number): number;
  nameAt(bytes: number): number;
  addField(name: number, bytes: number): number;
  read(from: number, to: number, stamp: number): number;
  hashOf(from: number, to: number): number;
  isSame(one: number, other: number, length: number): number;
  mayHold(sieve: number, from: number, to: number): number;
  walk(
    table: number,
    shift: number,
    classes: number,
    reported: number,
    row: number,
    epoch: number,
    from: number,
    to: number,
  ): number;
}

/** Bytes, with what makes strings of short pieces of them at half the price of `toString`. */
export type Bytes = Buffer<ArrayBuffer> & Record<'latin1Slice' | 'utf8Slice', (from: number, to: number) => string>;

/** What is asked of the platform: the types of Node leave it out. */
interface WebAssemblyApi {
  validate(code: Uint8Array): boolean;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
}

const wasm = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;

/** The WebAssembly of this thread: lines are read and searched where they lie in its memory. */
export class Machine {
  readonly run: Exports;
  #bytes: Bytes;

  private constructor(run: Exports) {
    this.run = run;
    this.#bytes = bytesOf(run);
  }

  static #opened: Machine | undefined;

  /** The machine of this thread; `undefined` where WebAssembly with SIMD is not to be had. */
  static open(): Machine | undefined {
    if (Machine.#opened) return Machine.#opened;
    const code = Buffer.from(MACHINE_WASM, 'base64');
    if (!wasm?.validate(code)) return undefined;
    const { exports } = new wasm.Instance(new wasm.Module(code), { env: { abort } });
    return (Machine.#opened = new Machine(exports));
  }

  /** Its whole memory. A view of before the memory grew is worth nothing: never keep it. */
  get bytes(): Bytes {
    if (this.#bytes.byteLength === 0) this.#bytes = bytesOf(this.run);
    return this.#bytes;
  }
}

function bytesOf({ memory }: Exports): Bytes {
  return Buffer.from(memory.buffer) as Bytes;
}

/** Called where memory is used up. */
function abort(): never {
  throw new RangeError('there is no memory left to read lines with');
}
