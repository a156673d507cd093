import { compileRule, ReaderCache } from './compiled-rule.ts';
import type { CompileContext } from './context.ts';
import { linkCorrelations, type LoadedCorrelation } from './correlation/link.ts';
import { parseCorrelation } from './correlation/parse.ts';
import type { CompiledCorrelation } from './correlation/types.ts';
import { appliesTo, parseFilter, type ParsedFilter } from './filter.ts';
import { canonicalId } from './identifier.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { contentHash } from './metadata.ts';
import type { Placeholders } from './placeholder-values.ts';
import { reject, type SigmaProblem } from './problem.ts';
import { Registry, type Names } from './registry.ts';
import { parseRule, type ParsedRule } from './rule.ts';
import { attempt, readSources, reportWarnings, type SourceDocument } from './source-reader.ts';
import type { CompiledRule, SigmaFilter, SigmaMetadata, SigmaSource } from './types.ts';

/** What loading takes beside the files. */
export interface LoadOptions {
  /** Values of placeholders by name (without percent signs) for `expand`. */
  readonly placeholders?: Placeholders;
  /** Event field names by the names that rules use, where they differ. */
  readonly fieldAliases?: Readonly<Record<string, string>>;
  /** Bounds that replace the default ones. */
  readonly limits?: Partial<Limits>;
}

/** Rules made ready, and what was wrong with the rest. */
export interface RuleSet {
  /** Detection rules, filters applied, in the order of the files. */
  readonly rules: readonly CompiledRule[];
  /** Correlations, those that others refer to first. */
  readonly correlations: readonly CompiledCorrelation[];
  /** Filters, in the order of the files. */
  readonly filters: readonly SigmaFilter[];
  /**
   * Uids of rules and correlations that give no findings of their own, because a correlation refers to them that does
   * not `generate` (correlation specification, "Generate").
   */
  readonly silent: ReadonlySet<string>;
  /** Everything that was rejected or is questionable. */
  readonly problems: readonly SigmaProblem[];
}

/** Loads rule files. Never throws for what a file holds: a wrong document is rejected with a problem. */
export function loadRules(sources: Iterable<SigmaSource>, options: LoadOptions = {}): RuleSet {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const problems: SigmaProblem[] = [];
  const loader = new Loader(problems, {
    placeholders: new Map(Object.entries(options.placeholders ?? {})),
    fieldAliases: new Map(Object.entries(options.fieldAliases ?? {})),
    limits,
  });
  for (const document of readSources(sources, limits, problems)) loader.add(document);
  return loader.finish();
}

class Loader {
  readonly #problems: SigmaProblem[];
  readonly #context: Omit<CompileContext, 'warnings'>;
  readonly #registry = new Registry();
  readonly #rules: ParsedRule[] = [];
  /** By id: no correlation refers to filters, so that one may be called as a rule is. */
  readonly #filters = new Map<string, { readonly document: SourceDocument; readonly parsed: ParsedFilter }>();
  readonly #correlations: LoadedCorrelation[] = [];

  constructor(problems: SigmaProblem[], context: Omit<CompileContext, 'warnings'>) {
    this.#problems = problems;
    this.#context = context;
  }

  add(document: SourceDocument): void {
    const context: CompileContext = { ...this.#context, warnings: [] };
    const added = attempt(this.#problems, document.problem, () => {
      this.#parse(document, context);
      return true;
    });
    if (!added) this.#noteUnusable(document, 'it was rejected');
    reportWarnings(this.#problems, document, context);
  }

  finish(): RuleSet {
    for (const { document, parsed } of this.#filters.values()) this.#checkTargets(document, parsed);
    const readers = new ReaderCache();
    const filters = Array.from(this.#filters.values(), ({ parsed }) => parsed);
    const ruleUids = this.#rules.map(({ rule }) => rule.uid);
    const correlations = linkCorrelations(this.#correlations, ruleUids, this.#registry, this.#problems);
    return {
      rules: this.#rules.map((rule) => compileRule(rule, filters, readers)),
      correlations,
      filters: filters.map(({ filter }) => filter),
      silent: new Set(correlations.flatMap(({ correlation }) => (correlation.generate ? [] : correlation.rules))),
      problems: this.#problems,
    };
  }

  #parse(document: SourceDocument, context: CompileContext): void {
    const { content, file } = document;
    if (content.has('correlation')) {
      const parsed = parseCorrelation(content, file, context);
      this.#correlations.push({
        document,
        parsed: { ...parsed, metadata: this.#register(parsed.metadata, document, context) },
      });
    } else if (content.has('filter')) {
      this.#addFilter(document, parseFilter(content, file, context));
    } else {
      const parsed = parseRule(content, file, context);
      this.#rules.push({ ...parsed, rule: this.#register(parsed.rule, document, context) });
    }
  }

  #addFilter(document: SourceDocument, parsed: ParsedFilter): void {
    const { uid } = parsed.filter;
    if (this.#filters.has(canonicalId(uid))) rejectDuplicate('filter', uid);
    this.#filters.set(canonicalId(uid), { document, parsed });
    this.#noteUnusable(document, 'it is a filter');
  }

  #noteUnusable({ content }: SourceDocument, why: string): void {
    for (const key of ['id', 'name']) this.#registry.addUnusable(content.get(key), why);
  }

  /** Takes note of a rule or correlation; one whose id another has is rejected. */
  #register<T extends SigmaMetadata>(metadata: T, document: SourceDocument, context: CompileContext): T {
    // Rules of one collection may share the id that its global part gives; the first keeps it as its uid.
    const uid = document.inheritsId && this.#registry.has(metadata.uid) ? contentHash(document.content) : metadata.uid;
    if (this.#registry.has(uid)) rejectDuplicate('rule', uid);
    const { name } = metadata;
    if (name !== undefined && this.#registry.has(name)) {
      const why = 'references by this name have no single meaning';
      context.warnings.push({
        code: 'rule.duplicate-name',
        path: ['name'],
        what: `another rule is called "${name}"`,
        why,
        fix: 'give it a name of its own',
      });
    }
    const registered = { ...metadata, uid };
    this.#registry.add(registered satisfies Names);
    return registered;
  }

  #checkTargets(document: SourceDocument, { filter }: ParsedFilter): void {
    if (this.#rules.some(({ rule }) => appliesTo(filter, rule))) return;
    const why = 'no loaded rule has one of its ids or names and a log source within its own';
    const finding = {
      code: 'filter.idle',
      path: ['filter', 'rules'],
      what: 'the filter tunes no rule',
      why,
      fix: 'correct its rules or its log source',
    };
    this.#problems.push(document.problem(finding, 'warning'));
  }
}

function rejectDuplicate(kind: 'rule' | 'filter', uid: string): never {
  const why = `findings name ${kind}s by their ids`;
  const fix = 'give it an id of its own, or load the file once';
  return reject('rule.duplicate-id', ['id'], `another ${kind} is "${uid}" already`, why, fix);
}
