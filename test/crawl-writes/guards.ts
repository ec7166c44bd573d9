import type { deniedOf } from '../../packages/federation/src/authorization/authorize.ts';
import type { opinionRelation } from '../../src/domain/access/case-relation.ts';
import type { mayEverWrite, mayWrite } from '../../src/domain/access/decision.ts';
import type * as relations from '../../src/domain/access/relation.ts';
import type { decideReveal } from '../../src/domain/access/reveal.ts';
import type * as writeRelations from '../../src/domain/access/write-relation.ts';
import type { MutationName } from '../../src/domain/access/write-table.ts';
import type { relationOf } from '../../src/domain/cases/access.ts';
import type { decideImport } from '../../src/domain/imports/imported-enterprise.ts';
import type { decideStep } from '../../src/domain/published-figures/proposal.ts';
import { GUARDS as READ_GUARDS, type Replaced } from '../crawl/guards.ts';

/** A guard of writes, and what stands in its place when it is gone. */
export interface WriteGuard extends Replaced {
  readonly name: string;
  /** The guards before it, that are gone too: with one of them in its place this one isn't reached. */
  readonly behind: readonly string[];
  /** The mutation that it guards alone: all attempts at it are made. Else a share of all. */
  readonly only?: MutationName;
}

function guard<F>(name: string, at: string, instead: (real: F) => F, ...behind: readonly string[]): WriteGuard {
  const [module = '', named = ''] = at.split(' ');
  return { name, module, function: named, instead, isStanding: false, behind } as unknown as WriteGuard;
}

const RELATION = 'domain/access/relation.ts';
const WRITE_RELATION = 'domain/access/write-relation.ts';
const POLICIES = 'gateway: policies';
const BEFORE = 'table: before the mutation';
const WITH_ROW = 'table: with the row';

/** A guard of reads that guards writes too. */
function alsoOfReads(name: string): WriteGuard {
  const known = READ_GUARDS.find((each) => each.name === name);
  if (!known) throw new Error(`There is no guard of reads "${name}".`);
  return { ...known, behind: [] };
}

/** The home zone's officers stand to a registration as another zone's do, and every clerk as the enterprise's own. */
function registered(
  relation: ReturnType<typeof writeRelations.registrationRelation>,
  { kind }: Parameters<typeof writeRelations.registrationRelation>[0],
) {
  if (kind === 'officer') return 'OTHER';
  return kind === 'clerk' ? 'OWN' : relation;
}

const PROPOSERS = guard<typeof decideStep>(
  'figures: never the proposer',
  'domain/published-figures/proposal.ts decideStep',
  (real) => (proposal, step, who) => real(proposal && { ...proposal, proposedBy: 'somebody else' }, step, who),
);

/** Every guard that the crawl of writes shows to be needed: without it somebody changes what is not theirs. */
export const WRITE_GUARDS: readonly WriteGuard[] = [
  guard<typeof deniedOf>(
    POLICIES,
    'packages/federation/src/authorization/authorize.ts deniedOf',
    () => () => [],
    BEFORE,
    WITH_ROW,
  ),
  guard<typeof mayEverWrite>(BEFORE, 'domain/access/decision.ts mayEverWrite', () => () => true, POLICIES, WITH_ROW),
  guard<typeof mayWrite>(WITH_ROW, 'domain/access/decision.ts mayWrite', () => () => true),
  guard<typeof relationOf>(
    'rows: that there is a case',
    'domain/cases/access.ts relationOf',
    () => () => 'OWN',
    WITH_ROW,
  ),
  alsoOfReads('rows: cases'),
  alsoOfReads("rows: a case's agencies"),
  alsoOfReads('rows: enterprises'),
  alsoOfReads('rows: parks'),
  // Of a case of another zone nobody is told; the entry is found by the officer's own agency.
  { ...alsoOfReads("rows: agencies' lists"), behind: ['rows: cases'], only: 'claimWork' },
  guard<typeof relations.caseTypeRelation>(
    "rows: the agency that decides a type's cases",
    `${RELATION} caseTypeRelation`,
    (real) => (viewer, of) => (viewer.kind === 'officer' ? 'DECIDING' : real(viewer, of)),
  ),
  guard<typeof opinionRelation>(
    'rows: whose opinion is asked for',
    'domain/access/case-relation.ts opinionRelation',
    (real) => (viewer, of) => (real(viewer, of) === 'NOT_ASKED' ? 'ASKED' : real(viewer, of)),
  ),
  {
    ...guard<typeof writeRelations.claimRelation>(
      "rows: a colleague's claim",
      `${WRITE_RELATION} claimRelation`,
      (real) => (viewer, work) => (real(viewer, work) === 'COLLEAGUE' ? 'OWN' : real(viewer, work)),
    ),
    only: 'releaseWork',
  },
  guard<typeof writeRelations.registrationRelation>(
    'rows: registrations',
    `${WRITE_RELATION} registrationRelation`,
    (real) => (viewer, of) => registered(real(viewer, of), viewer),
  ),
  guard<typeof writeRelations.admissionRelation>(
    'rows: admissions',
    `${WRITE_RELATION} admissionRelation`,
    (real) => (viewer, of) => (viewer.kind === 'officer' ? 'HOST' : viewer.kind === 'clerk' ? 'OWN' : real(viewer, of)),
  ),
  guard<typeof writeRelations.offerRelation>(
    'rows: offers',
    `${WRITE_RELATION} offerRelation`,
    (real) => (viewer, of) => (viewer.kind === 'officer' ? 'ZONE' : viewer.kind === 'clerk' ? 'OWN' : real(viewer, of)),
  ),
  guard<typeof writeRelations.moveRelation>(
    'rows: moves to a zone',
    `${WRITE_RELATION} moveRelation`,
    (real) => (viewer, of) => (viewer.kind === 'officer' ? 'TO' : real(viewer, of)),
  ),
  guard<typeof writeRelations.moveRelation>(
    'rows: moves from a zone',
    `${WRITE_RELATION} moveRelation`,
    (real) => (viewer, of) => (viewer.kind === 'officer' ? 'FROM' : real(viewer, of)),
  ),
  {
    ...guard<typeof decideReveal>(
      'reveal: the claim',
      'domain/access/reveal.ts decideReveal',
      (real) => (viewer, situation, request) =>
        real(viewer, situation, { ...request, emergency: 'DANGER_TO_LIFE_OR_HEALTH' }),
    ),
    only: 'revealField',
  },
  { ...PROPOSERS, only: 'acceptFigures' },
  guard<typeof decideImport>(
    'imports: an enterprise of another zone',
    'domain/imports/imported-enterprise.ts decideImport',
    (real) => (before, row, frame, lastDay) =>
      real(before && { ...before, homeZoneId: frame.zoneId }, row, frame, lastDay),
  ),
  alsoOfReads("identity: a token's signature"),
];
