import type { Call } from '../subgraph.ts';

export type SourceStatus = 'LIVE' | 'STALE' | 'DOWN';

/** Where a part of an answer comes from, as this sandbox knows it: an item of `extensions.sources`. */
export interface SourceReport {
  readonly subgraph: string;
  /** The worst of what the operation met: one fetch that failed makes it DOWN though others were answered. */
  readonly status: SourceStatus;
  /** RFC 3339. When the subgraph gave what is served, the oldest of it; for DOWN when it last answered; null if never. */
  readonly asOf: string | null;
}

const SEVERITY: Readonly<Record<SourceStatus, number>> = { LIVE: 0, STALE: 1, DOWN: 2 };

/**
 * Reports of what each operation met at remote subgraphs, by the signal of its call, which copies of the call share, and as
 * long as that.
 */
export class SourceReports {
  readonly #bySignal = new WeakMap<AbortSignal, Map<string, SourceReport>>();

  add(call: Call, report: SourceReport): void {
    let reports = this.#bySignal.get(call.signal);
    if (!reports) {
      reports = new Map();
      this.#bySignal.set(call.signal, reports);
    }
    const earlier = reports.get(report.subgraph);
    reports.set(report.subgraph, earlier ? worse(earlier, report) : report);
  }

  /** In the order of the subgraphs' names; empty where none was asked. */
  of(call: Call): readonly SourceReport[] {
    const reports = [...(this.#bySignal.get(call.signal)?.values() ?? [])];
    return reports.sort((a, b) => (a.subgraph < b.subgraph ? -1 : 1));
  }
}

function worse(a: SourceReport, b: SourceReport): SourceReport {
  const difference = SEVERITY[a.status] - SEVERITY[b.status];
  if (difference !== 0) return difference > 0 ? a : b;
  return (a.asOf ?? '') <= (b.asOf ?? '') ? a : b;
}
