import * as z from 'zod';
import { CodedError } from '../errors.ts';
import { claimNames } from './claim-names.ts';

/** A URL that is valid as a CSP source (CSP Level 3 §2.3.1), or a path of the page's own host. */
const endpoint = z.string().regex(/^(https?:\/\/[\w.:[\]-]+)?\/[\w./~%-]*$/, 'must be a URL without query or fragment');

const settings = z.strictObject({
  /** The exact value of the claim `iss`. */
  issuer: z.string().min(1),
  authorizationEndpoint: endpoint,
  tokenEndpoint: endpoint,
  /** The issuer's client id for these pages: a public client, without a secret. */
  clientId: z.string().min(1),
  scope: z
    .string()
    .regex(/(^| )openid( |$)/, 'must hold openid')
    .default('openid'),
  /** Extra parameters of the authorization request, e.g. `resource` or `audience`, if the issuer needs them. */
  parameters: z.record(z.string(), z.string()).default({}),
  /** True if the issuer sends `iss` in its authorization response (RFC 9207). */
  namesItself: z.boolean().default(true),
  /** Signature algorithm of its id tokens. */
  idTokenAlgorithm: z.string().min(1).default('RS256'),
  /** The claims of its access tokens that describe the bearer. */
  claims: claimNames.prefault({}),
});
export type SignInSettings = z.infer<typeof settings>;
export type SignInInput = z.input<typeof settings>;

/**
 * Returns the sign-in settings of the pages; undefined if they have no sign-in.
 * @throws CodedError CONFIGURATION that names the fault; outside local mode also for a URL without https
 */
export function readSignIn({
  signIn,
  mode,
}: {
  readonly signIn: unknown;
  readonly mode: 'local' | 'aws';
}): SignInSettings | undefined {
  if (signIn === undefined) return undefined;
  const parsed = settings.safeParse(signIn);
  if (!parsed.success) {
    throw wrong(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  }
  const { authorizationEndpoint, tokenEndpoint } = parsed.data;
  if (mode !== 'local' && ![authorizationEndpoint, tokenEndpoint].every((url) => url.startsWith('https://'))) {
    throw wrong('its endpoints must be https URLs');
  }
  return parsed.data;
}

/** Returns the source of the issuer's tokens for a page's policy, with a leading blank; empty for our own host. */
export const tokenSource = (signIn: SignInSettings | undefined) =>
  signIn && URL.canParse(signIn.tokenEndpoint) ? ` ${signIn.tokenEndpoint}` : '';

function wrong(what: string): CodedError {
  return new CodedError('CONFIGURATION', `SIGN_IN is invalid: ${what}.`);
}
