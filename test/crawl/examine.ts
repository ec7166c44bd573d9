import type { Who } from './callers.ts';
import type { Canary } from './canary.ts';
import { type Encoding, partsOf } from './needles.ts';
import type { Searcher } from './searcher.ts';

/** Where a canary may be found that should not be there. */
export type Place = 'answer' | 'header' | 'cache' | 'log' | 'partner call' | 'plan' | 'table';

/** A canary where it has no business. */
export interface Leak {
  readonly canary: string;
  readonly place: Place;
  readonly encoding: Encoding;
  readonly who: Who | 'the system';
  /** The root field that was asked for, where it came by an answer. */
  readonly through: string;
}

/** What is left of the caller's own budget: numbers long enough to hold six digits of anything. */
const COUNTS = 'graphql-cost';

export interface Asked {
  readonly who: Who;
  /** The root field. */
  readonly through: string;
  /** What the caller has sent. */
  readonly sent?: string;
  /** Whether the caller may be given a secret of what they ask for. */
  readonly isOwner?: boolean;
}

/** Tells what is found where it may be from what is not. */
export class Examiner {
  readonly leaks = new Map<string, Leak>();
  /** How often each canary was seen by those who may. */
  readonly seen = new Map<Canary, number>();
  readonly #searcher: Searcher;

  constructor(searcher: Searcher) {
    this.#searcher = searcher;
  }

  /** @returns the canaries that the caller may see in it */
  answer(
    { sent = '', isOwner: _, ...asked }: Asked,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): readonly Canary[] {
    const allowed: Canary[] = [];
    for (const { canary, encoding } of this.#searcher.find(body)) {
      const isAllowed =
        encoding === 'plain' &&
        canary.seenBy.includes(asked.who) &&
        (canary.onlyIn === undefined || canary.onlyIn === asked.through);
      const isEcho = canary.isName && encoding === 'plain' && sent.includes(canary.text);
      if (!isAllowed && isEcho) continue;
      if (!isAllowed) this.#leak({ canary: canary.name, place: 'answer', encoding, ...asked });
      else {
        allowed.push(canary);
        this.seen.set(canary, (this.seen.get(canary) ?? 0) + 1);
      }
    }
    for (const [name, value] of Object.entries(headers)) {
      if (name === COUNTS) continue;
      for (const { canary, encoding } of this.#searcher.find(String(value))) {
        this.#leak({
          canary: canary.name,
          place: 'header',
          encoding,
          who: asked.who,
          through: `${asked.through} ${name}`,
        });
      }
    }
    // What is for one caller is kept by no cache but that caller's own.
    if (allowed.length > 0 && !/\b(no-store|private)\b/.test(headers['cache-control'] ?? '')) {
      for (const canary of allowed) this.#leak({ canary: canary.name, place: 'cache', encoding: 'plain', ...asked });
    }
    return allowed;
  }

  /** What the system writes, keeps, or tells others. */
  system(place: Place, text: string): void {
    for (const { canary, encoding } of this.#searcher.find(text)) {
      if (place === 'table' && canary.atRest) continue;
      if (isByChance(canary, encoding, text)) continue;
      this.#leak({ canary: canary.name, place, encoding, who: 'the system', through: '' });
    }
  }

  #leak(leak: Leak): void {
    this.leaks.set(`${leak.canary} ${leak.place} ${leak.encoding} ${leak.who}`, leak);
  }
}

/** Instants, hashes and figures have six digits of anything: of a number, what isn't an answer must hold nine in a row. */
function isByChance({ text: number }: Canary, encoding: Encoding, text: string): boolean {
  if (!/^\d+X?$/.test(number) || (encoding !== 'plain' && encoding !== 'reversed')) return false;
  const whole = encoding === 'plain' ? number : [...number].reverse().join('');
  return !partsOf(whole, NUMBER_PART).some((part) => text.includes(part));
}

const NUMBER_PART = 9;
