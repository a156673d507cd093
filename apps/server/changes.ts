/** Tells who listens that something of a tenant changed. */
export class Changes {
  private readonly listeners = new Map<string, Set<(what: string) => void>>();

  tell(tenant: string, what: string): void {
    for (const listener of this.listeners.get(tenant) ?? []) listener(what);
  }

  /** Listens until the returned function is called. */
  listen(tenant: string, listener: (what: string) => void): () => void {
    const listeners = this.listeners.get(tenant) ?? new Set();
    this.listeners.set(tenant, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(tenant) === listeners) this.listeners.delete(tenant);
    };
  }
}
