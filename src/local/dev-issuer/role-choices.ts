import type { TokenKind } from '../../auth/trusted-issuers.ts';
import { AGENCIES, type Agency } from '../../domain/cases/agency.ts';
import { OFFICER_ROLES } from '../../domain/viewer.ts';
import { enterpriseOf } from '../demo-data/enterprises/enterprises.ts';
import { DEMO_OFFICERS } from '../demo-data/officers.ts';
import { demoParks, HEADLINE_PARK } from '../demo-data/parks/parks.ts';
import { BAODI, TEDA, zones } from '../demo-data/parks/zones.ts';
import { SCALES } from '../demo-data/scale.ts';
import { CASES_A_PERSON, personOf } from '../demo-data/talent/persons.ts';
import type { BearerChoice } from './bearer.ts';

/** Listed persons per role. `npm run token` makes a token for any other. */
const LISTED = 24;

interface Option {
  readonly value: string;
  readonly label: string;
}

/** A choice in the role picker: one of several options, or any number of them, all preselected. */
export interface Choice {
  readonly name: keyof BearerChoice;
  readonly label: string;
  readonly options: readonly Option[];
  readonly several?: boolean;
  /** The preselected option, if it isn't the first. */
  readonly usual?: string;
}

export interface RoleChoice {
  readonly kind: TokenKind;
  readonly title: string;
  readonly does: string;
  readonly choices: readonly Choice[];
}

const AGENCY_NAMES: Readonly<Record<Agency, string>> = {
  PARK: 'Park office',
  HRSS: 'Human resources and social security',
  EDU: 'Education',
  PSB: 'Public security',
  HOUSING: 'Housing',
};

/** Returns the roles to choose from, each with the demo data that it can be bound to. */
export function roleChoices(): readonly RoleChoice[] {
  const zoneOptions = zones().map(({ code, name }) => ({ value: `zone_${code}`, label: name.en }));
  const capital = (word: string) => (word.charAt(0) + word.slice(1).toLowerCase()).replaceAll('_', ' ');
  return [
    {
      kind: 'officer',
      title: 'Officer',
      does: 'Works on the cases and enterprises of an agency in a zone.',
      choices: [
        {
          name: 'agency',
          label: 'Agency',
          options: AGENCIES.map((value) => ({ value, label: AGENCY_NAMES[value] })),
          usual: 'PARK',
        },
        { name: 'zone', label: 'Zone', options: zoneOptions, usual: TEDA },
        {
          name: 'roles',
          label: 'Roles',
          options: OFFICER_ROLES.map((value) => ({ value, label: capital(value) })),
          several: true,
        },
      ],
    },
    {
      kind: 'officer',
      title: 'Demo officer',
      does: 'An officer of the demo data, with that officer’s agency and roles.',
      choices: [{ name: 'person', label: 'Person', options: demoOfficers() }],
    },
    {
      kind: 'applicant',
      title: 'Applicant',
      does: 'A talent with cases of their own.',
      choices: [{ name: 'person', label: 'Person', options: demoPersons() }],
    },
    {
      kind: 'clerk',
      title: 'Clerk of an enterprise',
      does: 'Reports and asks for one enterprise.',
      choices: [{ name: 'enterprise', label: 'Enterprise', options: demoEnterprises() }],
    },
    {
      kind: 'partner',
      title: 'Partner zone',
      does: 'The system of a zone that has agreements with others.',
      choices: [{ name: 'zone', label: 'Zone', options: zoneOptions, usual: BAODI }],
    },
    { kind: 'analyst', title: 'Analyst', does: 'Reads what is published.', choices: [] },
    { kind: 'admin', title: 'Administrator', does: 'Registers enterprises, publishes, keeps the system.', choices: [] },
  ];
}

function demoOfficers(): Option[] {
  return DEMO_OFFICERS.map(({ person, agency, does }) => ({
    value: person,
    label: `${person} · ${AGENCY_NAMES[agency]}, ${does}`,
  }));
}

function demoPersons(): Option[] {
  const parks = demoParks(SCALES.S);
  return Array.from({ length: LISTED }, (_, index) => {
    const { personId, masked } = personOf(index + 1, parks);
    const last = (index + 1) * CASES_A_PERSON;
    return { value: personId, label: `${masked.name} · ${personId}, cases ${last - CASES_A_PERSON + 1}-${last}` };
  });
}

function demoEnterprises(): Option[] {
  const park = demoParks(SCALES.S).find(({ id }) => id === HEADLINE_PARK);
  if (!park) throw new Error('the demo data have no headline park');
  return Array.from({ length: LISTED }, (_, index) => {
    const { id, name } = enterpriseOf(park, index);
    return { value: id, label: name.en };
  });
}
