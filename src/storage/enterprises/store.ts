import { openOnUse } from '../dynamodb/connection.ts';
import type { Table } from '../dynamodb/table.ts';
import { type Courses, openCourses } from './courses/courses.ts';
import { type Directives, openDirectives } from './directives/directives.ts';
import { type Enterprises, openEnterprises } from './enterprises.ts';
import { type EnterpriseHistory, openEnterpriseHistory } from './history/history.ts';
import { type Imports, openImports } from './imports/imports.ts';
import { type Inspections, openInspections } from './inspections.ts';
import { type KnownParks, openKnownParks } from './known-parks.ts';
import { type Offers, openOffers } from './offers/offers.ts';
import { openPolicyNotices, type PolicyNotices } from './policy-notices.ts';
import { openProjects, type Projects } from './projects.ts';
import { openParkFigures, type ParkFigures } from './published-figures/park-figures.ts';
import { openProposals, type Proposals } from './published-figures/proposals.ts';
import { openPublications, type Publications } from './published-figures/publications.ts';
import { openRegister, type Register } from './register/register.ts';
import { openReports, type Reports } from './reports/reports.ts';
import { openWithdrawals, type Withdrawals } from './reports/withdrawals.ts';
import { openSimulations, type Simulations } from './simulations/simulations.ts';
import { openSupport, type Support } from './support.ts';

/** The enterprises table, opened for one request. */
export interface EnterprisesStore {
  readonly enterprises: Enterprises;
  readonly history: EnterpriseHistory;
  readonly knownParks: KnownParks;
  readonly parkFigures: ParkFigures;
  readonly publications: Publications;
  readonly proposals: Proposals;
  readonly reports: Reports;
  readonly withdrawals: Withdrawals;
  readonly imports: Imports;
  readonly register: Register;
  readonly support: Support;
  readonly projects: Projects;
  readonly inspections: Inspections;
  readonly directives: Directives;
  readonly courses: Courses;
  readonly offers: Offers;
  readonly policyNotices: PolicyNotices;
  readonly simulations: Simulations;
}

export const openEnterprisesStore = openOnUse<Table, EnterprisesStore>({
  enterprises: openEnterprises,
  history: openEnterpriseHistory,
  knownParks: openKnownParks,
  parkFigures: openParkFigures,
  publications: openPublications,
  proposals: openProposals,
  reports: openReports,
  withdrawals: openWithdrawals,
  imports: openImports,
  register: openRegister,
  support: openSupport,
  projects: openProjects,
  inspections: openInspections,
  directives: openDirectives,
  courses: openCourses,
  offers: openOffers,
  policyNotices: openPolicyNotices,
  simulations: openSimulations,
});
