import * as oauth from 'oauth4webapi';
import type { SignInSettings } from '../../auth/sign-in-settings.ts';

const PATIENCE_MS = 15_000;

/** Path to which an issuer sends people back. */
export const RETURN_PATH = '/sign-in/return';

/** A sign-in request, with the secrets that only its page knows. */
export interface Attempt {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface IssuedToken {
  readonly token: string;
  /** Lifetime in seconds; undefined if the issuer doesn't say. */
  readonly lifetimeSeconds: number | undefined;
}

/** The reason why a sign-in failed, by a code for which pages have a sentence, and the issuer's own word for it. */
export interface SignInFailure {
  readonly reason:
    | 'BLOCKED'
    | 'DECLINED'
    | 'NOT_LET_IN'
    | 'NO_TOKEN'
    | 'NOT_AS_ASKED'
    | 'TIMEOUT'
    | 'UNREACHABLE'
    | 'NO_BEARER_TOKEN'
    | 'NO_NAME'
    | 'NO_END'
    | 'FAILED';
  readonly detail: string;
}

export class SignInFault extends Error {
  readonly failure: SignInFailure;

  constructor(reason: SignInFailure['reason'], detail = '') {
    super(`${reason} ${detail}`);
    this.failure = { reason, detail };
  }
}

/** Makes OpenID Connect's authentication request by authorization code, with PKCE (RFC 7636). */
export async function beginAttempt(settings: SignInSettings): Promise<Attempt> {
  const [state, nonce, verifier] = [
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
    oauth.generateRandomCodeVerifier(),
  ];
  const url = new URL(settings.authorizationEndpoint, location.origin);
  const parameters = {
    ...settings.parameters,
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: redirectUri(),
    scope: settings.scope,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, state, nonce, verifier };
}

/**
 * Validates the issuer's answer (state, and issuer by RFC 9207) and exchanges its code.
 * @throws SignInFault
 */
export async function finishAttempt(
  settings: SignInSettings,
  { state, nonce, verifier }: Attempt,
  answer: URLSearchParams,
): Promise<IssuedToken> {
  const server: oauth.AuthorizationServer = {
    issuer: settings.issuer,
    token_endpoint: new URL(settings.tokenEndpoint, location.origin).href,
    authorization_response_iss_parameter_supported: settings.namesItself,
  };
  const client: oauth.Client = {
    client_id: settings.clientId,
    id_token_signed_response_alg: settings.idTokenAlgorithm,
  };
  try {
    const parameters = oauth.validateAuthResponse(server, client, answer, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri(),
      verifier,
      // Settings allow plain http on a developer's machine only.
      { signal: AbortSignal.timeout(PATIENCE_MS), [oauth.allowInsecureRequests]: location.protocol === 'http:' },
    );
    const issued = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    if (issued.token_type !== 'bearer') throw new SignInFault('NO_BEARER_TOKEN');
    return { token: issued.access_token, lifetimeSeconds: issued.expires_in };
  } catch (error) {
    throw asFault(error);
  }
}

const redirectUri = () => `${location.origin}${RETURN_PATH}`;

function asFault(error: unknown): unknown {
  if (error instanceof oauth.AuthorizationResponseError) {
    return error.error === 'access_denied' ? new SignInFault('DECLINED') : new SignInFault('NOT_LET_IN', error.error);
  }
  if (error instanceof oauth.ResponseBodyError) {
    return new SignInFault('NO_TOKEN', error.error);
  }
  if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
    return new SignInFault('NOT_AS_ASKED', error.code ?? '');
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new SignInFault('TIMEOUT', String(PATIENCE_MS / 1000));
  }
  // Thrown by `fetch`: refused, interrupted, or not allowed for this origin (CORS).
  if (error instanceof TypeError) return new SignInFault('UNREACHABLE');
  return error;
}
