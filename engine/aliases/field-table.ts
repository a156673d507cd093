import type { Fields } from '../record.ts';
import type { Answer } from './answer.ts';

/** Rule field → where it stands. */
export type Answers = { readonly [field: string]: Answer };

/** All that rules about one kind of event can be told of records in another schema: a rule that reads any other field is not asked. */
export class FieldTable {
  /** Tables of one id are equal. */
  readonly id: string;
  readonly answers: Answers;

  constructor(id: string, answers: Answers) {
    this.id = id;
    this.answers = answers;
  }

  /** Where a rule's field stands; `undefined` where the table has no answer. */
  answerOf(field: string): Answer | undefined {
    return Object.hasOwn(this.answers, field) ? this.answers[field] : undefined;
  }

  /** What a rule reads under a name. */
  read(fields: Fields, field: string): unknown {
    return this.answerOf(field)?.read(fields);
  }

  /** Explanations name the table. */
  toJSON(): string {
    return this.id;
  }
}
