import { compileRule, ReaderCache } from './compiled-rule.ts';
import type { CompileContext } from './context.ts';
import { parseFilter, type ParsedFilter } from './filter.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import type { SigmaProblem } from './problem.ts';
import { parseRule, type ParsedRule } from './rule.ts';
import { attempt, readSources, reportWarnings } from './source-reader.ts';
import type { CompiledRule, SigmaSource } from './types.ts';

/** What loading takes beside the files. */
export interface LoadOptions {
  /** Values of placeholders by name (without percent signs) for `expand`. */
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  /** Event field names by the names that rules use, where they differ. */
  readonly fieldAliases?: Readonly<Record<string, string>>;
  /** Bounds that replace the default ones. */
  readonly limits?: Partial<Limits>;
}

/** Rules made ready, and what was wrong with the rest. */
export interface RuleSet {
  readonly rules: readonly CompiledRule[];
  /** Everything that was rejected or is questionable, in the order of files and documents. */
  readonly problems: readonly SigmaProblem[];
}

/** Loads rule files. Never throws for what a file holds: a wrong document is rejected with a problem. */
export function loadRules(sources: Iterable<SigmaSource>, options: LoadOptions = {}): RuleSet {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const placeholders = new Map(Object.entries(options.placeholders ?? {}));
  const fieldAliases = new Map(Object.entries(options.fieldAliases ?? {}));
  const { documents, problems: unread } = readSources(sources, limits);
  const problems: SigmaProblem[] = [...unread];
  const rules: ParsedRule[] = [];
  const filters: ParsedFilter[] = [];
  for (const document of documents) {
    const context: CompileContext = { placeholders, fieldAliases, limits, warnings: [] };
    attempt(problems, document.problem, () => {
      const { content, file } = document;
      if (content.has('filter')) filters.push(parseFilter(content, file, context));
      else rules.push(parseRule(content, file, context));
    });
    reportWarnings(problems, document, context);
  }
  const readers = new ReaderCache();
  return { rules: rules.map((rule) => compileRule(rule, filters, readers)), problems };
}
