/** A tenant's watermark follows its newest event at this distance, ms. */
export const LATENESS_MS = 5 * 60_000;
/** When a tenant has sent nothing for so long, the watermark passes everything there, ms. */
export const SILENT_MS = 2_000;

interface Mark {
  newestMs: number;
  arrivedMs: number;
  /** Something arrived since it was last due. */
  fresh: boolean;
  /** The watermark passed everything since the last arrival. */
  passed: boolean;
}

/** How far each tenant's matches may be concluded. It decides when an answer is given, never what it is. Arrivals are told by a clock that nobody can set. */
export class Watermarks {
  private readonly marks = new Map<string, Mark>();

  /** Events of a tenant were stored, the newest of this time (ms); without one, none could be believed. */
  see(tenant: string, newestMs: number | undefined, steadyMs: number): void {
    const mark = this.marks.get(tenant) ?? { newestMs: 0, arrivedMs: steadyMs, fresh: true, passed: false };
    mark.newestMs = Math.max(mark.newestMs, newestMs ?? 0);
    mark.arrivedMs = steadyMs;
    mark.fresh = true;
    mark.passed = false;
    this.marks.set(tenant, mark);
  }

  /** Tenants that can be concluded, and until when (ms). */
  due(steadyMs: number): { readonly tenant: string; readonly untilMs: number }[] {
    const due: { tenant: string; untilMs: number }[] = [];
    for (const [tenant, mark] of this.marks) {
      if (mark.passed) continue;
      mark.passed = steadyMs - mark.arrivedMs >= SILENT_MS;
      if (!mark.passed && !mark.fresh) continue;
      mark.fresh = false;
      due.push({ tenant, untilMs: mark.passed ? EVERYTHING_MS : mark.newestMs - LATENESS_MS });
    }
    return due;
  }

  /** What was due could not be done: it stays due. */
  failed(tenant: string): void {
    const mark = this.marks.get(tenant);
    if (!mark) return;
    mark.passed = false;
    mark.fresh = true;
  }
}

/** Past every event. */
export const EVERYTHING_MS = Number.MAX_SAFE_INTEGER;
