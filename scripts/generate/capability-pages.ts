import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities } from '@yuheng/capabilities';
import {
  levelName,
  maturityOf,
  memoryFile,
  readScenario,
  runScenario,
  type Capability,
  type Language,
  type Suite,
} from '@yuheng/engine';
import { loadRules, type RuleSet } from '@yuheng/sigma';

const BEGIN = '<!-- capabilities: made by npm run generate -->';
const END = '<!-- end -->';

const HEAD: { readonly [language in Language]: readonly string[] } = {
  en: ['capability', 'reads', 'rules', 'maturity', 'answers of the plan'],
  'zh-CN': ['能力', '可读取', '规则', '成熟度', '对应计划术语'],
};

const MATURITY: { readonly [language in Language]: { readonly [maturity: string]: string } } = {
  en: { preview: 'preview', works: 'works', proved: 'proved' },
  'zh-CN': { preview: '预览', works: '可用', proved: '已验证' },
};

/** Terms of the national plan by id; `capabilities/terms.json` holds those that capabilities answer. */
type Terms = { readonly [id: string]: { readonly [language in Language]: string } };

/** Files made from the capabilities: the READMEs with their tables, and the reference page of rules. */
export async function capabilityPages(): Promise<{ [path: string]: string }> {
  const terms = JSON.parse(readFileSync('capabilities/terms.json', 'utf8')) as Terms;
  const rules = new Map(capabilities.map(({ id }) => [id, rulesIn([id])]));
  const maturity = new Map<string, string>();
  const all = rulesIn(capabilities.map(({ id }) => id));
  for (const capability of capabilities) maturity.set(capability.id, await maturityNow(capability, all));
  const pages: { [path: string]: string } = {};
  for (const [path, language] of [
    ['README.md', 'en'],
    ['README.zh-CN.md', 'zh-CN'],
  ] as const) {
    const text = readFileSync(path, 'utf8');
    const begin = text.indexOf(BEGIN);
    const end = text.indexOf(END);
    if (begin < 0 || end < begin) throw new Error(`${path} lacks the lines ${BEGIN} and ${END}.`);
    pages[path] =
      text.slice(0, begin + BEGIN.length) + '\n' + table(rules, maturity, terms, language) + text.slice(end);
  }
  pages['docs/reference/rules.md'] = rulesPage(rules);
  pages['docs/reference/proof.md'] = proofPage();
  return pages;
}

/** The rules of some capabilities, as one set. */
function rulesIn(ids: readonly string[]): RuleSet {
  return loadRules(
    ids.flatMap((id) => {
      const folder = join('capabilities', id, 'rules');
      const names = existsSync(folder) ? readdirSync(folder) : [];
      const own = names.filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml')).sort();
      return own.map((name) => ({ file: `${id}/rules/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
    }),
  );
}

async function maturityNow({ id }: Capability, rules: RuleSet): Promise<string> {
  const folder = join('capabilities', id, 'scenarios');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yml')) : [];
  let passes = names.length > 0;
  for (const name of names) {
    const scenario = readScenario(readFileSync(join(folder, name), 'utf8'));
    const files = scenario.samples.map((sample) =>
      memoryFile(sample, readFileSync(join('capabilities', id, 'samples', sample))),
    );
    const { incidents } = await runScenario(scenario, files, rules, capabilities);
    passes &&= incidents === scenario.expect.incidents;
  }
  return maturityOf(passes, suitesOf(id));
}

function suitesOf(id: string): Suite[] {
  const path = join('capabilities', id, 'proof.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Suite[]) : [];
}

function table(
  rules: ReadonlyMap<string, RuleSet>,
  maturity: ReadonlyMap<string, string>,
  terms: Terms,
  language: Language,
): string {
  const rows = capabilities.map(({ id, title, sources, terms: answered }) => {
    return [
      `[${title[language]}](capabilities/${id}/${language === 'en' ? 'README.md' : 'README.zh-CN.md'})`,
      sources.map((source) => source.title[language]).join('; '),
      String(visible(rules.get(id)!)),
      MATURITY[language][maturity.get(id)!]!,
      answered.map((term) => terms[term]![language]).join('; '),
    ];
  });
  return [HEAD[language], HEAD[language].map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** Rules that make findings of their own. */
function visible({ rules, correlations, silent }: RuleSet): number {
  return [...rules.map(({ rule }) => rule.uid), ...correlations.map(({ correlation }) => correlation.uid)].filter(
    (uid) => !silent.has(uid),
  ).length;
}

function rulesPage(all: ReadonlyMap<string, RuleSet>): string {
  const having = [...all].filter(([, { rules }]) => rules.length > 0);
  const parts = having.map(([id, { rules, correlations, silent }]) => {
    const rows = [...rules.map(({ rule }) => rule), ...correlations.map(({ correlation }) => correlation)]
      .filter(({ uid }) => !silent.has(uid))
      .map(({ title, level, tags, kind }) => {
        const techniques = tags
          .filter((tag) => /^attack\.t\d/.test(tag))
          .map((tag) => tag.slice('attack.'.length).toUpperCase());
        return `| ${title} | ${levelName(level, 'en')} | ${kind === 'correlation' ? 'correlation' : 'single event'} | ${techniques.join(', ')} |\n`;
      });
    return `## ${id}\n\n| rule | level | kind | ATT&CK |\n| --- | --- | --- | --- |\n${rows.join('')}`;
  });
  return `# Our rules\n\nMade by \`npm run generate\` from the rules of each capability.\n\n${parts.join('\n')}`;
}

function proofPage(): string {
  const rows = capabilities.flatMap(({ id }) =>
    suitesOf(id).map(
      ({ suite, passed, total, least }) =>
        `| ${id} | ${suite} | ${passed} of ${total} | ${Math.round(least * 1000) / 10} % |\n`,
    ),
  );
  return `# Proof by what others wrote down\n\nMade by \`npm run generate\` from each capability's \`proof.json\`, which its tests hold against the public data.\n\n| capability | suite | passed | asked |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}
