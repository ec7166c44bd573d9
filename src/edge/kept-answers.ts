import type { Supergraph } from '@bridgehead/federation';
import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { publicDocuments } from '../documents/public-documents.ts';
import { canonical } from '../domain/canonical.ts';
import { type Viewer, viewerKey } from '../domain/viewer.ts';
import type { Call } from '../subgraph/request.ts';
import { type Charge, COST_HEADER, type Cost, costHeader } from './budget/budgets.ts';
import type { HttpAnswer, Parameters, SharedSeconds } from './http-message.ts';

/** The size of what is kept, in characters: a thousand answers, more than are asked for in the time that they are given. */
const MAX_CHARACTERS = 8_000_000;
/** The oldest that an answer to a stranger may be, with what it was made of and all caches on its way. */
const MAX_AGE_MS = 60_000;
/** Time for making an answer anew, in which others get the one before. */
const REMAKING_MS = 5_000;

export interface KeptAnswersOptions {
  readonly supergraph: Supergraph;
  /** How long an answer is given without being made anew, in milliseconds. */
  readonly freshMs: number;
  /** How old the reads may be that an answer is made of, in milliseconds. */
  readonly readMs: number;
  /** Returns the number of known writes that end a subgraph's answers at once; undefined for a subgraph that isn't ours. */
  readonly writesTo: (subgraph: string) => number | undefined;
}

/** A trusted document with its parameters, as far as its answer depends on it. */
export interface Question extends Parameters {
  readonly query: string;
  /** The media type of the answer. */
  readonly accept: string;
}

interface KeptAnswer {
  readonly answer: HttpAnswer;
  readonly cost: Cost | undefined;
  /** The writes that would have ended it, when its question was asked. */
  readonly writes: string;
  /** When its question was asked, in epoch milliseconds. */
  readonly askedAt: number;
  /** Until when one request is trusted to make it anew; 0 before any does. */
  remakingUntil: number;
}

/** A trusted document whose answers are kept. */
interface KeepableDocument {
  /** Its name in the names of answers. */
  readonly number: number;
  readonly subgraphs: readonly string[];
}

/** The place of one question's answer. */
export interface Place {
  /** Undefined where none is kept, or not any more, and where this request is to make it anew. */
  readonly kept: (Pick<KeptAnswer, 'answer' | 'cost'> & { readonly ageMs: number }) | undefined;
  keep(answer: HttpAnswer, cost: Cost | undefined): void;
}

/**
 * Answers to anonymous callers' trusted documents with public fields alone, by document, variables, language and media type.
 * All strangers are shown the same; a known caller may be shown more, and is answered anew.
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  readonly #answers: LRUCache<string, KeptAnswer>;
  readonly #subgraphsOf: ReturnType<typeof publicDocuments>;
  /** Each trusted document by its text; undefined for one whose answers aren't kept. */
  readonly #known = new Map<string, KeepableDocument | undefined>();

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
    this.#subgraphsOf = publicDocuments(options.supergraph);
    this.#answers = new LRUCache({
      maxSize: MAX_CHARACTERS,
      sizeCalculation: ({ answer }, name) => name.length + answer.body.length,
    });
  }

  /** Returns the place of the answer to a trusted document; undefined where its answer isn't kept. */
  placeOf({ query, variables, operationName, accept }: Question, { viewer, locale, now }: Call): Place | undefined {
    const document = viewer.kind === 'anonymous' ? this.#keepable(query) : undefined;
    if (!document) return undefined;
    const name = canonical([document.number, variables, operationName, accept, locale]);
    const writes = document.subgraphs.map((subgraph) => this.#options.writesTo(subgraph)).join();
    const askedAt = now.getTime();
    const found = this.#answers.get(name);
    return {
      kept: found && this.#isGiven(found, writes, askedAt) ? { ...found, ageMs: askedAt - found.askedAt } : undefined,
      keep: (answer, cost) => {
        const kept = { ...answer, encodings: new Map() };
        this.#answers.set(name, { answer: kept, cost, writes, askedAt, remakingUntil: 0 });
      },
    };
  }

  /** Returns for how long shared caches may keep an answer of an age. */
  sharedSeconds(ageMs: number): SharedSeconds {
    const { freshMs, readMs } = this.#options;
    return {
      fresh: seconds(freshMs - ageMs),
      stale: seconds(MAX_AGE_MS - readMs - Math.max(freshMs, ageMs)),
    };
  }

  /**
   * Returns whether an answer is given as it is. Of those who ask for an older one, the first makes it anew, and the others
   * needn't wait for it.
   */
  #isGiven(found: KeptAnswer, writes: string, now: number): boolean {
    const { freshMs, readMs } = this.#options;
    const age = now - found.askedAt;
    if (found.writes !== writes || age >= MAX_AGE_MS - readMs) return false;
    if (age < freshMs || now < found.remakingUntil) return true;
    found.remakingUntil = now + REMAKING_MS;
    return false;
  }

  #keepable(query: string): KeepableDocument | undefined {
    if (this.#known.has(query)) return this.#known.get(query);
    const subgraphs = this.#subgraphsOf(parse(query));
    const areOurs = [...(subgraphs ?? [])].every((name) => this.#options.writesTo(name) !== undefined);
    const document = subgraphs && areOurs ? { number: this.#known.size, subgraphs: [...subgraphs] } : undefined;
    this.#known.set(query, document);
    return document;
  }
}

const seconds = (milliseconds: number) => Math.max(0, Math.floor(milliseconds / 1_000));

/** Returns an answer without what its client paid. */
export function withoutCost({ headers: { [COST_HEADER]: _, ...headers }, ...answer }: HttpAnswer): HttpAnswer {
  return { ...answer, headers };
}

/**
 * Charges a kept answer to its client as if it had been made for it, and says that it was kept (RFC 9211). Rejects with
 * THROTTLED.
 */
export async function charged(
  { answer, cost }: NonNullable<Place['kept']>,
  charge: Charge | undefined,
  now: Date,
): Promise<HttpAnswer> {
  const headers = { ...answer.headers, 'cache-status': 'bridgehead; hit' };
  if (!charge || !cost) return { ...answer, headers };
  await charge.reserve(cost.requested);
  charge.meter.actual = cost.actual;
  await charge.settle();
  const paid = charge.cost;
  return { ...answer, headers: paid ? { ...headers, [COST_HEADER]: costHeader(paid, now) } : headers };
}

/** Returns whether an answer has data without an error: errors come first in an answer. */
export function isWhole({ status, body }: HttpAnswer): boolean {
  return status === 200 && body.startsWith('{"data":');
}

const MAX_WRITERS = 10_000;

/**
 * Callers who have written lately. Their reads go past what processes keep of rarely changed data, for as long as anything
 * is kept: who publishes a park finds it in the next answer.
 */
export class RecentWriters {
  readonly #writers: LRUCache<string, true>;

  constructor(keptMs: number, now: () => number = Date.now) {
    // No time of life would be an endless one.
    this.#writers = new LRUCache({ max: MAX_WRITERS, ttl: Math.max(1, keptMs), ttlResolution: 0, perf: { now } });
  }

  add(viewer: Viewer): void {
    if (viewer.kind !== 'anonymous') this.#writers.set(viewerKey(viewer), true);
  }

  has(viewer: Viewer): boolean {
    return viewer.kind !== 'anonymous' && this.#writers.has(viewerKey(viewer));
  }
}
