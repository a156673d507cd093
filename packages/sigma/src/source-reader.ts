import { RuleCollection } from './collection.ts';
import type { CompileContext } from './context.ts';
import type { Limits } from './limits.ts';
import { Locator } from './locate.ts';
import { Rejection, type Finding, type SigmaProblem } from './problem.ts';
import type { SigmaSource } from './types.ts';
import { inspectYaml, isMap, parseYaml, type YamlFault, type YamlMap } from './yaml.ts';

/** One document of a rule file, with what its problems need. */
export interface SourceDocument {
  readonly content: YamlMap;
  readonly file: string;
  /** Whether its id was written in another document of a rule collection. */
  readonly inheritsId: boolean;
  /** Turns a finding about this document into a problem, with file and line. */
  readonly problem: (finding: Finding, severity: SigmaProblem['severity']) => SigmaProblem;
}

/** What became of the files: their documents, and what could not be read. */
export interface ReadSources {
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly SigmaProblem[];
}

/** Reads the documents of rule files and resolves rule collections. */
export function readSources(sources: Iterable<SigmaSource>, limits: Limits): ReadSources {
  const documents: SourceDocument[] = [];
  const problems: SigmaProblem[] = [];
  for (const source of sources) readSource(source, limits, documents, problems);
  return { documents, problems };
}

function readSource(source: SigmaSource, limits: Limits, documents: SourceDocument[], problems: SigmaProblem[]): void {
  const parsed = parseYaml(source.text, limits);
  if (!Array.isArray(parsed)) {
    problems.push(faultProblem(source.file, parsed as YamlFault));
    return;
  }
  const collection = new RuleCollection();
  const locator = new Locator(source.text);
  for (const [index, yaml] of parsed.entries()) {
    if (yaml === null) continue;
    const problem = problemMaker(source.file, isMap(yaml) ? yaml : undefined, (path) => locator.line(index, path));
    const fault = isMap(yaml)
      ? inspectYaml(yaml, limits)
      : ({ code: 'yaml.unreadable', why: 'a rule is a map of keys such as title, logsource and detection' } as const);
    if (fault) {
      problems.push(problem({ ...fault, path: [], what: 'the document cannot be used', fix: fixOf(fault) }, 'error'));
      continue;
    }
    attempt(problems, problem, () => {
      const content = collection.resolve(yaml);
      if (!content) return;
      const inheritsId = content.has('id') && !yaml.has('id');
      documents.push({
        content,
        file: source.file,
        inheritsId,
        problem: problemMaker(source.file, content, (path) => locator.line(index, path)),
      });
    });
  }
}

/** Runs a step of loading; a rejection inside becomes a problem and `undefined`. */
export function attempt<T>(problems: SigmaProblem[], problem: SourceDocument['problem'], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    problems.push(problem(error.finding, 'error'));
    return undefined;
  }
}

/** Moves the warnings of a document from its context into the list of problems. */
export function reportWarnings(problems: SigmaProblem[], document: SourceDocument, context: CompileContext): void {
  for (const finding of context.warnings) problems.push(document.problem(finding, 'warning'));
}

function problemMaker(
  file: string,
  content: YamlMap | undefined,
  lineOf: (path: Finding['path']) => number | undefined,
): SourceDocument['problem'] {
  const named = [content?.get('id'), content?.get('title')].find((value) => typeof value === 'string');
  return ({ code, path, what, why, fix }, severity) => {
    const line = lineOf(path);
    return {
      code,
      file,
      ...(line === undefined ? {} : { line }),
      ...(typeof named === 'string' ? { rule: named } : {}),
      what,
      why,
      fix,
      severity,
    };
  };
}

function faultProblem(file: string, fault: YamlFault): SigmaProblem {
  const { code, why, line } = fault;
  const base = {
    code,
    file,
    what: 'the file cannot be read as YAML',
    why,
    fix: fixOf(fault),
    severity: 'error',
  } as const;
  return line === undefined ? base : { ...base, line };
}

function fixOf({ code }: YamlFault): string {
  if (code === 'yaml.syntax') return 'correct the YAML at this place';
  if (code === 'yaml.unreadable') return 'write the document as a Sigma rule, correlation or filter';
  return 'split the file, or raise the bound if you trust its author';
}
