import { AGENCIES, type Agency } from '../../src/domain/cases/agency.ts';
import { OFFICER_ROLES, type OfficerRole, type ViewerKind } from '../../src/domain/viewer.ts';
import type { EnterpriseName } from './enterprises-world.ts';

/** The two zones of the world: everything is there twice. */
export const SIDES = ['home', 'away'] as const;
export type Side = (typeof SIDES)[number];

/** Somebody who tries to write. `side` is where an officer, a clerk, a partner or an applicant belongs. */
export interface Writer {
  readonly name: string;
  readonly kind: ViewerKind;
  /** What the issuer calls them. */
  readonly person: string;
  readonly side: Side | null;
  readonly agency?: Agency;
  readonly roles?: readonly OfficerRole[];
  /** For a case holder, the home side's case whose receipt and secret they have. */
  readonly holds?: 'draft' | 'delivered';
  /** For a clerk, the enterprise of the side, where it isn't the settled one. */
  readonly speaksFor?: EnterpriseName;
  /** Whether their token is signed by somebody else. */
  readonly isForged?: boolean;
}

const ROLE_SETS: readonly (readonly OfficerRole[])[] = [[], ...OFFICER_ROLES.map((role) => [role]), OFFICER_ROLES];

function officer(side: Side, agency: Agency, roles: readonly OfficerRole[]): Writer {
  const set = roles.length === OFFICER_ROLES.length ? 'ALL' : roles.join() || 'NONE';
  const name = `${side} ${agency} ${set}`;
  return { name, kind: 'officer', person: `officer-${name.replaceAll(' ', '-')}`, side, agency, roles };
}

/** Everybody: each kind of caller, and officers of every agency with no role, each role and all of them. */
export const WRITERS: readonly Writer[] = [
  { name: 'anonymous', kind: 'anonymous', person: '', side: null },
  { name: 'forger', kind: 'applicant', person: 'applicant-home', side: 'home', isForged: true },
  ...SIDES.map((side): Writer => ({ name: `applicant ${side}`, kind: 'applicant', person: `applicant-${side}`, side })),
  { name: 'stranger', kind: 'applicant', person: 'applicant-stranger', side: null },
  ...SIDES.map((side): Writer => ({ name: `clerk ${side}`, kind: 'clerk', person: `clerk-${side}`, side })),
  { name: 'clerk of moving', kind: 'clerk', person: 'clerk-moving', side: 'home', speaksFor: 'moving' },
  ...SIDES.map((side): Writer => ({ name: `partner ${side}`, kind: 'partner', person: `partner-${side}`, side })),
  ...(['draft', 'delivered'] as const).map(
    (holds): Writer => ({ name: `holder of ${holds}`, kind: 'caseHolder', person: '', side: 'home', holds }),
  ),
  { name: 'analyst', kind: 'analyst', person: 'analyst', side: null },
  { name: 'admin', kind: 'admin', person: 'admin', side: null },
  ...AGENCIES.flatMap((agency) => ROLE_SETS.map((roles) => officer('home', agency, roles))),
  ...AGENCIES.flatMap((agency) => [officer('away', agency, []), officer('away', agency, OFFICER_ROLES)]),
];

export function writerNamed(name: string): Writer {
  const writer = WRITERS.find((each) => each.name === name);
  if (!writer) throw new Error(`There is no writer "${name}".`);
  return writer;
}
