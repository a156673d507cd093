import { RuleCollection } from './collection.ts';
import type { CompileContext } from './context.ts';
import type { Limits } from './limits.ts';
import { Locator } from './locate.ts';
import { present } from './metadata.ts';
import { Rejection, type Finding, type SigmaProblem } from './problem.ts';
import type { SigmaSource } from './types.ts';
import { inspectYaml, isMap, parseYaml, type YamlFault, type YamlMap } from './yaml/yaml.ts';

/** One document of a rule file, with what its problems need. */
export interface SourceDocument {
  readonly content: YamlMap;
  readonly file: string;
  /** Whether its id was written in another document of a rule collection. */
  readonly inheritsId: boolean;
  /** Turns a finding about this document into a problem, with file and line. */
  readonly problem: (finding: Finding, severity: SigmaProblem['severity']) => SigmaProblem;
}

/**
 * Reads the documents of rule files, one after another, and resolves rule collections. What cannot be read goes to `problems`. Each
 * document is best used before the next is asked for: thousands of them alive at once keep the collector busy.
 */
export function* readSources(
  sources: Iterable<SigmaSource>,
  limits: Limits,
  problems: SigmaProblem[],
): Generator<SourceDocument> {
  for (const source of sources) yield* readSource(source, limits, problems);
}

function* readSource(source: SigmaSource, limits: Limits, problems: SigmaProblem[]): Generator<SourceDocument> {
  if (source.fault !== undefined) {
    problems.push(unreadable(source.file, source.fault));
    return;
  }
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
    const content = attempt(problems, problem, () => collection.resolve(yaml));
    if (!content) continue;
    yield {
      content,
      file: source.file,
      inheritsId: content.has('id') && !yaml.has('id'),
      problem: problemMaker(source.file, content, (path) => locator.line(index, path)),
    };
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
  const [id, name, title] = ['id', 'name', 'title'].map((key) => textIn(content, key));
  const rule = id ?? title;
  return ({ code, path, what, why, fix }, severity) => {
    const line = lineOf(path);
    return {
      code,
      file,
      ...present('line', line),
      ...present('rule', rule),
      ...present('name', name),
      ...present('title', title),
      what,
      why,
      fix,
      severity,
    };
  };
}

function textIn(content: YamlMap | undefined, key: string): string | undefined {
  const value = content?.get(key);
  return typeof value === 'string' ? value : undefined;
}

function unreadable(file: string, why: string): SigmaProblem {
  const fix = 'give a file of UTF-8 text that is there and that this user may read';
  return { code: 'file.unreadable', file, what: 'the file cannot be read', why, fix, severity: 'error' };
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
