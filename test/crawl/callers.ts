import type { PartnerPurpose } from '../../src/domain/access/purpose.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import { OFFICER_ROLES, type OfficerRole, type ViewerKind } from '../../src/domain/viewer.ts';

/** What a caller shows: nothing, a token of the issuer, a key, a case's secret, or a token that somebody else has signed. */
export type Credential = 'none' | 'token' | 'key' | 'secret' | 'forged';

export interface Caller {
  readonly kind: ViewerKind;
  readonly credential: Credential;
  /** Which of the world's persons it is. */
  readonly person?: string;
  readonly zone?: 'home' | 'away' | 'third';
  readonly agency?: Agency;
  readonly roles?: readonly OfficerRole[];
  readonly enterprise?: 'home' | 'away';
  readonly purpose?: PartnerPurpose;
}

/**
 * Everybody who asks: each kind of viewer, and of those that rows tell apart, each way of standing to them. The home case is of
 * `applicant`, in the home zone, handled by HRSS after PSB was asked; the away case is of `otherApplicant`, in the away zone.
 */
export const CALLERS = {
  anonymous: { kind: 'anonymous', credential: 'none' },
  forger: { kind: 'applicant', credential: 'forged', person: 'applicant' },
  applicant: { kind: 'applicant', credential: 'token', person: 'applicant' },
  otherApplicant: { kind: 'applicant', credential: 'token', person: 'otherApplicant' },
  stranger: { kind: 'applicant', credential: 'token', person: 'stranger' },
  holder: { kind: 'caseHolder', credential: 'secret' },
  handling: officer('HRSS', 'home'),
  asked: officer('PSB', 'home'),
  receiving: officer('PARK', 'home'),
  bystander: officer('EDU', 'home'),
  away: officer('HRSS', 'away'),
  /** Without any role, and of a zone that has nothing to do with the others. */
  third: { ...officer('HRSS', 'third'), roles: [] },
  clerk: { kind: 'clerk', credential: 'token', person: 'clerk', enterprise: 'home' },
  otherClerk: { kind: 'clerk', credential: 'token', person: 'otherClerk', enterprise: 'away' },
  partner: { kind: 'partner', credential: 'key', zone: 'away' },
  sharingPartner: { kind: 'partner', credential: 'key', zone: 'away', purpose: 'BENEFIT_SHARING' },
  otherPartner: { kind: 'partner', credential: 'token', person: 'partner', zone: 'third', purpose: 'BENEFIT_SHARING' },
  analyst: { kind: 'analyst', credential: 'token', person: 'analyst' },
  admin: { kind: 'admin', credential: 'token', person: 'admin' },
} as const satisfies Record<string, Caller>;

export type Who = keyof typeof CALLERS;
export const EVERYBODY = Object.keys(CALLERS) as Who[];

function officer(agency: Agency, zone: 'home' | 'away' | 'third') {
  return {
    kind: 'officer',
    credential: 'token',
    person: `${agency} ${zone}`,
    agency,
    zone,
    roles: OFFICER_ROLES,
  } as const;
}

/** What the issuer calls people is drawn anew for each world. */
export const PERSONS: readonly string[] = [
  ...new Set(Object.values(CALLERS).flatMap((caller) => ('person' in caller ? [caller.person] : []))),
];
