import type { Agency } from '../../domain/cases/agency.ts';
import type { OfficerRole } from '../../domain/viewer.ts';
import { TEDA } from './parks/zones.ts';

/** An invented officer, whom the local issuer knows. */
export interface DemoOfficer {
  /** The officer's identifier at the issuer. */
  readonly person: string;
  /** The officer's work in a few words. */
  readonly does: string;
  readonly agency: Agency;
  readonly zone: string;
  readonly roles: readonly OfficerRole[];
}

const of = (agency: Agency, person: string, does: string, ...roles: readonly OfficerRole[]): DemoOfficer => ({
  person,
  does,
  agency,
  zone: TEDA,
  roles,
});

/** Officers of the headline park's zone. Different officers publish figures and accept them. */
export const DEMO_OFFICERS: readonly DemoOfficer[] = [
  of('PARK', 'officer-reception', 'receives cases', 'RECEIVE', 'REVEAL'),
  of('PARK', 'officer-registry', 'registers, reports for and tracks enterprises', 'REGISTER', 'REPORT', 'TRACK'),
  of('PARK', 'officer-figures', 'publishes figures and proposes corrections', 'PUBLISH_FIGURES'),
  of('PARK', 'officer-acceptance', 'accepts figures and corrections', 'ACCEPT_FIGURES'),
  of('HRSS', 'officer-hrss', 'reviews, decides and publishes', 'REVIEW', 'DECIDE', 'REVEAL', 'PUBLISH'),
  of('EDU', 'officer-edu', 'reviews, decides and publishes', 'REVIEW', 'DECIDE', 'REVEAL', 'PUBLISH'),
  of('PSB', 'officer-psb', 'reviews and decides', 'REVIEW', 'DECIDE', 'REVEAL'),
  of('HOUSING', 'officer-housing', 'reviews, decides and publishes', 'REVIEW', 'DECIDE', 'REVEAL', 'PUBLISH'),
  of('PARK', 'officer-newcomer', 'has no role yet'),
];

/** Returns the demo officer of an identifier; undefined if there is none. */
export function demoOfficer(person: string | undefined): DemoOfficer | undefined {
  return DEMO_OFFICERS.find((officer) => officer.person === person);
}
