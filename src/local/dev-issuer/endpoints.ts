import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { SignJWT } from 'jose';
import { CodedError } from '../../errors.ts';
import type { RoutedTo } from '../http/routes.ts';
import type { Invoke } from '../lambda-function.ts';
import { type AuthorizationCodes, authorizationCodes } from './authorization-codes.ts';
import { bearerClaims, isTokenKind } from './bearer.ts';
import { DEV_ISSUER_PATH, type DevIssuer } from './dev-issuer.ts';
import { DEV_ALGORITHM } from './dev-key.ts';
import { rolePickerPage } from './role-picker-page.ts';

type Result = APIGatewayProxyStructuredResultV2;

const TOKEN_SECONDS = 3_600;
/** The parameters of an authorization request that are used here. The last two are optional. */
const CARRIED = ['client_id', 'redirect_uri', 'code_challenge', 'scope', 'state', 'nonce'] as const;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Returns the routes of OpenID Connect's discovery, key set, authorization code with PKCE (S256) and token endpoint,
 * for pages of this host.
 */
export function devIssuerRoutes(issuer: DevIssuer): readonly RoutedTo<Invoke>[] {
  const codes = authorizationCodes();
  const route = (
    method: string,
    path: string,
    answer: (event: APIGatewayProxyEventV2) => Result | Promise<Result>,
  ) => ({
    method,
    path: `${DEV_ISSUER_PATH}${path}`,
    // The local host sends no other event.
    target: async (event: unknown) => guarded(event as APIGatewayProxyEventV2, answer),
  });
  return [
    route('GET', '/.well-known/openid-configuration', () => json(200, metadata(issuer))),
    route('GET', '/jwks', () => json(200, { keys: [issuer.key.public] })),
    route('GET', '/authorize', (event) => askWho(event)),
    route('POST', '/authorize', (event) => issueCode(event, issuer, codes)),
    route('POST', '/token', (event) => issueToken(event, issuer, codes)),
  ];
}

/** Answers requests to this machine's own names only: a foreign name that resolves to this machine is refused. */
async function guarded(
  event: APIGatewayProxyEventV2,
  answer: (event: APIGatewayProxyEventV2) => Result | Promise<Result>,
): Promise<Result> {
  if (!LOOPBACK.test(event.headers.host ?? '')) return json(403, { error: 'access_denied' });
  try {
    return await answer(event);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return json(400, { error: 'invalid_request', error_description: error.message });
  }
}

function metadata({ trusted: { issuer } }: DevIssuer) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [DEV_ALGORITHM],
    scopes_supported: ['openid'],
    authorization_response_iss_parameter_supported: true,
  };
}

function askWho(event: APIGatewayProxyEventV2): Result {
  const asked = new URLSearchParams(event.rawQueryString);
  if (asked.get('response_type') !== 'code') throw wrong('response_type must be code');
  if (asked.get('code_challenge_method') !== 'S256') throw wrong('code_challenge_method must be S256');
  readAuthorization(asked, event);
  const carried = CARRIED.flatMap((name): [string, string][] => {
    const value = asked.get(name);
    return value === null ? [] : [[name, value]];
  });
  const nonce = randomBytes(16).toString('base64');
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: rolePickerPage(`${DEV_ISSUER_PATH}/authorize`, Object.fromEntries(carried), nonce),
  };
}

/** Validates a request before anything is sent to its `redirect_uri`, which must be on this host. */
function readAuthorization(asked: URLSearchParams, { headers }: APIGatewayProxyEventV2) {
  const [clientId, redirectUri, challenge] = ['client_id', 'redirect_uri', 'code_challenge'].map((name) => {
    const value = asked.get(name);
    if (!value) throw wrong(`${name} is missing`);
    return value;
  }) as [string, string, string];
  const redirect = URL.parse(redirectUri);
  if (redirect?.origin !== `http://${headers.host}`) throw wrong('redirect_uri must be a page of this host');
  if (!/^[\w-]{43}$/.test(challenge)) throw wrong('code_challenge must be the SHA-256 of a verifier, base64url');
  return { clientId, redirectUri, challenge, redirect };
}

function issueCode(event: APIGatewayProxyEventV2, { trusted }: DevIssuer, codes: AuthorizationCodes): Result {
  const form = readForm(event);
  const { redirect, ...agreed } = readAuthorization(form, event);
  const kind = form.get('as') ?? '';
  if (!isTokenKind(kind)) throw wrong('as must be one of the kinds');
  const chosen = (name: string) => form.get(name) || undefined;
  const choice = Object.fromEntries(['zone', 'agency', 'enterprise', 'person'].map((name) => [name, chosen(name)]));
  const roles = form.has('roles') ? form.getAll('roles').join(',') : undefined;
  const claims = bearerClaims(kind, { ...choice, roles }, trusted);
  const code = codes.issue({ ...agreed, claims, nonce: chosen('nonce') }, Date.now());
  redirect.searchParams.set('code', code);
  redirect.searchParams.set('iss', trusted.issuer);
  const state = form.get('state');
  if (state !== null) redirect.searchParams.set('state', state);
  return { statusCode: 303, headers: { location: redirect.href, 'cache-control': 'no-store' } };
}

async function issueToken(
  event: APIGatewayProxyEventV2,
  issuer: DevIssuer,
  codes: AuthorizationCodes,
): Promise<Result> {
  const form = readForm(event);
  if (form.get('grant_type') !== 'authorization_code') return json(400, { error: 'unsupported_grant_type' });
  const said = (name: string) => form.get(name) ?? '';
  const exchange = {
    code: said('code'),
    clientId: said('client_id'),
    redirectUri: said('redirect_uri'),
    verifier: said('code_verifier'),
  };
  const agreed = codes.redeem(exchange, Date.now());
  if (agreed === null) return json(400, { error: 'invalid_grant' });
  return json(200, {
    access_token: await issuer.sign(agreed.claims, TOKEN_SECONDS),
    token_type: 'Bearer',
    expires_in: TOKEN_SECONDS,
    id_token: await new SignJWT(agreed.nonce === undefined ? {} : { nonce: agreed.nonce })
      .setProtectedHeader({ alg: DEV_ALGORITHM, kid: issuer.key.id })
      .setIssuer(issuer.trusted.issuer)
      .setSubject(String(agreed.claims.sub))
      .setAudience(agreed.clientId)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} s`)
      .sign(issuer.key.signing),
  });
}

function readForm({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): URLSearchParams {
  return new URLSearchParams(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body);
}

function wrong(what: string): CodedError {
  return new CodedError('BAD_REQUEST', `${what}.`);
}

function json(statusCode: number, body: unknown): Result {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}
