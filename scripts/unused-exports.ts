import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Names what is exported and mentioned in no other file. Texts are compared, not types: a name that two files share can hide a dead one, never the other way.

const DECLARED = /^export (?:async )?(?:const|let|function\*?|class) ([A-Za-z_$][\w$]*)/gm;
/** A type may stand only in the signature of what its own file exports. */
const TYPES = /^export (?:interface|type) ([A-Za-z_$][\w$]*)/gm;
const PASSED_ON = /^export (?:type )?\{([^}]*)\} from/gm;
/** What a publishable package exports is for others. */
const PUBLISHED = /^(?:packages\/[^/]+\/src|engine\/testing)\/(?:testing\/)?index\.ts$/;
const LEFT_OUT = /\/generated\/|\.config\.|\.test\.ts$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const words = new Map([...texts].map(([file, text]) => [file, new Set(text.match(/[A-Za-z_$][\w$]*/g))]));

function exportsOf(text: string): string[] {
  const declared = [...text.matchAll(DECLARED)].map((found) => found[1]!);
  const types = [...text.matchAll(TYPES)]
    .map((found) => found[1]!)
    .filter((name) => text.split(new RegExp(`\\b${name}\\b`)).length < 3);
  const passedOn = [...text.matchAll(PASSED_ON)].flatMap((found) => found[1]!.split(','));
  return [
    ...declared,
    ...types,
    ...passedOn
      .map((name) =>
        name
          .replace(/^\s*type\s+/, '')
          .split(' as ')
          .at(-1)!
          .trim(),
      )
      .filter(Boolean),
  ];
}

/** An index passes names on to other workspaces: its own files do not count as readers. */
function readers(file: string): string[] {
  const workspace = file.endsWith('/index.ts') ? file.slice(0, -'index.ts'.length) : undefined;
  return files.filter(
    (other) => other !== file && !(workspace && other.startsWith(workspace) && !other.endsWith('.test.ts')),
  );
}

const dead = [...texts]
  .filter(([file]) => !PUBLISHED.test(file) && !LEFT_OUT.test(file))
  .flatMap(([file, text]) => {
    const others = readers(file);
    return exportsOf(text)
      .filter((name) => !others.some((other) => words.get(other)!.has(name)))
      .map((name) => `${file}: ${name} is read nowhere else; delete it, or the word "export".`);
  });
for (const line of dead) process.stdout.write(`${line}\n`);
process.exitCode = dead.length > 0 ? 1 : 0;
