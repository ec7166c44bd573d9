import { randomUUID } from 'node:crypto';
import { type DocumentUse, MAX_DOCUMENTS, nameOfUse } from '../../domain/developers/usage.ts';
import { log } from '../../log.ts';
import type { CountedUsage } from '../../storage/credentials/usage.ts';

/** Time for which an instance counts before it writes. */
const WRITE_AFTER_MS = 2_000;

/** One operation of a zone's system. */
export interface CountedOperation {
  readonly zone: string;
  /** Null for an operation without a name. */
  readonly document: string | null;
  readonly isTrusted: boolean;
  readonly cost: number;
}

/** Stores what an instance has counted of a zone on a day, in the place of what it stored before. */
type WriteUsage = (usage: CountedUsage) => Promise<void>;

interface DayOfZone {
  readonly day: string;
  readonly uses: Map<string, DocumentUse>;
  operations: number;
  isScheduled: boolean;
}

/** The operations of zones' systems that this instance has counted today. */
export class UsageCounter {
  readonly #instance = randomUUID();
  readonly #zones = new Map<string, DayOfZone>();
  readonly #load: () => Promise<WriteUsage>;
  #write: Promise<WriteUsage> | undefined;

  /** @param load loads, with the first operation, the function that stores an instance's counts of a zone's day */
  constructor(load: () => Promise<WriteUsage>) {
    this.#load = load;
  }

  /** Counts an operation. A write follows within seconds, beside the answers to requests. */
  count({ zone, cost, ...named }: CountedOperation, now: Date): void {
    const counted = this.#dayOf(zone, now);
    const { uses } = counted;
    const isKnown = uses.has(nameOfUse(named));
    const of = isKnown || uses.size < MAX_DOCUMENTS ? named : { ...named, document: null };
    const before = uses.get(nameOfUse(of)) ?? { ...of, operations: 0, cost: 0 };
    uses.set(nameOfUse(of), { ...of, operations: before.operations + 1, cost: before.cost + cost });
    counted.operations += 1;
    if (counted.isScheduled) return;
    counted.isScheduled = true;
    this.#write ??= this.#load();
    // A fault shows when the counts are written.
    this.#write.catch(() => undefined);
    setTimeout(() => void this.#flush(zone, counted), WRITE_AFTER_MS).unref();
  }

  #dayOf(zone: string, now: Date): DayOfZone {
    const day = now.toISOString().slice(0, 10);
    const known = this.#zones.get(zone);
    if (known?.day === day) return known;
    const counted = { day, uses: new Map(), operations: 0, isScheduled: false };
    this.#zones.set(zone, counted);
    return counted;
  }

  async #flush(zone: string, counted: DayOfZone): Promise<void> {
    counted.isScheduled = false;
    const { day, uses, operations } = counted;
    try {
      const write = await this.#write;
      await write?.({ zone, day, instance: this.#instance, operations, uses: [...uses.values()] });
    } catch (error) {
      this.#write = undefined;
      // The next write has the same counts and more.
      log.error('the use of a zone could not be written', { zone, day }, error);
    }
  }
}

const NAMED_OPERATION = /^(?:[\s,\uFEFF]|#[^\n]*(?:\n|$))*(?:query|mutation)\s+([_A-Za-z]\w{0,63})\b/;

/** Returns the name of an operation: the one that the request names, or that of the document's first operation. */
export function operationNameOf(query: string, operationName: string | null): string | null {
  const name = operationName ?? NAMED_OPERATION.exec(query)?.[1] ?? null;
  return name !== null && /^[_A-Za-z]\w{0,63}$/.test(name) ? name : null;
}
