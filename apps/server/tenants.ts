import type { Directory, Scope } from '@yuheng/engine';
import { SCOPES } from '@yuheng/engine';
import { createKey } from './auth/keys.ts';
import { ServerError } from './server-error.ts';

/** The tenant that is always there. */
export const DEFAULT_TENANT = 'default';
/** What a tenant may be called: it stands in rows, paths of no file, and logs. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** What the commands about tenants and keys say; `null` where there was one already, for a key is told once. */
export interface TenantKey {
  readonly tenant: string;
  readonly apiKey: string | null;
  readonly already?: true;
}

/** Makes the tenant when there is none. */
export async function ensureTenant(directory: Directory, name: string): Promise<boolean> {
  if (!NAME.test(name)) throw new ServerError(400, 'YH-TENANT-NAME', BAD_NAME);
  return directory.addTenant(name);
}

/** A new tenant and its first key. */
export async function addTenant(directory: Directory, name: string): Promise<TenantKey> {
  if (!(await ensureTenant(directory, name))) return { tenant: name, apiKey: null, already: true };
  return newKey(directory, name, SCOPES);
}

/** A further key of a tenant. */
export async function newKey(directory: Directory, tenant: string, scopes: readonly Scope[]): Promise<TenantKey> {
  if (!(await directory.tenants()).includes(tenant)) throw new ServerError(404, 'YH-NO-TENANT', NO_TENANT);
  return { tenant, apiKey: await createKey(directory, tenant, scopes) };
}

const BAD_NAME = {
  en: 'A tenant’s name has up to 63 lower-case letters, digits and hyphens, and begins with a letter or digit.',
  'zh-CN': '租户名由小写字母、数字和连字符组成，不超过 63 个字符，以字母或数字开头。',
};
const NO_TENANT = {
  en: 'There is no tenant of that name. Make it: yuheng tenant add <name>.',
  'zh-CN': '没有该名称的租户。请先创建：yuheng tenant add <名称>。',
};
