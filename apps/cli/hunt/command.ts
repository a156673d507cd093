import type { Command } from 'commander';
import type { Language } from '@yuheng/engine';
import { help } from '../text/help.ts';
import type { RawHuntOptions } from './options.ts';

/** Runs an action and keeps its exit code. */
export type Run = <Arguments extends unknown[]>(
  action: (...args: Arguments) => Promise<number>,
) => (...args: Arguments) => Promise<void>;

const collect = (value: string, all: string[] = []): string[] => [...all, value];

/** `yuheng hunt`: the pinned interface, and the bounds that can be moved. */
export function addHuntCommand(program: Command, language: Language, run: Run): void {
  const text = help[language].hunt;
  program
    .command('hunt')
    .description(text.description)
    .argument('<path...>', text.paths)
    .option('--rules <dir|file>', text.rules, collect)
    .option('--no-builtin-rules', text.noBuiltinRules)
    .option('--exclude <rule id>', text.exclude, collect)
    .option('--filter <sigma filter>', text.filter, collect)
    .option('--placeholders <file>', text.placeholders)
    .option('--min-level <level>', text.minLevel)
    .option('--from <time>', text.from)
    .option('--to <time>', text.to)
    .option('--year <year>', text.year)
    .option('--timezone <zone>', text.timezone)
    .option('--encoding <encoding>', text.encoding)
    .option('--out <file>', text.out, collect)
    .option('--incidents <file>', text.incidents)
    .option('--fail-on <level>', text.failOn)
    .option('--workers <n>', text.workers)
    .option('--max-record-bytes <n>', text.maxRecordBytes)
    .option('--batch-size <n>', text.batchSize)
    .option('--lang <language>', text.lang)
    .option('--json', text.json)
    .option('--quiet', text.quiet)
    .addHelpText('after', text.examples)
    .action(
      run(async (paths: string[], raw: RawHuntOptions) => {
        const { hunt } = await import('./hunt.ts');
        return hunt(paths, raw, language);
      }),
    );
}
