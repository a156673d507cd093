import { Option, type Command } from 'commander';
import type { Language } from '@yuheng/engine';
import type { Run } from '../hunt/command.ts';
import { serverHelp } from '../text/server-help.ts';
import { dataOption, flag, serveOptions } from './serve-options.ts';

/** The commands about a server: the pinned interface. Every flag can be given as a variable too. */
export function addServerCommands(program: Command, language: Language, run: Run): void {
  const shared = sharedOptions(language);
  addServe(program, language, shared, run);
  addTenants(program, language, shared, run);
  addCopies(program, language, shared, run);
  addClients(program, language, shared, run);
}

/** Options that several commands have. */
type Shared = { readonly [name in 'data' | 'url' | 'json' | 'lang']: () => Option };

function sharedOptions(language: Language): Shared {
  const text = serverHelp[language];
  return {
    data: () => dataOption(language),
    url: () => flag('--url <url>', text.url, 'URL').default('http://127.0.0.1:7420'),
    json: () => new Option('--json', text.json),
    lang: () => new Option('--lang <language>', text.lang),
  };
}

function addServe(program: Command, language: Language, { json, lang }: Shared, run: Run): void {
  const serve = program.command('serve').description(serverHelp[language].serve);
  for (const option of serveOptions(language)) serve.addOption(option);
  serve
    .addOption(json())
    .addOption(lang())
    .action(run(async (_, command: Command) => (await import('./serve.ts')).serve(command, language)));
}

function addTenants(program: Command, language: Language, { data, url, json, lang }: Shared, run: Run): void {
  const text = serverHelp[language];
  program
    .command('init')
    .description(text.init)
    .addOption(data())
    .addOption(json())
    .addOption(lang())
    .action(run(async (options) => (await import('./tenants.ts')).init(options, language)));
  program
    .command('tenant')
    .description(text.tenant)
    .command('add')
    .description(text.tenantAdd)
    .argument('<name>')
    .addOption(data())
    .addOption(json())
    .addOption(lang())
    .action(run(async (name: string, options) => (await import('./tenants.ts')).tenantAdd(name, options, language)));
  program
    .command('key')
    .description(text.key)
    .command('new')
    .description(text.keyNew)
    .addOption(flag('--tenant <name>', text.tenantName, 'TENANT').default('default'))
    .addOption(flag('--scopes <list>', text.scopes, 'SCOPES'))
    .addOption(data())
    .addOption(json())
    .addOption(lang())
    .action(run(async (options) => (await import('./tenants.ts')).keyNew(options, language)));
  program
    .command('sign-in')
    .description(text.signIn)
    .addOption(flag('--tenant <name>', text.tenantName, 'TENANT').default('default'))
    .addOption(data())
    .addOption(url())
    .addOption(lang())
    .action(run(async (options) => (await import('./tenants.ts')).signInLink(options, language)));
}

function addCopies(program: Command, language: Language, { data, json, lang }: Shared, run: Run): void {
  const text = serverHelp[language];
  program
    .command('backup')
    .description(text.backup)
    .addOption(data())
    .addOption(flag('--to <folder>', text.backupTo, 'TO').makeOptionMandatory())
    .addOption(json())
    .addOption(lang())
    .action(run(async (options) => (await import('./copies.ts')).backup(options, language)));
  program
    .command('restore')
    .description(text.restore)
    .addOption(data())
    .addOption(flag('--from <folder>', text.restoreFrom, 'FROM').makeOptionMandatory())
    .addOption(json())
    .addOption(lang())
    .action(run(async (options) => (await import('./copies.ts')).restoreBackup(options, language)));
}

function addClients(program: Command, language: Language, { url, json, lang }: Shared, run: Run): void {
  const text = serverHelp[language];
  program
    .command('ingest')
    .description(text.ingest)
    .argument('<path...>', text.paths)
    .addOption(url())
    .addOption(flag('--batch-size <n>', text.batchSize, 'BATCH_SIZE').default('5000'))
    .addOption(flag('--year <year>', text.year, 'YEAR'))
    .addOption(flag('--encoding <encoding>', text.encoding, 'ENCODING'))
    .addOption(json())
    .addOption(lang())
    .action(run(async (paths: string[], options) => (await import('./ingest.ts')).ingest(paths, options, language)));
  program
    .command('search')
    .description(text.search)
    .argument('<sql>')
    .addOption(url())
    .addOption(json())
    .addOption(lang())
    .action(run(async (query: string, options) => (await import('./search.ts')).search(query, options, language)));
}
