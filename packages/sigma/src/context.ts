import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { reject, type Finding, type Path } from './problem.ts';

/** What compiling a document needs to know, and where it leaves its warnings. */
export interface CompileContext {
  /** Values of placeholders by name, without the percent signs. */
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
  /** Event field names by the names that rules use. */
  readonly fieldAliases: ReadonlyMap<string, string>;
  readonly limits: Limits;
  readonly warnings: Finding[];
}

/** For values that were compiled before: what was accepted once is not measured again. */
export const ACCEPTED: CompileContext = {
  placeholders: new Map(),
  fieldAliases: new Map(),
  limits: { ...DEFAULT_LIMITS, regexLength: Infinity, regexSize: Infinity },
  warnings: [],
};

/** Notes something that does not stop the document from being loaded. */
export function warn(context: CompileContext, finding: Finding): void {
  context.warnings.push(finding);
}

/** Rejects the document when a bound is exceeded, naming the bound. */
export function rejectBeyond(code: string, path: Path, thing: string, actual: number, limit: number): void {
  if (actual <= limit) return;
  reject(
    code,
    path,
    `${thing}: ${actual}`,
    `the bound is ${limit}`,
    'split the rule, or raise the bound if you trust its author',
  );
}
