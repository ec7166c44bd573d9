import type { GraphQLScalarType, GraphQLSchema } from 'graphql';
import { type Logger, SILENT } from '../logger.ts';
import type { Resolve } from '../outbound/checked-lookup.ts';
import { type Reach, readEndpoint } from '../outbound/endpoint.ts';
import { Breaker, type BreakerSettings, type Outcome } from '../remote/breaker.ts';
import { ConcurrencyLimit } from '../remote/concurrency-limit.ts';
import { createExchange, type Exchange, requestHeaders } from '../remote/exchange.ts';
import { outcomeUnknown, RemoteFault, tooLate, unavailable } from '../remote/fault.ts';
import { LastGood, type LastGoodLimits } from '../remote/last-good.ts';
import { operationReader, type RemoteOperation } from '../remote/operation.ts';
import { readAnswer } from '../remote/read-answer.ts';
import type { BodyLimits } from '../remote/read-body.ts';
import { RetryBudget, withRetries } from '../remote/retry.ts';
import type { ServiceToken } from '../remote/service-token.ts';
import type { SourceReports } from '../remote/sources.ts';
import { TimeLimit, type TimeShare, untilAborted } from '../remote/time-limit.ts';
import type { Subgraph, SubgraphRequest, SubgraphResult } from '../subgraph.ts';

export interface HttpSubgraphOptions {
  readonly name: string;
  /** HTTPS; HTTP only to this machine, where `reach` allows it. */
  readonly url: string;
  /**
   * The schema that answers are checked against: the subgraph's own, or `subgraphView(supergraph.document, name)`.
   */
  readonly schema: GraphQLSchema;
  /** Scalars by name whose values are checked. Of other custom scalars any JSON is taken. */
  readonly scalars?: Readonly<Record<string, GraphQLScalarType>>;
  /** Learns, for each operation, how the subgraph was found. */
  readonly sources: SourceReports;
  /** Signs a token for this audience for each request; without it none is sent. */
  readonly serviceToken?: { readonly sign: ServiceToken; readonly audience: string };
  /** While the subgraph is down, the last good answer to the same question about public fields may be served. */
  readonly allowStale?: boolean;
  /** Default: the public internet only. */
  readonly reach?: Reach;
  readonly limits?: Partial<RemoteLimits>;
  /** Returns headers of one client's call that are sent too. */
  readonly headersOf?: (call: SubgraphRequest['call']) => Readonly<Record<string, string>>;
  /** True where the subgraph's own words of its errors reach clients. Default: false. */
  readonly passesErrorTexts?: boolean;
  /** Default: nothing is logged. */
  readonly log?: Logger;
  /** Resolves names. Default: by the name servers of this machine. */
  readonly resolve?: Resolve;
  /** Certificate authorities instead of the ones that Node brings, PEM. */
  readonly authorities?: readonly string[];
}

export interface RemoteLimits {
  readonly time: TimeShare;
  readonly body: BodyLimits;
  /** Requests at once, and fetches that may wait for their turn. */
  readonly concurrency: number;
  readonly waiting: number;
  readonly breaker: BreakerSettings;
  readonly lastGood: LastGoodLimits;
}

const MIB = 2 ** 20;

/** The limits of a subgraph for which no others are given. */
export const REMOTE_LIMITS: RemoteLimits = {
  time: { milliseconds: 5_000, part: 0.8 },
  // A Lambda function answers with 6 MB at most, so no part of an answer can be of use beyond that.
  body: { bytes: 6 * MIB, depth: 100, containers: 200_000 },
  concurrency: 32,
  waiting: 128,
  breaker: {
    failures: 5,
    recentUses: 20,
    recentMilliseconds: 30_000,
    openMilliseconds: 1_000,
    longestOpenMilliseconds: 30_000,
    probeMilliseconds: 10_000,
  },
  lastGood: { entries: 500, bytes: 8 * MIB, milliseconds: 24 * 3_600_000 },
};

const RETRIES_IN_STOCK = 10;
const RETRIES_EARNED = 0.1;

/**
 * A subgraph that others run, reached by HTTPS and trusted with nothing: it learns the operation, the locale and the
 * trace, never the viewer; of its answer only what was asked for and is of its type goes on.
 * Rejects with a RemoteFault (a CodedError whose details name the subgraph) where the whole call is of no use.
 * Throws CONFIGURATION for an address that may not be asked.
 */
export function createHttpSubgraph(options: HttpSubgraphOptions): Subgraph {
  const remote = new RemoteSubgraph(options);
  return (request) => remote.ask(request);
}

class RemoteSubgraph {
  readonly #name: string;
  readonly #limits: RemoteLimits;
  readonly #exchange: Exchange;
  readonly #readOperation: (document: SubgraphRequest['document']) => RemoteOperation;
  readonly #serviceToken: HttpSubgraphOptions['serviceToken'];
  readonly #concurrency: ConcurrencyLimit;
  readonly #retries = new RetryBudget(RETRIES_IN_STOCK, RETRIES_EARNED);
  readonly #breaker: Breaker;
  readonly #lastGood: LastGood | undefined;
  readonly #sources: SourceReports;
  readonly #headersOf: NonNullable<HttpSubgraphOptions['headersOf']>;
  readonly #passesErrorTexts: boolean;
  readonly #log: Logger;
  #lastAnsweredAt: number | undefined;

  constructor(options: HttpSubgraphOptions) {
    const reach = options.reach ?? 'public';
    const url = readEndpoint(`the subgraph "${options.name}"`, options.url, reach);
    this.#name = options.name;
    this.#limits = { ...REMOTE_LIMITS, ...options.limits };
    const { body: limits, concurrency, waiting, breaker, lastGood } = this.#limits;
    const { resolve, authorities } = options;
    this.#exchange = createExchange({ subgraph: options.name, url, reach, limits, resolve, authorities });
    this.#readOperation = operationReader(options.schema, options.scalars);
    this.#serviceToken = options.serviceToken;
    this.#concurrency = new ConcurrencyLimit(concurrency, waiting);
    this.#breaker = new Breaker(breaker);
    this.#lastGood = options.allowStale ? new LastGood(lastGood) : undefined;
    this.#sources = options.sources;
    this.#headersOf = options.headersOf ?? (() => ({}));
    this.#passesErrorTexts = options.passesErrorTexts ?? false;
    this.#log = options.log ?? SILENT;
  }

  async ask(request: SubgraphRequest): Promise<SubgraphResult> {
    const operation = this.#readOperation(request.document);
    const store = operation.isPublic && !operation.isMutation ? this.#lastGood : undefined;
    try {
      const { result, size } = await this.#askLive(request, operation);
      const now = Date.now();
      this.#lastAnsweredAt = now;
      if (!result.errors) store?.keep(request, result, size, now);
      this.#report(request, 'LIVE', now);
      return result;
    } catch (fault) {
      this.#logFault(request, fault);
      const kept = store?.get(request, Date.now());
      this.#report(request, kept ? 'STALE' : 'DOWN', kept ? kept.at : this.#lastAnsweredAt);
      if (kept) return kept.result;
      throw fault;
    }
  }

  async #askLive(request: SubgraphRequest, operation: RemoteOperation) {
    using limit = new TimeLimit(request.call, this.#limits.time);
    const pass = this.#breaker.enter(Date.now());
    if (!pass) throw unavailable(this.#name, { reason: 'it has failed too often of late', isItsOwn: false });
    let outcome: Outcome = 'unknown';
    try {
      using place = await this.#concurrency.enter(limit.signal);
      if (!place) throw unavailable(this.#name, { reason: 'too many fetches wait for it', isItsOwn: false });
      const answer = operation.isMutation
        ? await this.#send(request, operation, limit, 0)
        : await withRetries((attempt) => this.#send(request, operation, limit, attempt), this.#retries, limit);
      outcome = 'answered';
      return answer;
    } catch (error) {
      const fault = this.#toFault(error, limit);
      outcome = fault.isItsOwn ? 'failed' : 'unknown';
      throw fault;
    } finally {
      pass.end(outcome, Date.now());
    }
  }

  async #send({ variables, call }: SubgraphRequest, operation: RemoteOperation, limit: TimeLimit, attempt: number) {
    let isSent = false;
    try {
      const { sign, audience } = this.#serviceToken ?? {};
      const token = sign && audience !== undefined ? await untilAborted(sign(audience), limit.signal) : undefined;
      const answer = this.#exchange({
        body: JSON.stringify({ query: operation.query, variables }),
        headers: { ...this.#headersOf(call), ...requestHeaders(call, token) },
        isFresh: operation.isMutation || attempt > 0,
        onSent: () => {
          isSent = true;
        },
        signal: limit.signal,
      });
      const text = await untilAborted(answer, limit.signal);
      return { result: readAnswer(this.#name, text, operation, variables, this.#passesErrorTexts), size: text.length };
    } catch (error) {
      if (!operation.isMutation || !isSent) throw error;
      throw outcomeUnknown(this.#name, this.#toFault(error, limit));
    }
  }

  #toFault(error: unknown, limit: TimeLimit): RemoteFault {
    if (error instanceof RemoteFault) return error;
    if (limit.ending === 'client-gone')
      return tooLate(this.#name, { reason: 'nobody waits any more', isItsOwn: false });
    if (limit.ending) return tooLate(this.#name, { reason: 'its time is over', isItsOwn: limit.isFair });
    return unavailable(this.#name, { reason: 'it could not be asked', isItsOwn: false, cause: error });
  }

  #report({ call }: SubgraphRequest, status: 'LIVE' | 'STALE' | 'DOWN', at: number | undefined): void {
    const asOf = at === undefined ? null : new Date(at).toISOString();
    this.#sources.add(call, { subgraph: this.#name, status, asOf });
  }

  #logFault({ call }: SubgraphRequest, fault: unknown): void {
    const hasClientLeft = call.signal.aborted && Date.now() < call.deadline;
    if (hasClientLeft) return;
    const fields = { requestId: call.requestId, subgraph: this.#name };
    if (fault instanceof RemoteFault && (fault.cause === undefined || fault.isItsOwn)) {
      this.#log.warn('a remote subgraph failed', { ...fields, code: fault.code, reason: fault.reason });
    } else {
      this.#log.error('a remote subgraph could not be asked', fields, fault);
    }
  }
}
