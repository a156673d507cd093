import type { CompileContext } from './context.ts';
import { compileDetections, conditionTexts } from './detections.ts';
import type { Expression } from './expression.ts';
import { readLogSource, readMetadata } from './metadata.ts';
import { reject } from './problem.ts';
import type { SigmaRule } from './types.ts';
import { isMap, type YamlMap } from './yaml/yaml.ts';

/** A detection rule and its compiled detection, before filters. */
export interface ParsedRule {
  readonly rule: SigmaRule;
  readonly expression: Expression;
}

/** Reads and compiles a detection rule. */
export function parseRule(document: YamlMap, file: string, context: CompileContext): ParsedRule {
  const metadata = readMetadata(document, file, context);
  const logsource = readLogSource(document);
  const detection = document.get('detection');
  if (!isMap(detection)) {
    const path = detection === undefined ? [] : ['detection'];
    reject(
      'detection.missing',
      path,
      'there is no detection',
      'a rule has to say what it looks for',
      'add detection with selections and a condition',
    );
  }
  const expression = compileDetections(detection as YamlMap, ['condition'], ['detection'], context);
  const conditions = conditionTexts(detection as YamlMap);
  return { rule: { kind: 'rule', ...metadata, logsource, conditions }, expression };
}
