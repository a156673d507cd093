export { ndjsonLog, type Log } from './log.ts';
export { isLoopback } from './hosts.ts';
export { SERVER_LIMITS, startServer, type RunningServer, type ServerLimits } from './server.ts';
export { connectState, openState, type StateStorage } from './storage/storage.ts';
export { addTenant, DEFAULT_TENANT, newKey, type TenantKey } from './tenants.ts';
export { createSignIn } from './auth/sign-in.ts';
export { readConfig } from './sources/config.ts';
