import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Config } from '../../config.ts';
import { COST_HEADER } from '../../edge/budget/budgets.ts';
import { invokeFunction } from '../../edge/invoke-function.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import type { Price } from '../../views/look/look.ts';
import type { GraphqlHandler } from '../gateway/graphql-handler.ts';
import { CLIENT_ADDRESS_HEADER, ORIGIN_SECRET_HEADER } from './caller-address.ts';

/** One question: a trusted document's id with its variables, or the text of a saved question. */
export interface Question {
  readonly id: string;
  /** The text, where `id` names no trusted document. */
  readonly query?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The `authorization` header of a visitor who has signed in on the page; anonymous without. */
  readonly authorization?: string | undefined;
}

/** An answer for a page. */
export interface PageData {
  /** Null if there is none in time. */
  readonly data: unknown;
  /** False if a part is missing. The cause is logged. */
  readonly isWhole: boolean;
  /** The sentence by which the gateway refuses a value; undefined where it refuses none. */
  readonly refusal?: string | undefined;
  /** True if the gateway refuses the visitor's authorization. */
  readonly isRefused?: boolean;
  /** The price by the gateway's header; undefined where it has none. */
  readonly price?: Price | undefined;
}

interface GatewayError {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** Asks the gateway on behalf of a page's visitor: with the visitor's address, and so by their budget. */
export type AskGateway = (
  question: Question,
  visitor: APIGatewayProxyEventV2,
  milliseconds: number,
) => Promise<PageData>;

/** Time that a handler reserves of what it is given, for answering a timeout. */
const SPARE_MS = 500;

/** Makes the way to the gateway: by Invoke if a function is configured, else to the gateway of this process. */
export function askGateway({ gatewayFunction, region, mode }: Config): AskGateway {
  const send =
    gatewayFunction === undefined && mode === 'local' ? sendInProcess : sendByInvoke(gatewayFunction ?? '', region);
  return async ({ id, query, variables, authorization }, visitor, milliseconds) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new CodedError('DEADLINE_EXCEEDED', 'The gateway took too long.')),
      milliseconds,
    );
    try {
      const asked = query === undefined ? { documentId: id, variables } : { query, variables };
      const event = eventOf(asked, visitor, authorization);
      const { statusCode, body = '', headers = {} } = await Promise.race([send(event, milliseconds), late]);
      if (statusCode === 401) return { data: null, isWhole: false, isRefused: true };
      const { data = null, errors } = JSON.parse(body);
      if (errors) log.warn('a page lacks a part of its data', { document: id, code: errors[0]?.extensions?.code });
      const refusal = errors?.find(({ extensions }: GatewayError) => extensions?.code === 'BAD_USER_INPUT')?.message;
      return { data, isWhole: data !== null && !errors, refusal, price: priceIn(headers[COST_HEADER]) };
    } catch (error) {
      log.error('a page lacks its data', { document: id }, error);
      return { data: null, isWhole: false };
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Reads the header that reports the price of an answer: `requested=101, actual=4, limit=5000, remaining=4996, …`. */
function priceIn(header: unknown): Price | undefined {
  const [, actual, remaining] = /\bactual=(\d+),.*\bremaining=(\d+)/.exec(String(header)) ?? [];
  return remaining === undefined ? undefined : { actual: Number(actual), remaining: Number(remaining) };
}

type Send = (event: APIGatewayProxyEventV2, milliseconds: number) => Promise<APIGatewayProxyStructuredResultV2>;

const sendInProcess: Send = async (event, milliseconds) => {
  // Loaded by its URL, so that the pages' bundle doesn't contain the gateway.
  const module = new URL('../gateway/gateway.ts', import.meta.url).href;
  const { handler }: { handler: GraphqlHandler } = await import(module);
  return handler(event, { getRemainingTimeInMillis: () => milliseconds + SPARE_MS });
};

function sendByInvoke(gatewayFunction: string, region: string): Send {
  const invoke = invokeFunction(gatewayFunction, async () => {
    const { LambdaClient } = await import('@aws-sdk/client-lambda');
    return new LambdaClient({ region, maxAttempts: 1 });
  });
  return async (event, milliseconds) => {
    const { payload, functionError } = await invoke(JSON.stringify(event), AbortSignal.timeout(milliseconds));
    if (functionError !== undefined) throw new Error(`The gateway's function failed: ${functionError}.`);
    return JSON.parse(payload);
  };
}

/** Builds the request that the visitor could send themselves. Nothing else of theirs is passed on but their address. */
function eventOf(
  body: object,
  visitor: APIGatewayProxyEventV2,
  authorization: string | undefined,
): APIGatewayProxyEventV2 {
  const { headers, requestContext } = visitor;
  const address = [ORIGIN_SECRET_HEADER, CLIENT_ADDRESS_HEADER].flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    version: '2.0',
    routeKey: 'ANY /graphql',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: {
      ...Object.fromEntries(address),
      ...(authorization === undefined ? {} : { authorization }),
      'content-type': 'application/json',
      accept: 'application/json',
    },
    requestContext: {
      ...requestContext,
      http: { ...requestContext.http, method: 'POST', path: '/graphql' },
    },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}
