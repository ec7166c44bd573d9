import * as z from 'zod';
import { CodedError } from '../errors.ts';
import { claimNames } from './claim-names.ts';

/** A URL that can be a source of a page's policy as it is (CSP Level 3 §2.3.1), or a path of the page's own host. */
const endpoint = z.string().regex(/^(https?:\/\/[\w.:[\]-]+)?\/[\w./~%-]*$/, 'must be a URL without query or fragment');

const settings = z.strictObject({
  /** As it is in the claim `iss`, letter for letter. */
  issuer: z.string().min(1),
  authorizationEndpoint: endpoint,
  tokenEndpoint: endpoint,
  /** What the issuer calls these pages: a public client, without a secret. */
  clientId: z.string().min(1),
  scope: z
    .string()
    .regex(/(^| )openid( |$)/, 'must hold openid')
    .default('openid'),
  /** Further parameters of the request, e.g. `resource` or `audience`, where the issuer needs to be told for whom it is. */
  parameters: z.record(z.string(), z.string()).default({}),
  /** Whether the issuer names itself when it sends people back (RFC 9207). */
  namesItself: z.boolean().default(true),
  /** What it signs id tokens with. */
  idTokenAlgorithm: z.string().min(1).default('RS256'),
  /** How its access tokens say who the bearer is. */
  claims: claimNames.prefault({}),
});
export type SignInSettings = z.infer<typeof settings>;
export type SignInInput = z.input<typeof settings>;

/**
 * Where people sign in on the pages; undefined where nowhere.
 * @throws CodedError CONFIGURATION that names what is wrong; outside local mode also for whatever isn't https
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

function wrong(what: string): CodedError {
  return new CodedError('CONFIGURATION', `SIGN_IN is not set up right: ${what}.`);
}
