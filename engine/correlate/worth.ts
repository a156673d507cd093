import { isIP } from 'node:net';
import type { Entity, EntityKind } from '../entities.ts';

/** How strongly two findings belong together because they share an entity of a kind. Figures: docs/reference/correlation.md. */
const WORTH: { readonly [kind in EntityKind]: number } = {
  process: 4,
  logon: 3,
  hash: 2,
  file: 2,
  user: 1.5,
  address: 1.5,
  domain: 1.5,
  host: 1,
};

/** Accounts that half of a machine's events carry. */
const SYSTEM_ACCOUNT =
  /^(?:.*\\)?(?:system|local service|network service|anonymous logon|localsystem|root|umfd-\d+|dwm-\d+|s-1-5-(?:7|18|19|20))$/;

/** The logon sessions of SYSTEM, LOCAL SERVICE, NETWORK SERVICE and anonymous, the same on every machine. */
const SYSTEM_LOGON = /\|(?:0x0|0x3e7|0x3e6|0x3e5|0x3e4|0|999)$/;

/** An entity's worth before it is divided by how common it is; 0 for what says nothing. */
export function baseWorth({ kind, value }: Pick<Entity, 'kind' | 'value'>): number {
  if (kind === 'user' && (SYSTEM_ACCOUNT.test(value) || value.endsWith('$'))) return 0;
  if (kind === 'logon' && SYSTEM_LOGON.test(value)) return 0;
  if (kind === 'address' && isLocal(value)) return 0;
  if (kind === 'host' && (value === 'localhost' || value === '-')) return 0;
  return WORTH[kind];
}

function isLocal(address: string): boolean {
  return (
    address.startsWith('127.') || address === '::1' || address === '0.0.0.0' || address === '::' || isIP(address) === 0
  );
}
