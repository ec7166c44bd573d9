import type { JWTPayload } from 'jose';
import * as z from 'zod';
import { AGENCIES } from '../domain/cases/agency.ts';
import { isIdOf } from '../domain/ids.ts';
import { residentIdFault } from '../domain/people/resident-id.ts';
import { OFFICER_ROLES, type Viewer } from '../domain/viewer.ts';
import { TOKEN_KINDS, type TokenKind, type TrustedIssuer } from './trusted-issuers.ts';

/** An issuer's identifier in visible ASCII. It goes into keys and the access log. */
const name = z.string().regex(/^[\x21-\x7e]{1,128}$/);
const zone = z.string().refine((id) => isIdOf('zone', id));
const enterprise = z.string().refine((id) => isIdOf('ent', id));
const roles = z.union([z.enum(OFFICER_ROLES).transform((role) => [role]), z.array(z.enum(OFFICER_ROLES)).max(20)]);
const agency = z.enum(AGENCIES);
const idNumber = z.string().refine((text) => residentIdFault(text) === null);
const kindOf = z.enum(TOKEN_KINDS);

/**
 * Returns the viewer that a verified token describes. Returns null if the claims are incomplete or exceed what its
 * issuer may assert. Claims of other kinds are ignored.
 */
export function viewerOfClaims(
  payload: JWTPayload,
  { claims, kinds }: Pick<TrustedIssuer, 'claims' | 'kinds'>,
): Viewer | null {
  const kind = kindOf.safeParse(payload[claims.kind]);
  if (!kind.success || !kinds.includes(kind.data)) return null;
  const said = <T extends z.ZodType>(schema: T, claim: keyof typeof claims) =>
    schema.parse(payload[claims[claim] ?? ''] ?? undefined);
  const vouchedFor = () => {
    const found = claims.idNumber === undefined ? undefined : said(idNumber.optional(), 'idNumber');
    return found === undefined ? {} : { idNumber: found };
  };
  const make: Record<TokenKind, () => Viewer> = {
    applicant: () => ({ kind: 'applicant', person: said(name, 'person'), ...vouchedFor() }),
    officer: () => ({
      kind: 'officer',
      person: said(name, 'person'),
      agency: said(agency, 'agency'),
      zone: said(zone, 'zone'),
      roles: [...new Set(said(roles, 'roles'))],
    }),
    clerk: () => ({ kind: 'clerk', person: said(name, 'person'), enterprise: said(enterprise, 'enterprise') }),
    partner: () => ({ kind: 'partner', zone: said(zone, 'zone'), key: said(name, 'client') }),
    analyst: () => ({ kind: 'analyst', person: said(name, 'person') }),
    admin: () => ({ kind: 'admin', person: said(name, 'person') }),
  };
  try {
    return make[kind.data]();
  } catch (error) {
    if (error instanceof z.ZodError) return null;
    throw error;
  }
}
