import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError } from 'commander';
import type { Language } from '@yuheng/engine';
import { describeError } from './errors.ts';
import { watchStreams } from './streams.ts';
import { help } from './text/help.ts';
import { demandLanguage, languageOf } from './text/language.ts';
import { helpTitle, optionDescription } from './text/usage.ts';

// By default V8 lets the heap grow to four times of what lives before it collects: a long hunt would take twice the memory of a short one.
setFlagsFromString('--heap-growing-percent=50');

/** A command without a `help` below it: `--help` is the one way. */
class PlainCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.helpCommand(false);
  }

  override createCommand(name?: string): Command {
    return new PlainCommand(name);
  }
}

/** Runs the command line. Resolves to the exit code: 0 ran, 1 what was asked to fail on was found, 2 could not run. */
export async function main(argv: readonly string[]): Promise<number> {
  const language = languageOf(argv, process.env);
  const streams = watchStreams(language);
  const exitCode = await run(argv, language);
  return (await streams.settle()) ? exitCode : 2;
}

async function run(argv: readonly string[], language: Language): Promise<number> {
  const text = help[language];
  let exitCode = 0;
  const program = new PlainCommand('yuheng')
    .description(text.program)
    .helpOption('-h, --help', text.helpOption)
    .configureHelp({
      styleTitle: (title) => helpTitle(title, language),
      styleOptionDescription: (description) => optionDescription(description, language),
    })
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  const keeping =
    <Arguments extends unknown[]>(action: (...args: Arguments) => Promise<number>) =>
    async (...args: Arguments): Promise<void> => {
      exitCode = await action(...args);
    };

  const { addHuntCommand } = await import('./hunt/command.ts');
  addHuntCommand(program, language, keeping);
  const { addOtherCommands } = await import('./commands.ts');
  addOtherCommands(program, language, keeping);
  const { addServerCommands } = await import('./server/command.ts');
  addServerCommands(program, language, keeping);

  try {
    demandLanguage(argv);
    await program.parseAsync(argv as string[], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Called without a command: the help that was printed is the answer.
    if (error instanceof CommanderError && error.code === 'commander.help') return 2;
    process.stderr.write(`${describeError(error, language)}\n`);
    return 2;
  }
  return exitCode;
}
