import { viewerOfClaims } from '../../auth/claims.ts';
import { TOKEN_KINDS, type TokenKind, type TrustedIssuer } from '../../auth/trusted-issuers.ts';
import { OFFICER_ROLES } from '../../domain/viewer.ts';
import { CodedError } from '../../errors.ts';
import { identityOf } from '../demo-data/enterprises/enterprises.ts';
import { demoOfficer } from '../demo-data/officers.ts';
import { demoParks, HEADLINE_PARK } from '../demo-data/parks/parks.ts';
import { BAODI, TEDA } from '../demo-data/parks/zones.ts';
import { SCALES } from '../demo-data/scale.ts';
import { vouchedNumberOf } from '../demo-data/talent/persons.ts';

/**
 * The chosen properties of a bearer; the demo data supply the others. A demo officer's identifier alone sets agency,
 * zone and roles.
 */
export interface BearerChoice {
  readonly zone?: string | undefined;
  readonly agency?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly person?: string | undefined;
  /** The identity number that the issuer vouches for. Default: the demo person's verified number, else none. */
  readonly idNumber?: string | undefined;
  /** Separated by commas; an empty text means no role. */
  readonly roles?: string | undefined;
}

export type BearerClaims = Readonly<Record<string, string | readonly string[]>>;

export function isTokenKind(text: string): text is TokenKind {
  return TOKEN_KINDS.some((kind) => kind === text);
}

/**
 * Returns the claims of a token for a bearer of a kind.
 * @throws CodedError BAD_USER_INPUT if they make no viewer, e.g. for an invalid zone id
 */
export function bearerClaims(
  kind: TokenKind,
  choice: BearerChoice,
  issuer: Pick<TrustedIssuer, 'claims' | 'kinds'>,
): BearerClaims {
  const { enterprise, person = `sample-${kind}` } = choice;
  const known = kind === 'officer' ? demoOfficer(choice.person) : undefined;
  const zone = choice.zone ?? known?.zone;
  const agency = choice.agency ?? known?.agency ?? 'PARK';
  const roles = choice.roles?.split(',').filter(Boolean) ?? known?.roles ?? OFFICER_ROLES;
  const bound: Record<TokenKind, () => BearerClaims> = {
    applicant: () => {
      const idNumber = choice.idNumber ?? vouchedNumberOf(person);
      return idNumber === undefined ? {} : { id_number: idNumber };
    },
    officer: () => ({ agency, zone: zone ?? TEDA, roles }),
    clerk: () => ({ enterprise: enterprise ?? sampleEnterprise() }),
    partner: () => ({ zone: zone ?? BAODI, client_id: person }),
    analyst: () => ({}),
    admin: () => ({}),
  };
  const claims = { sub: person, viewer_kind: kind, ...bound[kind]() };
  if (viewerOfClaims(claims, issuer) !== null) return claims;
  throw new CodedError(
    'BAD_USER_INPUT',
    `These claims make no ${kind}: ${JSON.stringify(claims)}. See docs/identity.md for the form of each claim.`,
  );
}

/** Returns the first enterprise of the headline park. */
function sampleEnterprise(): string {
  const park = demoParks(SCALES.S).find(({ id }) => id === HEADLINE_PARK);
  if (!park) throw new Error('the demo data have no headline park');
  return identityOf(park, 0).id;
}
