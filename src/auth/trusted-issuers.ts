import * as z from 'zod';
import type { Config } from '../config.ts';
import type { ViewerKind } from '../domain/viewer.ts';
import { CodedError } from '../errors.ts';
import { claimNames } from './claim-names.ts';
import { keySet } from './key-set.ts';

/** Kinds that a token can make of its bearer; case holders have tokens of our own. */
export const TOKEN_KINDS = [
  'applicant',
  'officer',
  'clerk',
  'partner',
  'analyst',
  'admin',
] as const satisfies ViewerKind[];
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Signatures of key pairs only: with a shared secret a public key could pass for one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

const issuer = z
  .strictObject({
    /** As it is in the claim `iss`, letter for letter. */
    issuer: z.string().min(1),
    /** Must be in the claim `aud`. */
    audience: z.string().min(1),
    /** Where its keys are: fixed here, whatever a token says. */
    jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** Its key set itself (RFC 7517 §5), where it is not to be fetched. */
    jwks: keySet.optional(),
    algorithms: z.array(z.enum(ALGORITHMS)).min(1),
    /** The header `typ` that its access tokens have, e.g. `at+jwt` (RFC 9068), which its other tokens haven't. */
    tokenType: z.string().min(1).optional(),
    /** What it may say that a bearer is. */
    kinds: z.array(z.enum(TOKEN_KINDS)).min(1),
    claims: claimNames.prefault({}),
  })
  .refine(({ jwksUrl, jwks }) => (jwksUrl === undefined) !== (jwks === undefined), {
    message: 'must have either jwksUrl or jwks',
  });
export type TrustedIssuer = z.infer<typeof issuer>;

/**
 * The issuers whose tokens are taken. Each kind of viewer is vouched for by one of them, so that no two people of a kind
 * can have the same name.
 * @throws CodedError CONFIGURATION that names what is wrong; outside local mode also for whatever isn't https
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
  return new CodedError('CONFIGURATION', `OIDC_ISSUERS is not set up right: ${what}.`);
}
