import type { Sink } from '../capability.ts';
import type { Frame, Record } from '../record.ts';

/** What a parser made of a frame, or of several. */
export type Answer =
  | { readonly kind: 'record'; readonly record: Record; readonly frames: number }
  | { readonly kind: 'unparsed'; readonly frame: Frame; readonly reason: string }
  /** A frame that belongs to a record given before. */
  | { readonly kind: 'joined'; readonly frame: Frame }
  /** A header line. */
  | { readonly kind: 'directive'; readonly frame: Frame };

/** Keeps a parser's answers in their order. */
export class AnswerSink implements Sink {
  private answers: Answer[] = [];

  take(): Answer[] {
    const taken = this.answers;
    this.answers = [];
    return taken;
  }

  record(record: Record, frames = 1): void {
    this.answers.push({ kind: 'record', record, frames });
  }

  unparsed(frame: Frame, reason: string): void {
    this.answers.push({ kind: 'unparsed', frame, reason });
  }

  joined(frame: Frame): void {
    this.answers.push({ kind: 'joined', frame });
  }

  directive(frame: Frame): void {
    this.answers.push({ kind: 'directive', frame });
  }
}

/** Frames that an answer answers for. */
export function framesOf(answer: Answer): number {
  return answer.kind === 'record' ? answer.frames : 1;
}
