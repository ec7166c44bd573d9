import * as z from 'zod';
import type { Config } from '../config.ts';
import type { ViewerKind } from '../domain/viewer.ts';
import { CodedError } from '../errors.ts';
import { claimNames } from './claim-names.ts';
import { keySet } from './key-set.ts';

/** The kinds of viewer that an issuer's token can assert. Case holders have tokens of our own. */
export const TOKEN_KINDS = [
  'applicant',
  'officer',
  'clerk',
  'partner',
  'analyst',
  'admin',
] as const satisfies ViewerKind[];
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Accepted signature algorithms: key pairs only. With a shared secret, a public key could pass for one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

const issuer = z
  .strictObject({
    /** The exact value of the claim `iss`. */
    issuer: z.string().min(1),
    /** Required value in the claim `aud`. */
    audience: z.string().min(1),
    /** URL of its key set. A token can't change it. */
    jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** Its key set itself (RFC 7517 §5), if it is not fetched. */
    jwks: keySet.optional(),
    algorithms: z.array(z.enum(ALGORITHMS)).min(1),
    /** The header `typ` of its access tokens, e.g. `at+jwt` (RFC 9068), if other tokens of the issuer lack it. */
    tokenType: z.string().min(1).optional(),
    /** The kinds of viewer that it may assert. */
    kinds: z.array(z.enum(TOKEN_KINDS)).min(1),
    claims: claimNames.prefault({}),
  })
  .refine(({ jwksUrl, jwks }) => (jwksUrl === undefined) !== (jwks === undefined), {
    message: 'must have either jwksUrl or jwks',
  });
export type TrustedIssuer = z.infer<typeof issuer>;

/**
 * Returns the trusted issuers. Each kind of viewer has one issuer, so that two people of a kind can't share an
 * identifier.
 * @throws CodedError CONFIGURATION that names the fault; outside local mode also for a URL without https
 */
export function readIssuers({ oidcIssuers, mode }: Pick<Config, 'oidcIssuers' | 'mode'>): readonly TrustedIssuer[] {
  const parsed = z.array(issuer).safeParse(oidcIssuers ?? []);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw wrong(faults.join('; '));
  }
  const issuers = parsed.data;
  const repeated = TOKEN_KINDS.find((kind) => issuers.filter(({ kinds }) => kinds.includes(kind)).length > 1);
  if (repeated !== undefined) throw wrong(`${repeated} is vouched for by more than one issuer`);
  if (new Set(issuers.map((each) => each.issuer)).size < issuers.length) throw wrong('an issuer is named twice');
  for (const { issuer, jwksUrl } of issuers) {
    if (mode !== 'local' && ![issuer, jwksUrl ?? issuer].every((url) => url.startsWith('https://'))) {
      throw wrong(`${issuer} must be an https URL, and so must its jwksUrl`);
    }
  }
  return issuers;
}

function wrong(what: string): CodedError {
  return new CodedError('CONFIGURATION', `OIDC_ISSUERS is invalid: ${what}.`);
}
