import { acceptedType, type Supergraph, type TrustedDocuments } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Identify } from '../../auth/identify.ts';
import type { Config } from '../../config.ts';
import type { Budget } from '../../edge/budget/budgets.ts';
import { Charge } from '../../edge/budget/charge.ts';
import type { Asking } from '../../edge/budget/client.ts';
import { refuseDryRuns } from '../../edge/budget/dry-runs.ts';
import { refuseFreeQueries } from '../../edge/free-queries.ts';
import type { GraphqlServer, HttpAnswer } from '../../edge/server.ts';
import { CodedError, ERROR_KINDS } from '../../errors.ts';
import type { Call } from '../../subgraph/request.ts';
import { callerAddress } from '../http/caller-address.ts';
import { eventAnswer } from '../http/event-answer.ts';
import { faultAnswer } from '../http/fault-answer.ts';
import { preflight } from '../http/headers.ts';
import type { OpenBudget } from './client-budgets.ts';
import { type ConcurrencyLimitOptions, concurrencyLimit, eventLoopBusyCheck } from './concurrency-limit.ts';
import { declaredPurpose, graphqlRequest, openCall } from './graphql-event.ts';
import type { CheckReadiness, Readiness } from './readiness.ts';

/** What answers when it has started. */
export interface RunningGateway {
  readonly supergraph: Supergraph;
  readonly server: GraphqlServer;
  readonly documents: TrustedDocuments;
  readonly identify: Identify;
  /** Without it nothing costs anybody anything. */
  readonly openBudget?: OpenBudget;
  /** Who may send documents that aren't shipped. Default: everybody. */
  readonly freeQueries?: Config['freeQueries'];
  /** Whether the stores that this process reaches answer. Without it the process has none. */
  readonly checkReadiness?: CheckReadiness;
  /** The public keys by which partners verify our service tokens; undefined where none are sent. */
  readonly keySet?: () => Promise<object>;
}

const KEY_SET_PATH = '/.well-known/jwks.json';

/** Lambda takes 6 MB for a whole answer; headers and JSON's escapes need the rest. */
const MAX_BYTES = 5 * 1024 * 1024;

export type GraphqlHandler = (
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface HandlerOptions {
  /** Of the pages of other sites that may read answers. Default: none. */
  readonly corsOrigins?: readonly string[];
  /** What CloudFront proves by that a request came through it. Default: there is no CloudFront. */
  readonly originSecrets?: () => readonly string[] | undefined;
  /** Done before a request is looked at: secrets are fetched here. */
  readonly prepare?: () => Promise<void>;
  /** How many requests are answered at once; one more is told to come again. */
  readonly atOnce?: ConcurrencyLimitOptions;
}

/** By `npm run overload`: with more than four of its own work at once a process does no more a second, each later. */
const AT_ONCE = { maxConcurrent: 64, maxWhenBusy: 4 };

/**
 * Answers GraphQL over HTTP, `GET /health`, `GET /ready` and the key set of our service tokens, from API Gateway's HTTP API
 * (payload 2.0). It starts with the first request, and again with the next where it couldn't.
 */
export function graphqlHandler(
  start: () => Promise<RunningGateway>,
  {
    corsOrigins = [],
    originSecrets,
    prepare,
    atOnce = { ...AT_ONCE, isBusy: eventLoopBusyCheck() },
  }: HandlerOptions = {},
): GraphqlHandler {
  const { enter } = concurrencyLimit(atOnce);
  let starting: Promise<RunningGateway> | undefined;

  async function answerTo(event: APIGatewayProxyEventV2, call: Call): Promise<HttpAnswer> {
    await prepare?.();
    const address = callerAddress(event, originSecrets?.());
    starting ??= start();
    // What kept it from starting may be gone with the next request.
    starting.catch(() => {
      starting = undefined;
    });
    const { supergraph, server, documents, identify, openBudget, freeQueries, checkReadiness, keySet } = await starting;
    if (event.rawPath === '/health') return health(supergraph);
    if (event.rawPath === '/ready') return ready(await checkReadiness?.(call.now));
    if (event.rawPath === KEY_SET_PATH) return keys(keySet);
    const budgetOf = (asking: Asking) => openBudget?.(asking, call.now.getTime());
    const viewer = await chargingRefusal(budgetOf({ viewer: call.viewer, address, isShipped: false }), () =>
      identify(event.headers, call),
    );
    const { request, asking, purpose } = await chargingRefusal(budgetOf({ viewer, address, isShipped: false }), () => {
      const request = graphqlRequest(event, documents);
      const asking = { viewer, address, isShipped: request.isShipped };
      if (freeQueries === 'by-kind') refuseFreeQueries(asking);
      if (request.costWish === 'dry-run') refuseDryRuns(asking);
      return { request, asking, purpose: declaredPurpose(event) };
    });
    const budget = budgetOf(asking);
    const charge = budget && new Charge(budget, request.costWish);
    return server.answer(request, { ...call, ...purpose, viewer }, charge);
  }

  async function answer(event: APIGatewayProxyEventV2, call: Call): Promise<APIGatewayProxyStructuredResultV2> {
    const type = acceptedType(event.headers.accept);
    const fault = (error: unknown) => eventAnswer(faultAnswer(error, call.requestId, type), event, call, corsOrigins);
    const leave = enter();
    if (!leave) return fault(overloaded());
    try {
      const result = await eventAnswer(await answerTo(event, call), event, call, corsOrigins);
      return Buffer.byteLength(result.body ?? '') <= MAX_BYTES ? result : await fault(tooLarge());
    } catch (error) {
      return await fault(error);
    } finally {
      leave();
    }
  }

  return async (event, context) => {
    if (event.requestContext.http.method === 'OPTIONS') return preflight(event, corsOrigins);
    const { call, end } = openCall(event, context.getRemainingTimeInMillis());
    return answer(event, call).finally(end);
  };
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

/** Liveness: the process answers and has loaded its supergraph. */
/**
 * Takes a step of a request. Where the step refuses it, its caller pays for the look.
 * Rejects as the step does, and with THROTTLED instead where the caller's budget is used up.
 */
async function chargingRefusal<T>(budget: Budget | undefined, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (budget && error instanceof CodedError && ERROR_KINDS[error.code].status < 500) {
      await new Charge(budget, undefined).payForRefusal();
    }
    throw error;
  }
}

function health({ hash, subgraphs }: Supergraph): HttpAnswer {
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ status: 'ok', supergraph: hash, subgraphs }) };
}

/** Readiness: the stores answer too. */
function ready({ isReady, stores }: Readiness = { isReady: true, stores: {} }): HttpAnswer {
  return {
    status: isReady ? 200 : 503,
    headers: { ...JSON_HEADERS, ...(isReady ? {} : { 'retry-after': '1' }) },
    body: JSON.stringify({ status: isReady ? 'ready' : 'unavailable', stores }),
  };
}

/** RFC 7517 §5. A partner may keep it as long as a rotated key stays in use beside the new one. */
async function keys(keySet: RunningGateway['keySet']): Promise<HttpAnswer> {
  const set = (await keySet?.()) ?? { keys: [] };
  return {
    status: 200,
    headers: { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=300' },
    body: JSON.stringify(set),
  };
}

const overloaded = () => new CodedError('OVERLOADED', 'Too many requests are being answered. Come again.');
const tooLarge = () => new CodedError('PAYLOAD_TOO_LARGE', 'The answer is too large: ask for less at once.');
