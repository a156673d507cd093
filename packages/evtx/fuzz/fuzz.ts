import { damage } from './damage.ts';
import { disagreement } from './agreement.ts';
import { Random } from './random.ts';

/** A damaged chunk that is read in two ways. */
export interface Failure {
  readonly execution: number;
  readonly chunk: Buffer;
  readonly what: string;
}

/** Damages chunks and reads them in both ways. The execution's number alone says which chunk and what damage. */
export function* fuzz(seeds: readonly Buffer[], first: number, count: number): Generator<Failure> {
  for (let execution = first; execution < first + count; execution++) {
    const random = new Random(execution);
    const chunk = damage(seeds[random.below(seeds.length)]!, seeds, random);
    const what = disagreement(chunk);
    if (what !== undefined) yield { execution, chunk, what };
  }
}
