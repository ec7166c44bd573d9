import { readFileSync } from 'node:fs';
import { Decisions, isMet, loadSupergraph, policiesOf } from '@bridgehead/federation';
import { mayEverWrite, mayWrite } from '../../../../src/domain/access/decision.ts';
import { WRITE_RELATIONS } from '../../../../src/domain/access/write-relation.ts';
import { isMutationName, MUTATIONS, WRITES } from '../../../../src/domain/access/write-table.ts';
import { grantsOf } from '../../../../src/domain/grants.ts';
import { OFFICER_ROLES, type Viewer } from '../../../../src/domain/viewer.ts';
import { SCALARS } from '../../../../src/subgraph/scalars.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'), { scalars: SCALARS });
const IN_SCHEMA = Object.keys(supergraph.apiSchema.getMutationType()?.getFields() ?? {});

const officer = (...roles: (typeof OFFICER_ROLES)[number][]): Viewer => ({
  kind: 'officer',
  person: 'o',
  agency: 'PARK',
  zone: 'zone_teda',
  roles,
});
const VIEWERS: readonly Viewer[] = [
  { kind: 'anonymous' },
  { kind: 'applicant', person: 'p' },
  { kind: 'caseHolder', caseId: 'case_1' },
  officer(),
  ...OFFICER_ROLES.map((role) => officer(role)),
  { kind: 'clerk', person: 'c', enterprise: 'ent_1' },
  { kind: 'partner', zone: 'zone_teda', key: 'k' },
  { kind: 'analyst', person: 'a' },
  { kind: 'admin', person: 'a' },
];

test('the table has the mutations of the schema', () => {
  expect(MUTATIONS.toSorted()).toEqual(IN_SCHEMA.toSorted());
});

test('the schema asks for what the table asks for, of every kind and role', () => {
  const different = IN_SCHEMA.filter(isMutationName).flatMap((mutation) => {
    const requirement = supergraph.rules.get(`Mutation.${mutation}`);
    if (!requirement) return [`${mutation}: no rule`];
    return VIEWERS.filter((viewer) => {
      const decisions = new Decisions(grantsOf(viewer));
      decisions.ask(policiesOf(requirement));
      return isMet(requirement, decisions) !== mayEverWrite(viewer, mutation);
    }).map((viewer) => `${mutation}: ${JSON.stringify(viewer)}`);
  });
  expect(different).toEqual([]);
});

test('lets no viewer write a row without a relation to it', () => {
  const all = officer(...OFFICER_ROLES);
  for (const mutation of MUTATIONS) {
    for (const viewer of [...VIEWERS, all]) {
      const relations: readonly string[] = WRITE_RELATIONS[WRITES[mutation].row][viewer.kind];
      if (relations.includes('NONE')) expect(mayWrite(viewer, mutation, 'NONE' as never)).toBe(false);
      for (const strange of ['toString', 'HANDLING ', 'VISITOR']) {
        expect(mayWrite(viewer, mutation, strange as never)).toBe(false);
      }
    }
  }
});

test('lets an officer without a role write nothing', () => {
  for (const mutation of MUTATIONS) expect(mayEverWrite(officer(), mutation)).toBe(false);
});
