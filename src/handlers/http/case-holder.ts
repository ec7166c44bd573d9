import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { rotatingCaseTokens } from '../../auth/case-token.ts';
import { type OpenedCase, openCase } from '../../auth/open-case.ts';
import { MAX_NETWORK_FAILURES, SignInMemory } from '../../auth/sign-in-memory.ts';
import { unauthenticated } from '../../auth/verdict.ts';
import { config } from '../../config.ts';
import { networkOf } from '../../domain/budget.ts';
import type { HttpAnswer } from '../../edge/http-message.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import { requiredCursorSecret, secretOf, secretsRefresher } from '../../secrets.ts';
import { securityEvent } from '../../security-event.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { secretsManager } from '../../storage/secrets-manager.ts';
import { recordAccess } from '../../storage/talent/access-log/record.ts';
import type { Call } from '../../subgraph/request.ts';
import { openCall } from '../gateway/graphql-event.ts';
import { openCredentials, processConnection } from '../process.ts';
import { callerAddress } from './caller-address.ts';
import { eventAnswer } from './event-answer.ts';
import { faultAnswer } from './fault-answer.ts';
import { badRequest, readJsonBody } from './request-parameters.ts';

const settings = config();
const refreshSecrets = secretsRefresher(settings, ['cursors', 'caseTokens', 'origin'], secretsManager(settings));

const asked = z.strictObject({
  receiptNumber: z.string().regex(/^[A-Z\d-]{1,40}$/),
  secret: z.string().min(1).max(64),
});

/** Refusals per log line, beyond the limits of a network. */
const REFUSALS_A_LINE = 100;

type CaseHolderHandler = (
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * Answers `POST /case-holder/token` with JSON `{ receiptNumber, secret }` by `{ access_token, token_type, expires_in }`
 * (RFC 6749 §5.1), from API Gateway's HTTP API (payload 2.0). Faults are answered as GraphQL errors are.
 * @param clock epoch milliseconds
 */
export function caseHolderHandler(clock: () => number = Date.now): CaseHolderHandler {
  const memory = new SignInMemory();

  async function answer(event: APIGatewayProxyEventV2, call: Call): Promise<HttpAnswer> {
    await refreshSecrets();
    const network = networkOf(callerAddress(event, secretOf('origin', settings)?.accepted));
    if (event.rawQueryString !== '') throw badRequest('Nothing is taken from the URL: it would be kept in many logs.');
    const read = asked.safeParse(readJsonBody(event));
    if (!read.success) throw badRequest('The body must be { "receiptNumber": …, "secret": … }.');
    const now = new Date(clock());
    const means = {
      table: openCredentials(settings, call),
      tokens,
      memory,
      tagKey: requiredCursorSecret(settings),
      now,
    };
    const opened = await openCase({ ...read.data, network }, means);
    if (opened.kind === 'OPENED') await recordOpening(opened, call);
    else reportRefusal(opened, call.requestId);
    return answerWith(opened, call.requestId);
  }

  return async (event, context) => {
    const { call, end } = openCall(event, context.getRemainingTimeInMillis());
    const answered = await answer(event, call).catch((error: unknown) => faultAnswer(error, call.requestId));
    end();
    return eventAnswer(answered, event, call, []);
  };
}

export const handler = caseHolderHandler();

function answerWith(opened: OpenedCase, requestId: string): HttpAnswer {
  switch (opened.kind) {
    case 'REFUSED':
      throw unauthenticated();
    case 'TOO_MANY_TRIES': {
      const { retryAfterSeconds } = opened;
      const message = 'There were too many wrong tries from your network. The right secret is still taken.';
      const refusal = faultAnswer(new CodedError('THROTTLED', message, { details: { retryAfterSeconds } }), requestId);
      return { ...refusal, headers: { ...refusal.headers, 'retry-after': String(retryAfterSeconds) } };
    }
    case 'OPENED':
      return {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
        body: JSON.stringify({
          access_token: opened.token,
          token_type: 'Bearer',
          expires_in: opened.expiresInSeconds,
        }),
      };
  }
}

/**
 * Writes the access-log entry of an opened case before the token is sent. It shows no field yet. The polls that follow
 * make no entries.
 */
async function recordOpening({ caseId, applicantId }: OpenedByReceipt, call: Call): Promise<void> {
  const { deadline, signal, now, requestId } = call;
  const table = openTable(processConnection(settings), 'talent', { deadline, signal, owner: 'auth' });
  const cases = [{ subject: 0, view: 0, caseId }];
  await recordAccess(
    table,
    { viewer: { kind: 'caseHolder', caseId }, now, requestId, purpose: null },
    { subjects: [applicantId], views: [{ full: [], masked: [] }], cases },
  );
}

type OpenedByReceipt = Extract<OpenedCase, { kind: 'OPENED' }>;

/** Reports a refused sign-in. A flood leaves few lines. */
function reportRefusal({ kind, failures }: Exclude<OpenedCase, { kind: 'OPENED' }>, requestId: string): void {
  const event = { kind: 'SIGN_IN_REFUSED', requestId, code: kind } as const;
  if (failures <= MAX_NETWORK_FAILURES) securityEvent(log, event);
  else if (failures % REFUSALS_A_LINE === 0) securityEvent(log, { ...event, count: REFUSALS_A_LINE });
}

const tokens = rotatingCaseTokens(() => {
  const secret = secretOf('caseTokens', settings);
  if (!secret) throw new CodedError('CONFIGURATION', 'CASE_TOKEN_SECRET is not set.');
  return secret;
});
