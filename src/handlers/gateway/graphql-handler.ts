import { acceptedType, type Supergraph, type TrustedDocuments } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Identify } from '../../auth/identify.ts';
import type { Config } from '../../config.ts';
import type { Asking } from '../../domain/budget.ts';
import { notesOf } from '../../edge/apollo-plugin.ts';
import { type Budget, Charge, COST_HEADER, costHeader } from '../../edge/budget/budgets.ts';
import { operationNameOf, type UsageCounter } from '../../edge/budget/usage.ts';
import { refuseDryRuns, refuseFreeQueries } from '../../edge/caller-refusals.ts';
import { type HttpAnswer, parametersOf } from '../../edge/http-message.ts';
import type { GraphqlServer } from '../../edge/server.ts';
import { CodedError, ERROR_KINDS } from '../../errors.ts';
import type { Call } from '../../subgraph/request.ts';
import type { Tracing } from '../../tracing/tracing.ts';
import { callerAddress } from '../http/caller-address.ts';
import { eventAnswer, preflight } from '../http/event-answer.ts';
import { faultAnswer } from '../http/fault-answer.ts';
import {
  type ConcurrencyLimitOptions,
  concurrencyLimit,
  eventLoopBusyCheck,
  type Leave,
  type OpenBudget,
} from './admission.ts';
import {
  declaredPurpose,
  type GraphqlRequest,
  graphqlRequest,
  openCall,
  VALIDATE_ONLY_HEADER,
  validatesOnly,
} from './graphql-event.ts';
import type { CheckReadiness, Readiness } from './readiness.ts';
import { inRequestSpan, type RequestFacts, type RequestLine } from './request-line.ts';

/** The parts of a gateway that has started. */
export interface RunningGateway {
  readonly supergraph: Supergraph;
  readonly server: GraphqlServer;
  readonly documents: TrustedDocuments;
  readonly identify: Identify;
  /** Opens budgets. Without it, requests cost nothing. */
  readonly openBudget?: OpenBudget;
  /** Counts what zones' systems use. Without it, nothing is counted. */
  readonly usage?: UsageCounter | undefined;
  /** Viewers who may send documents that aren't trusted. Default: everybody. */
  readonly freeQueries?: Config['freeQueries'];
  /** Checks the stores that this process reads. Without it, the process has none. */
  readonly checkReadiness?: CheckReadiness;
  /** The public keys that verify our service tokens; undefined if none are sent. */
  readonly keySet?: () => Promise<object>;
}

const GRAPHQL_PATH = '/graphql';
const KEY_SET_PATH = '/.well-known/jwks.json';

/** Upper limit of a body. Lambda accepts 6 MB for a whole answer, with headers and JSON's escapes. */
const MAX_BYTES = 5 * 1024 * 1024;

export type GraphqlHandler = (
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface HandlerOptions {
  /** Origins of other sites whose pages may read answers. Default: none. */
  readonly corsOrigins?: readonly string[];
  /** Values of CloudFront's secret header. Default: there is no CloudFront. */
  readonly originSecrets?: () => readonly string[] | undefined;
  /** Runs before each request; fetches secrets. */
  readonly prepare?: () => Promise<void>;
  /** True where the gateway starts at once, before any request: while a function is initialised, it has a whole core. */
  readonly startsAtOnce?: boolean;
  /** Opens the log line of each request. Without it, requests leave none. */
  readonly openLine?: (requestId: string) => RequestLine;
  /** Opens the process's tracing. Without it, or where it is undefined, requests leave no span. */
  readonly tracing?: () => Promise<Tracing | undefined>;
  /** The concurrency limit. Requests that get no place in time are refused as OVERLOADED. */
  readonly concurrency?: ConcurrencyLimitOptions;
}

/** Limits measured by `npm run overload`: beyond four busy requests, throughput stays the same and latency grows. */
const DEFAULT_CONCURRENCY = { maxConcurrent: 64, maxWhenBusy: 4, maxWaiting: 64, maxWaitMs: 500 };

/**
 * Answers GraphQL over HTTP, `GET /health`, `GET /ready` and the key set of our service tokens, from API Gateway's HTTP
 * API (payload 2.0). The gateway starts with the first request, or at once. After a failed start, the next request tries
 * again.
 */
export function graphqlHandler(
  start: () => Promise<RunningGateway>,
  {
    corsOrigins = [],
    originSecrets,
    prepare,
    startsAtOnce = false,
    openLine,
    tracing,
    concurrency = { ...DEFAULT_CONCURRENCY, isBusy: eventLoopBusyCheck() },
  }: HandlerOptions = {},
): GraphqlHandler {
  const { enter } = concurrencyLimit(concurrency);
  let starting: Promise<RunningGateway> | undefined;
  const started = () => {
    starting ??= start();
    // The cause of a failed start may be gone at the next request.
    starting.catch(() => {
      starting = undefined;
    });
    return starting;
  };
  if (startsAtOnce) void started();

  async function answerTo(
    event: APIGatewayProxyEventV2,
    call: Call,
    facts: RequestFacts,
    paid: Paid,
  ): Promise<HttpAnswer> {
    await prepare?.();
    const address = callerAddress(event, originSecrets?.());
    const { supergraph, server, documents, identify, openBudget, usage, freeQueries, checkReadiness, keySet } =
      await started();
    if (event.rawPath === '/health') return health(supergraph);
    if (event.rawPath === '/ready') return ready(await checkReadiness?.(call.now));
    if (event.rawPath === KEY_SET_PATH) return keys(keySet);
    const budgetOf = (asking: Asking) => openBudget?.(asking, call.now.getTime());
    const viewer = await chargingRefusal(
      paid,
      () => budgetOf({ viewer: call.viewer, address, isShipped: false }),
      () => identify(event.headers, call),
    );
    facts.client = viewer.kind;
    if (viewer.kind === 'partner') facts.zone = viewer.zone;
    const { request, asking, wishes } = await chargingRefusal(
      paid,
      () => budgetOf({ viewer, address, isShipped: false }),
      () => {
        const request = graphqlRequest(event, documents);
        const asking = { viewer, address, isShipped: request.isShipped };
        if (freeQueries === 'by-kind') refuseFreeQueries(asking);
        if (request.costWish === 'dry-run') refuseDryRuns(asking);
        return { request, asking, wishes: { ...declaredPurpose(event, viewer), ...validatesOnly(event) } };
      },
    );
    const budget = budgetOf(asking);
    const charge = budget && new Charge(budget, request.costWish);
    paid.charge = charge;
    facts.isTrusted = request.isShipped;
    const answer = await server.answer(request, { ...call, ...wishes, viewer }, charge).finally(() => {
      facts.cost = charge?.cost?.actual ?? 0;
      const name = request.isShipped ? documentOf(request) : null;
      if (name !== null) facts.document = name;
      if (usage && viewer.kind === 'partner') usage.count(operationOf(viewer.zone, request, charge), call.now);
    });
    return wishes.validatesOnly
      ? { ...answer, headers: { ...answer.headers, [VALIDATE_ONLY_HEADER]: 'true' } }
      : answer;
  }

  async function answer(
    event: APIGatewayProxyEventV2,
    call: Call,
    facts: RequestFacts,
  ): Promise<APIGatewayProxyStructuredResultV2> {
    const type = acceptedType(event.headers.accept);
    const paid: Paid = {};
    const fault = (error: unknown) => {
      notesOf(call.requestId)?.codes.add(error instanceof CodedError ? error.code : 'INTERNAL_SERVER_ERROR');
      return eventAnswer(withPrice(faultAnswer(error, call.requestId, type), paid, call), event, call, corsOrigins);
    };
    let leave: Leave | undefined;
    try {
      leave = await enter(callerAddress(event, originSecrets?.()));
      if (!leave) return await fault(overloaded());
      const result = await eventAnswer(await answerTo(event, call, facts, paid), event, call, corsOrigins);
      return Buffer.byteLength(result.body ?? '') <= MAX_BYTES ? result : await fault(tooLarge());
    } catch (error) {
      return await fault(error);
    } finally {
      leave?.();
    }
  }

  return async (event, context) => {
    if (event.requestContext.http.method === 'OPTIONS') return preflight(event, corsOrigins);
    const { call, end } = openCall(event, context.getRemainingTimeInMillis());
    const line = event.rawPath === GRAPHQL_PATH ? openLine?.(call.requestId) : undefined;
    const began = performance.now();
    try {
      const facts = line?.facts ?? {};
      const traced = event.rawPath === GRAPHQL_PATH ? await tracing?.() : undefined;
      const result = await (traced
        ? inRequestSpan(traced, call, facts, (within) => answer(event, within, facts))
        : answer(event, call, facts));
      line?.write({ status: result.statusCode ?? 200, durationMs: performance.now() - began });
      return result;
    } finally {
      line?.end();
      end();
    }
  };
}

/** Returns what is counted of a system's request: nothing of its variables. */
function operationOf(zone: string, request: GraphqlRequest, charge: Charge | undefined) {
  return { zone, document: documentOf(request), isTrusted: request.isShipped, cost: charge?.cost?.actual ?? 0 };
}

/** Returns the name of a request's operation; null for one without a name. */
function documentOf({ isShipped: _, ...request }: GraphqlRequest): string | null {
  const { query, operationName } = parametersOf(request);
  const named = typeof operationName === 'string' ? operationName : null;
  return typeof query === 'string' ? operationNameOf(query, named) : null;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

/** The charge of a request, for the price in the header of an answer that the server didn't make. */
interface Paid {
  charge?: Charge | undefined;
}

/** Returns a refusal with its price, where one was paid. */
function withPrice(answer: HttpAnswer, { charge }: Paid, { now }: Call): HttpAnswer {
  const cost = charge?.cost;
  return cost ? { ...answer, headers: { ...answer.headers, [COST_HEADER]: costHeader(cost, now) } } : answer;
}

/**
 * Runs a step of a request. If the step refuses the request, the caller pays for the check. Rejects as the step does,
 * and with THROTTLED instead if the caller's budget is used up.
 */
async function chargingRefusal<T>(
  paid: Paid,
  budgetOf: () => Budget | undefined,
  step: () => T | Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof CodedError && ERROR_KINDS[error.code].status < 500) {
      const budget = budgetOf();
      paid.charge = budget && new Charge(budget, undefined);
      await paid.charge?.payForRefusal();
    }
    throw error;
  }
}

/** Answers liveness: the process answers and has loaded its supergraph. */
function health({ hash, subgraphs }: Supergraph): HttpAnswer {
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ status: 'ok', supergraph: hash, subgraphs }) };
}

/** Answers readiness: the stores answer too. */
function ready({ isReady, stores }: Readiness = { isReady: true, stores: {} }): HttpAnswer {
  return {
    status: isReady ? 200 : 503,
    headers: { ...JSON_HEADERS, ...(isReady ? {} : { 'retry-after': '1' }) },
    body: JSON.stringify({ status: isReady ? 'ready' : 'unavailable', stores }),
  };
}

/** Answers the key set (RFC 7517 §5). Partners may cache it for less time than a rotated key stays in use. */
async function keys(keySet: RunningGateway['keySet']): Promise<HttpAnswer> {
  const set = (await keySet?.()) ?? { keys: [] };
  return {
    status: 200,
    headers: { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=300' },
    body: JSON.stringify(set),
  };
}

const overloaded = () => new CodedError('OVERLOADED', 'Too many requests are in progress. Try again later.');
const tooLarge = () => new CodedError('PAYLOAD_TOO_LARGE', 'The answer is too large. Request less data at once.');
