import type { CommanderError } from 'commander';
import type { Language } from '@yuheng/engine';

/** Titles that commander prints above parts of its help. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ['Usage:', '用法：'],
  ['Arguments:', '参数：'],
  ['Options:', '选项：'],
  ['Commands:', '命令：'],
]);

/** A title of commander's help in the language asked for. */
export function helpTitle(title: string, language: Language): string {
  return (language === 'zh-CN' ? TITLES.get(title) : undefined) ?? title;
}

/** What commander adds to the description of an option, in the language asked for. */
export function optionDescription(description: string, language: Language): string {
  if (language === 'en') return description;
  return description
    .replace(/\(default: (?=.*\)$)/, '(默认：')
    .replace(/(?:(\()|, )env: (?=.*\)$)/, (_, opens?: string) => `${opens ?? '，'}环境变量：`);
}

/** Commander's complaints by their code: what stands in quotes is what they are about. */
const COMPLAINTS: ReadonlyMap<string, (about: string) => string> = new Map([
  ['commander.missingArgument', (about: string) => `缺少参数 ${about}。`],
  ['commander.optionMissingArgument', (about: string) => `选项 ${about} 缺少取值。`],
  ['commander.missingMandatoryOptionValue', (about: string) => `缺少选项 ${about}。`],
  ['commander.unknownOption', (about: string) => `没有选项 ${about}。`],
  ['commander.unknownCommand', (about: string) => `没有命令 ${about}。`],
  ['commander.excessArguments', () => '参数过多。'],
]);

const SEE_HELP: { readonly [language in Language]: string } = {
  en: 'See `yuheng --help`.',
  'zh-CN': '请看 `yuheng --help`。',
};

/** What is wrong with a command line. */
export function usageText({ code, message }: CommanderError, language: Language): string {
  const plain = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/[^.)]$/, '$&.');
  const [, about = '', near] = /'([^']*)'(?:[^]*\(Did you mean (.*)\?\))?/.exec(plain) ?? [];
  const chinese = language === 'zh-CN' ? COMPLAINTS.get(code)?.(about) : undefined;
  const hint = near === undefined ? '' : `是否想用 ${near}？`;
  return chinese === undefined ? `${plain} ${SEE_HELP[language]}` : `${chinese}${hint}${SEE_HELP[language]}`;
}
