/** Tells who listens that something of a tenant changed. */
export class Changes {
  private readonly listeners = new Map<string, Set<(what: string) => void>>();
  private readonly ends = new Set<() => void>();
  private readonly listenersToAll: ((what: string) => void)[] = [];

  tell(tenant: string, what: string): void {
    for (const listener of this.listeners.get(tenant) ?? []) listener(what);
    for (const listener of this.listenersToAll) listener(what);
  }

  /** Listens to what changes of any tenant, as long as the server runs. */
  listenToAll(listener: (what: string) => void): void {
    this.listenersToAll.push(listener);
  }

  /** Nothing changes any more: who listens is told so. */
  end(): void {
    for (const ended of [...this.ends]) ended();
  }

  /** Listens until the returned function is called; `ended` is called when nothing changes any more. */
  listen(tenant: string, listener: (what: string) => void, ended: () => void): () => void {
    this.ends.add(ended);
    const listeners = this.listeners.get(tenant) ?? new Set();
    this.listeners.set(tenant, listeners.add(listener));
    return () => {
      this.ends.delete(ended);
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(tenant) === listeners) this.listeners.delete(tenant);
    };
  }
}
