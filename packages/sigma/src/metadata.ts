import { createHash } from 'node:crypto';
import { warn, type CompileContext } from './context.ts';
import { isUuid } from './identifier.ts';
import { reject } from './problem.ts';
import type { Level, LogSource, RelatedRule, SigmaMetadata, Status } from './types.ts';
import { isList, isMap, quoted, type Yaml, type YamlMap } from './yaml/yaml.ts';

const LEVELS: ReadonlySet<string> = new Set<Level>(['informational', 'low', 'medium', 'high', 'critical']);
const STATUSES: ReadonlySet<string> = new Set<Status>(['stable', 'test', 'experimental', 'deprecated', 'unsupported']);
const RELATIONS: ReadonlySet<string> = new Set(['derived', 'obsolete', 'merged', 'renamed', 'similar', 'correlation']);
const DATE = /^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$/;
const TAG = /^[a-z0-9_-]+\.[a-z0-9._-]+$/;
const MAX_TITLE = 256;
const MAX_DESCRIPTION = 65_535;

/** Reads what a document says about itself. What detection does not depend on is warned of, the rest rejected. */
export function readMetadata(document: YamlMap, file: string, context: CompileContext): SigmaMetadata {
  const reader = new MetadataReader(document, context);
  const id = reader.id();
  return {
    uid: id ?? contentHash(document),
    title: reader.title(),
    level: (reader.word('level', LEVELS) as Level | undefined) ?? 'medium',
    taxonomy: reader.label('taxonomy') ?? 'sigma',
    tags: reader.tags(),
    references: reader.texts('references'),
    falsepositives: reader.texts('falsepositives'),
    fields: reader.texts('fields'),
    scope: reader.texts('scope'),
    related: reader.related(),
    file,
    ...present('id', id),
    ...present('name', reader.label('name')),
    ...present('status', reader.word('status', STATUSES) as Status | undefined),
    ...present('description', reader.text('description', MAX_DESCRIPTION)),
    ...present('author', reader.text('author')),
    ...present('license', reader.text('license')),
    ...present('date', reader.date('date')),
    ...present('modified', reader.date('modified')),
  };
}

/** Reads `logsource`; it has to name a category, product or service. */
export function readLogSource(document: YamlMap): LogSource {
  const section = document.get('logsource');
  const path = ['logsource'];
  if (!isMap(section))
    return reject(
      'rule.logsource',
      section === undefined ? [] : path,
      'there is no log source',
      'a rule has to say where it looks',
      'add logsource with category, product or service',
    );
  const texts = (['category', 'product', 'service'] as const).map((key) => {
    const value = section.get(key) ?? undefined;
    if (value === undefined || typeof value === 'string') return present(key, value);
    return reject(
      'rule.logsource',
      [...path, key],
      `${key} of the log source is not a text`,
      'it is compared as one',
      'put it into quotes',
    );
  });
  const logsource: LogSource = Object.assign({}, ...texts);
  if (Object.keys(logsource).length > 0) return logsource;
  return reject(
    'rule.logsource',
    path,
    'the log source is empty',
    'a rule has to say where it looks',
    'add category, product or service',
  );
}

/** An object with the key when there is a value, else without. */
export function present<Key extends string, T>(key: Key, value: T | undefined): { [K in Key]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: T });
}

/** `sha256:` and the digest of the document written in one canonical way. */
export function contentHash(document: YamlMap): string {
  return `sha256:${createHash('sha256').update(canonical(document)).digest('hex')}`;
}

function canonical(value: Yaml): string {
  if (isMap(value)) {
    const keys = [...value.keys()].sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value.get(key) as Yaml)}`).join(',')}}`;
  }
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

class MetadataReader {
  readonly #document: YamlMap;
  readonly #context: CompileContext;

  constructor(document: YamlMap, context: CompileContext) {
    this.#document = document;
    this.#context = context;
  }

  id(): string | undefined {
    const id = this.#value('id');
    if (id === undefined) return undefined;
    if (typeof id !== 'string' || id === '')
      return reject('rule.id', ['id'], 'the id is not a text', 'rules are told apart by it', 'write a UUID');
    if (!isUuid(id))
      this.#warn('rule.id', 'id', `the id "${id.slice(0, 80)}" is not a UUID`, 'write a random UUID (version 4)');
    return id;
  }

  title(): string {
    const title = this.#value('title');
    if (typeof title !== 'string' || title === '') {
      const what = title === undefined ? 'there is no title' : 'the title is not a text';
      return reject(
        'rule.title',
        title === undefined ? [] : ['title'],
        what,
        'every Sigma document has one',
        'add a title',
      );
    }
    if (title.length > MAX_TITLE)
      this.#warn('rule.title', 'title', `the title has ${title.length} characters`, `keep it to ${MAX_TITLE}`);
    return title;
  }

  word(key: 'level' | 'status', words: ReadonlySet<string>): string | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    const word = typeof value === 'string' ? value.toLowerCase() : '';
    if (!words.has(word)) {
      const fix = `write one of: ${[...words].join(', ')}`;
      const what = `the ${key} ${quoted(value)} is not known`;
      return reject(`rule.${key}`, [key], what, 'the specification lists them', fix);
    }
    if (word !== value)
      this.#warn(`rule.${key}`, key, `the ${key} ${quoted(value)} is not in lower case`, `write "${word}"`);
    return word;
  }

  text(key: string, maxLength = Infinity): string | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string')
      return void this.#warn(`rule.${key}`, key, `${key} is not a text`, 'put it into quotes');
    if (value.length > maxLength)
      this.#warn(`rule.${key}`, key, `${key} has ${value.length} characters`, `keep it to ${maxLength}`);
    return value;
  }

  /** A text that something is called by; an empty one calls it nothing. */
  label(key: 'name' | 'taxonomy'): string | undefined {
    const value = this.text(key);
    if (value !== '') return value;
    return void this.#warn(`rule.${key}`, key, `${key} is empty`, 'fill it in, or leave it out');
  }

  date(key: 'date' | 'modified'): string | undefined {
    const value = this.text(key);
    if (value !== undefined && !DATE.test(value))
      this.#warn(`rule.${key}`, key, `${key} "${value.slice(0, 40)}" is not a date`, 'write YYYY-MM-DD');
    return value;
  }

  texts(key: string): readonly string[] {
    const value = this.#value(key);
    if (value === undefined) return [];
    const list = isList(value) ? value : [value];
    const texts = list.filter((element) => typeof element === 'string');
    if (!isList(value) || texts.length < list.length)
      this.#warn(`rule.${key}`, key, `${key} is not a list of texts`, 'write a list of texts');
    if (new Set(texts).size < texts.length)
      this.#warn(`rule.${key}`, key, `${key} holds a text twice`, 'leave one out');
    return texts;
  }

  tags(): readonly string[] {
    const tags = this.texts('tags');
    for (const tag of tags) {
      if (TAG.test(tag)) continue;
      this.#warn(
        'rule.tags',
        'tags',
        `the tag "${tag.slice(0, 80)}" is not of the form namespace.name`,
        'use lower-case letters, digits, _ - and a dot',
      );
    }
    return tags;
  }

  related(): readonly RelatedRule[] {
    const value = this.#value('related');
    if (value === undefined) return [];
    const related = (isList(value) ? value : [value]).map((entry) => {
      const [id, type] = isMap(entry) ? [entry.get('id'), entry.get('type')] : [];
      return typeof id === 'string' && typeof type === 'string' && RELATIONS.has(type) ? { id, type } : undefined;
    });
    if (related.includes(undefined))
      this.#warn(
        'rule.related',
        'related',
        'a related rule lacks its id or a known type',
        `name both; types are ${[...RELATIONS].join(', ')}`,
      );
    return related.filter((entry) => entry !== undefined);
  }

  #value(key: string): Yaml | undefined {
    return this.#document.get(key) ?? undefined;
  }

  #warn(code: string, key: string, what: string, fix: string): void {
    warn(this.#context, { code, path: [key], what, why: 'the JSON schema of the specification asks for it', fix });
  }
}
