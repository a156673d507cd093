import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// Our own rules of style. Each message says what to do instead.

const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const text = (file: string): string => readFileSync(file, 'utf8');
const sources = tracked.filter((file) => /\.(?:tsx?|mjs)$/.test(file) && !file.includes('/generated/'));
const code = sources.filter((file) => !file.endsWith('.test.ts'));

/** Lines of a file; over this it is more than one idea. */
const MAX_LINES = 400;

function problems(
  files: readonly string[],
  find: (file: string, content: string) => string | undefined | false,
): string[] {
  return files.flatMap((file) => {
    const problem = find(file, text(file));
    return problem ? [`${file}: ${problem}`] : [];
  });
}

describe('files', () => {
  it('are one idea each', () => {
    expect(
      problems(
        sources,
        (_, content) =>
          content.split('\n').length > MAX_LINES && `over ${MAX_LINES} lines; split it where its idea splits`,
      ),
    ).toEqual([]);
  });

  it('have names that say something', () => {
    expect(
      problems(
        code,
        (file) => /(?:^|\/)(?:utils?|helpers?|common|misc|lib)(?:\.|\/)/.test(file) && 'name it for what it does',
      ),
    ).toEqual([]);
  });

  it('are none that a profiler left behind', () => {
    const left = tracked.filter((file) => /(?:^|\/)isolate-[^/]*\.log$|\.(?:cpuprofile|heapsnapshot)$/.test(file));
    expect(left.map((file) => `${file}: take it out, and write what it showed into docs`)).toEqual([]);
  });

  it('are small where they are data for people', () => {
    const big = tracked.filter(
      (file) => !file.includes('/generated/') && file !== 'package-lock.json' && readFileSync(file).length > 512 * 1024,
    );
    expect(big.map((file) => `${file}: over 512 KiB; make it smaller, or make it from something`)).toEqual([]);
  });
});

describe('code', () => {
  it.each([
    ['an unfinished mark', /\b(?:TODO|FIXME|XXX)\b/, 'finish it, or write it into docs/roadmap.md'],
    [
      'a way round the type checker',
      /@ts-(?:ignore|nocheck|expect-error)|\bas any\b|\w\)?: any[;,)\s[]*$|eslint-disable/m,
      'give it its type',
    ],
    ['a default export', /^export default /m, 'export by name'],
    ['console output', /\bconsole\.log\(/, 'write to process.stdout or process.stderr, where it is meant to go'],
  ])('has no %s', (_, pattern, instead) => {
    const own = code.filter(
      (file) => !/\.config\.|^e2e\/|\/example(?:-\w+)?\.ts$|\/scripts\/|build\.d\.mts$/.test(file),
    );
    expect(problems(own, (_file, content) => pattern.test(content) && instead)).toEqual([]);
  });

  it('documents what packages and the engine export', () => {
    const indexes = code.filter((file) => /^(?:packages\/[^/]+\/src|engine)\/index\.ts$/.test(file));
    const bare = indexes.flatMap((index) =>
      [...text(index).matchAll(/^export (?:type )?\{([^}]*)\} from '\.\/([^']+)'/gm)].flatMap(([, names, target]) => {
        const file = index.replace('index.ts', target!);
        if (file.includes('/generated/')) return [];
        const exported = names!.split(',').map((name) => name.replace(/^\s*type\s+/, '').trim());
        return exported
          .filter((name) => name !== '' && !documented(text(file), name))
          .map((name) => `${file}: ${name}`);
      }),
    );
    expect(bare.map((where) => `${where} has no doc comment; say what it is, its shapes, units and errors`)).toEqual(
      [],
    );
  });
});

/** Declared here behind a comment; a type beside a const of its name shares the const's. */
function documented(content: string, name: string): boolean {
  const declared = new RegExp(`^export (?:async )?(?:function\\*?|class|interface|type|const) ${name}\\b`, 'm').test(
    content,
  );
  return (
    !declared ||
    new RegExp(`\\*/\\nexport (?:async )?(?:function\\*?|class|interface|type|const) ${name}\\b`).test(content)
  );
}

describe('tests', () => {
  const tests = tracked.filter((file) => file.endsWith('.test.ts'));
  it('can fail', () =>
    expect(problems(tests, (_, content) => !/expect\(|assert/.test(content) && 'assert something')).toEqual([]));
  it('all run', () => {
    const off = /\b(?:it|test|describe)\.(?:only|todo|skip)\(/;
    expect(
      problems(
        tests.filter((file) => !file.endsWith('tidy.test.ts')),
        (_, content) => off.test(content) && 'run it, or skip it with skipIf and print the reason',
      ),
    ).toEqual([]);
  });
});

describe('documents', () => {
  const documents = tracked.filter((file) => file.endsWith('.md'));
  it('have one title each', () => {
    const titles = (content: string): number =>
      content
        .replace(/```[\s\S]*?```/g, '')
        .split('\n')
        .filter((line) => line.startsWith('# ')).length;
    expect(problems(documents, (_, content) => titles(content) !== 1 && 'write exactly one "# Title"')).toEqual([]);
  });

  it('come in both languages where people begin', () => {
    const begin = documents.filter((file) => /^(?:README|capabilities\/[^/]+\/README)\.md$/.test(file));
    const sections = (file: string): number =>
      text(file)
        .split('\n')
        .filter((line) => line.startsWith('## ')).length;
    const apart = begin.filter((file) => {
      const chinese = file.replace(/\.md$/, '.zh-CN.md');
      return !existsSync(chinese) || sections(chinese) !== sections(file);
    });
    expect(apart.map((file) => `${file}: its Chinese twin is missing or has other sections; write it alike`)).toEqual(
      [],
    );
    expect(begin.length).toBeGreaterThan(0);
  });

  it('link to what is there', () => {
    const broken = documents.flatMap((file) =>
      [...text(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .filter(([, target]) => !existsSync(new URL(target!, `file://${process.cwd()}/${file}`)))
        .map(([, target]) => `${file}: ${target} is not there; mend the link`),
    );
    expect(broken).toEqual([]);
  });
});

describe('workspaces', () => {
  it('have a licence and are modules', () => {
    const manifests = tracked.filter((file) => file.endsWith('package.json'));
    expect(
      problems(manifests, (_, content) => !/"license": "Apache-2.0"/.test(content) && 'add "license": "Apache-2.0"'),
    ).toEqual([]);
  });
});
