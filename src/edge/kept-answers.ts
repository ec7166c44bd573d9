import type { Supergraph } from '@bridgehead/federation';
import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { canonical } from '../domain/canonical.ts';
import type { Call } from '../subgraph/request.ts';
import type { Charge, Cost } from './budget/charge.ts';
import { COST_HEADER, costHeader } from './budget/cost-header.ts';
import type { HttpAnswer, Parameters } from './http-message.ts';
import { publicDocuments } from './public-documents.ts';

/** The size of what is kept, in characters. */
const MAX_CHARACTERS = 32_000_000;

export interface KeptAnswersOptions {
  readonly supergraph: Supergraph;
  /** For how long an answer is kept, in milliseconds. */
  readonly keptMs: number;
  /** Returns the number of this process's writes to a subgraph's table; undefined for a subgraph that isn't ours. */
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
  /** The writes to the tables that it is made of, when its question was asked. */
  readonly writes: string;
}

/** The place of one question's answer. */
export interface Place {
  /** Undefined where none is kept, or not any more. */
  readonly kept: Pick<KeptAnswer, 'answer' | 'cost'> | undefined;
  keep(answer: HttpAnswer, cost: Cost | undefined): void;
}

/**
 * Answers to anonymous callers' trusted documents with public fields alone, by document, variables, language and media type.
 * All strangers are shown the same; whoever is known may be shown more, and is answered anew.
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  readonly #answers: LRUCache<string, KeptAnswer>;
  readonly #subgraphsOf: ReturnType<typeof publicDocuments>;
  /** The subgraphs of each trusted document by its text; undefined for one whose answers aren't kept. */
  readonly #known = new Map<string, ReadonlySet<string> | undefined>();

  constructor(options: KeptAnswersOptions, now: () => number = Date.now) {
    this.#options = options;
    this.#subgraphsOf = publicDocuments(options.supergraph);
    this.#answers = new LRUCache({
      maxSize: MAX_CHARACTERS,
      sizeCalculation: ({ answer }, name) => name.length + answer.body.length,
      ttl: Math.max(1, options.keptMs),
      ttlResolution: 0,
      perf: { now },
    });
  }

  /** Returns the place of the answer to a trusted document; undefined where its answer isn't kept. */
  placeOf({ query, variables, operationName, accept }: Question, { viewer, locale }: Call): Place | undefined {
    const subgraphs = viewer.kind === 'anonymous' ? this.#keepable(query) : undefined;
    if (!subgraphs) return undefined;
    const name = canonical([query, variables, operationName, accept, locale]);
    const writes = [...subgraphs].map((subgraph) => this.#options.writesTo(subgraph)).join();
    const found = this.#answers.get(name);
    return {
      kept: found?.writes === writes ? found : undefined,
      keep: (answer, cost) => void this.#answers.set(name, { answer, cost, writes }),
    };
  }

  #keepable(query: string): ReadonlySet<string> | undefined {
    if (this.#known.has(query)) return this.#known.get(query);
    const subgraphs = this.#subgraphsOf(parse(query));
    const areOurs = [...(subgraphs ?? [])].every((name) => this.#options.writesTo(name) !== undefined);
    this.#known.set(query, areOurs ? subgraphs : undefined);
    return this.#known.get(query);
  }
}

/** Returns an answer without what its client paid. */
export function withoutCost({ headers: { [COST_HEADER]: _, ...headers }, ...answer }: HttpAnswer): HttpAnswer {
  return { ...answer, headers };
}

/** Charges a kept answer to its client as if it had been made for it. Rejects with THROTTLED. */
export async function charged(
  { answer, cost }: NonNullable<Place['kept']>,
  charge: Charge | undefined,
  now: Date,
): Promise<HttpAnswer> {
  if (!charge || !cost) return answer;
  await charge.reserve(cost.requested);
  charge.meter.actual = cost.actual;
  await charge.settle();
  const paid = charge.cost;
  return paid ? { ...answer, headers: { ...answer.headers, [COST_HEADER]: costHeader(paid, now) } } : answer;
}

/** Returns whether an answer has data without an error: errors come first in an answer. */
export function isWhole({ status, body }: HttpAnswer): boolean {
  return status === 200 && body.startsWith('{"data":');
}
