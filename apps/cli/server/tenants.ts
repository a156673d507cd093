import { join, resolve } from 'node:path';
import { runningPostgres } from '@yuheng/adapter-postgres';
import { SCOPES, type Language, type Scope } from '@yuheng/engine';
import {
  addTenant,
  connectState,
  createSignIn,
  DEFAULT_TENANT,
  ndjsonLog,
  newKey,
  openState,
  type StateStorage,
  type TenantKey,
} from '@yuheng/server';
import { YuhengError } from '../errors.ts';

interface Flags {
  readonly data: string;
  readonly json?: boolean;
}

/** `yuheng init`: the folder, the first tenant, and its first key – told once. */
export async function init(flags: Flags, language: Language): Promise<number> {
  return tell(await withState(flags, ({ directory }) => addTenant(directory, DEFAULT_TENANT)), flags, language);
}

/** `yuheng tenant add`. */
export async function tenantAdd(name: string, flags: Flags, language: Language): Promise<number> {
  return tell(await withState(flags, ({ directory }) => addTenant(directory, name)), flags, language);
}

/** `yuheng key new`. */
export async function keyNew(
  flags: Flags & { readonly tenant: string; readonly scopes?: string },
  language: Language,
): Promise<number> {
  const scopes = readScopes(flags.scopes);
  return tell(await withState(flags, ({ directory }) => newKey(directory, flags.tenant, scopes)), flags, language);
}

/** `yuheng sign-in`: a new one-time link. */
export async function signInLink(
  flags: Flags & { readonly tenant: string; readonly url: string },
  language: Language,
): Promise<number> {
  const link = await withState(flags, async ({ directory }) => {
    if (!(await directory.tenants()).includes(flags.tenant)) throw noTenant(flags.tenant);
    return createSignIn(directory, flags.tenant, Date.now());
  });
  const text = { en: 'Sign in (once, within 15 minutes)', 'zh-CN': '登录链接（一次有效，15 分钟内）' };
  process.stdout.write(`${text[language]}: ${flags.url.replace(/\/$/, '')}${link}\n`);
  return 0;
}

/** Works with the operator's own database where one is named, else with that of a running server, else starts it for the moment. */
async function withState<Result>({ data }: Flags, work: (state: StateStorage) => Promise<Result>): Promise<Result> {
  const dataFolder = resolve(data);
  // The variable by which `serve` is told; an empty one is none.
  const address = process.env['YUHENG_POSTGRES_URL'] || runningPostgres(join(dataFolder, 'postgres'));
  const log = ndjsonLog((line) => process.stderr.write(line));
  const state = address ? await connectState(address) : await openState({ dataFolder }, log);
  try {
    return await work(state);
  } finally {
    await state.close();
  }
}

function tell(key: TenantKey, { json }: Flags, language: Language): number {
  if (json) {
    process.stdout.write(`${JSON.stringify(key)}\n`);
    return 0;
  }
  const { tenant, apiKey } = key;
  const made = {
    en: `Tenant ${tenant}, key (told only now): ${apiKey}`,
    'zh-CN': `租户 ${tenant}，密钥（仅显示一次）：${apiKey}`,
  };
  const another = `yuheng key new --tenant ${tenant}`;
  const stood = {
    en: `Tenant ${tenant} was there already; its keys are told only once. Another one: ${another}`,
    'zh-CN': `租户 ${tenant} 已存在，密钥只显示一次。新建密钥：${another}`,
  };
  process.stdout.write(`${(apiKey === null ? stood : made)[language]}\n`);
  return 0;
}

function readScopes(text: string | undefined): readonly Scope[] {
  if (text === undefined) return SCOPES;
  const scopes = text.split(',').map((scope) => scope.trim());
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown === undefined) return scopes as Scope[];
  throw new YuhengError('YH-USAGE', {
    en: `--scopes does not take ${JSON.stringify(unknown)}. It takes: ${SCOPES.join(', ')}.`,
    'zh-CN': `--scopes 不接受 ${JSON.stringify(unknown)}。可用：${SCOPES.join('、')}。`,
  });
}

function noTenant(name: string): YuhengError {
  return new YuhengError('YH-NO-TENANT', {
    en: `There is no tenant ${JSON.stringify(name)}. Make it: yuheng tenant add <name>.`,
    'zh-CN': `没有租户 ${JSON.stringify(name)}。请先创建：yuheng tenant add <名称>。`,
  });
}
