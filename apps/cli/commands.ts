import { Option, type Command } from 'commander';
import type { Language } from '@yuheng/engine';
import type { Run } from './hunt/command.ts';
import type { CheckOptions } from './rules/check.ts';
import type { ExplainOptions } from './rules/explain.ts';
import type { StatsOptions } from './rules/stats.ts';
import type { TestOptions } from './rules/test.ts';
import { dataOption } from './server/serve-options.ts';
import { help } from './text/help.ts';
import { serverHelp } from './text/server-help.ts';

const collect = (value: string, all: string[] = []): string[] => [...all, value];

/** The sub-commands besides `hunt`; each is loaded when it is called. */
export function addOtherCommands(program: Command, language: Language, run: Run): void {
  const text = help[language];
  const rules = program.command('rules').description(text.rules);
  rules
    .command('check')
    .description(text.rulesCheck)
    .argument('<path...>')
    .option('--fields <logsource.json>', text.rulesCheckFields)
    .option('--placeholders <file>', text.hunt.placeholders)
    .option('--json', text.hunt.json)
    .option('--lang <language>', text.hunt.lang)
    .action(
      run(async (paths: string[], options: CheckOptions) =>
        (await import('./rules/check.ts')).checkRules(paths, options, language),
      ),
    );
  rules
    .command('test')
    .description(text.rulesTest)
    .argument('<path...>')
    .option('--placeholders <file>', text.hunt.placeholders)
    .option('--json', text.hunt.json)
    .option('--lang <language>', text.hunt.lang)
    .action(
      run(async (paths: string[], options: TestOptions) =>
        (await import('./rules/test.ts')).testRules(paths, options, language),
      ),
    );
  rules
    .command('explain')
    .description(text.rulesExplain.description)
    .argument('<rule>', text.rulesExplain.rule)
    .argument('<events>', text.rulesExplain.events)
    .option('--rules <dir|file>', text.hunt.rules, collect)
    .option('--filter <sigma filter>', text.hunt.filter, collect)
    .option('--placeholders <file>', text.hunt.placeholders)
    .option('--json', text.hunt.json)
    .option('--lang <language>', text.hunt.lang)
    .action(
      run(async (rule: string, events: string, options: ExplainOptions) =>
        (await import('./rules/explain.ts')).explain(rule, events, options, language),
      ),
    );
  rules
    .command('stats')
    .description(text.rulesStats)
    .argument('<path...>', text.hunt.paths)
    .option('--rules <dir|file>', text.hunt.rules, collect)
    .option('--no-builtin-rules', text.hunt.noBuiltinRules)
    .option('--placeholders <file>', text.hunt.placeholders)
    .option('--json', text.hunt.json)
    .option('--lang <language>', text.hunt.lang)
    .action(
      run(async (paths: string[], options: StatsOptions) =>
        (await import('./rules/stats.ts')).ruleStats(paths, options, language),
      ),
    );
  addOwnCommands(program, language, run);
}

/** Commands about this installation. */
function addOwnCommands(program: Command, language: Language, run: Run): void {
  const text = help[language];
  program
    .command('doctor')
    .description(text.doctor)
    .addOption(dataOption(language))
    .option('--config <file>', serverHelp[language].config)
    .addOption(new Option('--url <url>', serverHelp[language].url).env('YUHENG_URL').default('http://127.0.0.1:7420'))
    .option('--deep', serverHelp[language].deep)
    .option('--json', text.hunt.json)
    .option('--lang <language>', text.hunt.lang)
    .action(run(async (_, command: Command) => (await import('./doctor.ts')).doctor(command, language)));
  program
    .command('version')
    .description(text.version)
    .action(run(async () => (await import('./version.ts')).printVersion()));
  program
    .command('completion')
    .description(text.completion)
    .argument('<shell>', 'bash | zsh')
    .action(run(async (shell: string) => (await import('./completion.ts')).printCompletion(shell, program)));
}
