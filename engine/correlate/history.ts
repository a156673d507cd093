/** How long a finding makes its entities commoner. */
export const HISTORY_MS = 24 * 3_600_000;

interface Sighting<Owner> {
  readonly ms: number;
  owner: Owner;
}

/** Who carried one entity during the last 24 hours of event time. */
export class EntityHistory<Owner> {
  private sightings: Sighting<Owner>[] = [];
  private expired = 0;
  private readonly byOwner = new Map<Owner, number>();

  /** Forgets what is older than 24 hours at this moment. */
  forget(nowMs: number): void {
    while (this.expired < this.sightings.length && this.sightings[this.expired]!.ms < nowMs - HISTORY_MS) {
      this.change(this.sightings[this.expired++]!.owner, -1);
    }
    if (this.expired > 64 && this.expired * 2 > this.sightings.length) {
      this.sightings = this.sightings.slice(this.expired);
      this.expired = 0;
    }
  }

  /** Findings of others than this owner. */
  outside(owner: Owner): number {
    return this.sightings.length - this.expired - (this.byOwner.get(owner) ?? 0);
  }

  /** Nothing is remembered. */
  get empty(): boolean {
    return this.sightings.length === this.expired;
  }

  add(ms: number, owner: Owner): void {
    this.sightings.push({ ms, owner });
    this.change(owner, 1);
  }

  /** What was one owner's is now another's. */
  move(from: Owner, to: Owner): void {
    const count = this.byOwner.get(from);
    if (count === undefined) return;
    this.byOwner.delete(from);
    this.change(to, count);
    for (const sighting of this.sightings) if (sighting.owner === from) sighting.owner = to;
  }

  /** The same history with other owners in their places. */
  copy(ownerOf: (owner: Owner) => Owner): EntityHistory<Owner> {
    const copy = new EntityHistory<Owner>();
    for (let at = this.expired; at < this.sightings.length; at++) {
      const { ms, owner } = this.sightings[at]!;
      copy.add(ms, ownerOf(owner));
    }
    return copy;
  }

  private change(owner: Owner, by: number): void {
    const count = (this.byOwner.get(owner) ?? 0) + by;
    if (count === 0) this.byOwner.delete(owner);
    else this.byOwner.set(owner, count);
  }
}
