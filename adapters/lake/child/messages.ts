/** What the lake's process is told over its channel. */
export type ToChild =
  | {
      readonly kind: 'start';
      readonly folder: string;
      readonly database: string;
      /** Password of both logins. */
      readonly token: string;
    }
  | { readonly kind: 'close' };

/** What it tells. */
export type FromChild =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason: 'missing' | 'in-use' | 'full'; readonly detail: string };

/** The logins that the process knows: who writes, and who runs users' queries. */
export const WRITER = 'writer';
export const READER = 'reader';
