/** One question of who sees what, drawn at random, and its two answers: the table's and Cedar's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CedarValueJson, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { type CaseBinding, caseRelation } from '../../src/domain/access/case-relation.ts';
import { formOf } from '../../src/domain/access/decision.ts';
import { type FieldGroup, GUARDED } from '../../src/domain/access/fields.ts';
import { PARTNER_PURPOSES, PURPOSES, type Purpose } from '../../src/domain/access/purpose.ts';
import {
  type AgreementBinding,
  agreementRelation,
  caseTypeRelation,
  developerRelation,
  type EnterpriseBinding,
  enterpriseRelation,
  parkRelation,
  type RegisterBinding,
  type RowKind,
  registerRelation,
  relocationRelation,
  type WorklistBinding,
  worklistRelation,
} from '../../src/domain/access/relation.ts';
import type { Form } from '../../src/domain/access/table.ts';
import { AGENCIES, type Agency } from '../../src/domain/cases/agency.ts';
import { COUNTER_DUTIES } from '../../src/domain/linkages/case-terms.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { viewers } from '../fixtures/viewers.ts';

export interface Rows {
  readonly case: CaseBinding;
  readonly enterprise: EnterpriseBinding;
  readonly register: RegisterBinding;
  readonly agreement: AgreementBinding;
  readonly relocation: {
    readonly enterpriseId: string;
    readonly zoneIds: readonly string[];
    readonly agreement: AgreementBinding | null;
  };
  readonly caseType: { readonly opinionsFrom: readonly Agency[] };
  readonly park: { readonly zoneId: string; readonly acceptorZoneId: string | null };
  readonly worklist: WorklistBinding;
  readonly developerAccount: { readonly zoneId: string };
}

type RowChoice = { readonly [Row in RowKind]: { readonly kind: Row; readonly row: Rows[Row] } }[RowKind];

export interface Question {
  readonly viewer: Viewer;
  readonly group: FieldGroup;
  readonly purpose: Purpose;
  readonly about: RowChoice;
}

const name = fc.constantFrom('a', 'b');
const zone = fc.constantFrom('zone_teda', 'zone_baodi');
const zones = fc.uniqueArray(zone);
const agency = fc.constantFrom(...AGENCIES);
const agreement = fc.record({ zoneIds: zones, purposes: fc.subarray([...PARTNER_PURPOSES]) });

/** Rows with as few names as viewers have, so that they meet. */
export const rows: { readonly [Row in RowKind]: fc.Arbitrary<Rows[Row]> } = {
  case: fc.record(
    {
      id: name,
      applicantId: name,
      zoneId: zone,
      route: fc.constantFrom('ACADEMIC', 'URGENTLY_NEEDED', 'PRIMARY_SCHOOL'),
      enterpriseId: fc.option(name),
      handler: fc.option(agency),
      opinionsFrom: fc.uniqueArray(agency, { maxLength: 3 }),
      course: fc.record({
        submittedOn: fc.option(fc.constant('2020-03-10'), { freq: 5 }),
        state: fc.constantFrom('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'APPROVED', 'REJECTED', 'CLOSED'),
        handedOverOn: fc.option(fc.constant('2020-03-12')),
      }),
      counter: fc.record({ zoneId: zone, duties: fc.subarray([...COUNTER_DUTIES]) }),
    },
    { requiredKeys: ['id', 'applicantId', 'zoneId', 'route', 'enterpriseId', 'handler', 'opinionsFrom', 'course'] },
  ) as fc.Arbitrary<CaseBinding>,
  enterprise: fc.record({ id: name, homeZoneId: zone, hostZoneIds: zones, isConfirmed: fc.boolean() }),
  register: fc.record({ enterpriseId: name, zoneIds: zones }),
  agreement,
  relocation: fc.record({ enterpriseId: name, zoneIds: zones, agreement: fc.option(agreement) }),
  caseType: fc.record({ opinionsFrom: fc.uniqueArray(agency, { maxLength: 3 }) }),
  park: fc.record({ zoneId: zone, acceptorZoneId: fc.option(zone) }),
  worklist: fc.record({ zoneId: zone, agency }),
  developerAccount: fc.record({ zoneId: zone }),
};

const ALL_PURPOSES = [...new Set(Object.values(PURPOSES).flat())];
const KINDS = Object.keys(rows) as RowKind[];
const groupsOf = (kind: RowKind) =>
  (Object.keys(GUARDED) as FieldGroup[]).filter((group) => GUARDED[group].row === kind);

/** Mostly of cases, of which there is most to say; with a purpose that this kind of viewer can have. */
export const questions: fc.Arbitrary<Question> = fc
  .tuple(fc.constantFrom('case', 'case', 'case', ...KINDS), viewers)
  .chain(([kind, viewer]) =>
    fc.record({
      viewer: fc.constant(viewer),
      group: fc.constantFrom(...groupsOf(kind)),
      purpose: fc.constantFrom(...ALL_PURPOSES.filter((each) => PURPOSES[viewer.kind].some((one) => one === each))),
      about: (rows[kind] as fc.Arbitrary<never>).map((row) => ({ kind, row }) as RowChoice),
    }),
  );

/** What the table says. */
export function byTable({ viewer, group, purpose, about }: Question): Form {
  return formOf(viewer.kind, group, relationTo(viewer, about, purpose), purpose);
}

function relationTo(viewer: Viewer, about: RowChoice, purpose: Purpose): string {
  switch (about.kind) {
    case 'case':
      return caseRelation(viewer, about.row);
    case 'enterprise':
      return enterpriseRelation(viewer, about.row);
    case 'register':
      return registerRelation(viewer, about.row);
    case 'agreement':
      return agreementRelation(viewer, about.row, purpose);
    case 'relocation':
      return relocationRelation(viewer, about.row, about.row.agreement, purpose);
    case 'caseType':
      return caseTypeRelation(viewer, about.row);
    case 'park':
      return parkRelation(viewer, about.row.zoneId, about.row.acceptorZoneId ?? undefined);
    case 'worklist':
      return worklistRelation(viewer, about.row);
    case 'developerAccount':
      return developerRelation(viewer, about.row.zoneId);
  }
}

interface CedarQuestion {
  readonly principal: CedarThing;
  readonly action: string;
  readonly resource: CedarThing;
  readonly context: Attributes;
}

interface CedarThing {
  readonly type: string;
  readonly attributes: Attributes;
}

/** Returns what decides by the policies of `<name>.cedar`. */
export function cedarOf(name: string): (question: CedarQuestion) => boolean {
  const staticPolicies = readFileSync(join(import.meta.dirname, `${name}.cedar`), 'utf8');
  const parsed = preparsePolicySet(name, { staticPolicies });
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
  return ({ principal, action, resource, context }) => {
    const viewer = { type: principal.type, id: 'viewer' };
    const row = { type: resource.type, id: 'row' };
    const answer = statefulIsAuthorized({
      principal: viewer,
      resource: row,
      action: { type: 'Action', id: action },
      context,
      preparsedPolicySetId: name,
      entities: [
        { uid: viewer, attrs: principal.attributes, parents: [] },
        { uid: row, attrs: resource.attributes, parents: [] },
      ],
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors));
    return decision === 'allow';
  };
}

const isPermitted = cedarOf('access');

/** What Cedar says. */
export function byCedar({ viewer, group, purpose, about }: Question): Form {
  const question = {
    principal: { type: capitalised(viewer.kind), attributes: attributesOfViewer(viewer) },
    resource: { type: capitalised(about.kind), attributes: attributesOf(about) },
    context: { group, purpose },
  };
  if (isPermitted({ ...question, action: 'full' })) return 'FULL';
  return isPermitted({ ...question, action: 'masked' }) ? 'MASKED' : 'HIDDEN';
}

export function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

type Attributes = Record<string, CedarValueJson>;

export function attributesOfViewer({ kind: _, ...bound }: Viewer): Attributes {
  const { caseId, roles: __, ...rest } = { caseId: undefined, roles: undefined, ...bound };
  return { ...rest, ...(caseId === undefined ? {} : { case: caseId }) };
}

export function attributesOf(about: RowChoice): Attributes {
  switch (about.kind) {
    case 'case': {
      const { id, applicantId, zoneId, route, enterpriseId, handler, opinionsFrom, course, counter } = about.row;
      return {
        id,
        applicant: applicantId,
        zone: zoneId,
        route,
        ...(enterpriseId === null ? {} : { enterprise: enterpriseId }),
        handedIn: course.submittedOn !== null,
        state: course.state,
        handedOver: course.handedOverOn != null,
        ...(counter ? { counter: counter.zoneId, duties: [...counter.duties] } : {}),
        asked: [...opinionsFrom],
        // Where nobody has it in hand it is the agency that decides: the last of those asked, or who takes all cases in.
        inCharge: handler ?? opinionsFrom.at(-1) ?? 'PARK',
      };
    }
    case 'enterprise':
      return {
        id: about.row.id,
        home: about.row.homeZoneId,
        hosts: [...about.row.hostZoneIds],
        confirmed: about.row.isConfirmed,
      };
    case 'register':
      return { enterprise: about.row.enterpriseId, zones: [...about.row.zoneIds] };
    case 'agreement':
      return attributesOfAgreement(about.row);
    case 'relocation': {
      const { enterpriseId, zoneIds, agreement: restsOn } = about.row;
      return {
        enterprise: enterpriseId,
        zones: [...zoneIds],
        ...(restsOn === null ? {} : { agreement: attributesOfAgreement(restsOn) }),
      };
    }
    case 'caseType': {
      const decides = about.row.opinionsFrom.at(-1);
      return decides === undefined ? {} : { decides };
    }
    case 'park': {
      const { zoneId, acceptorZoneId } = about.row;
      return { zone: zoneId, ...(acceptorZoneId === null ? {} : { acceptor: acceptorZoneId }) };
    }
    case 'worklist':
      return { zone: about.row.zoneId, agency: about.row.agency };
    case 'developerAccount':
      return { zone: about.row.zoneId };
  }
}

function attributesOfAgreement({ zoneIds, purposes }: AgreementBinding): Attributes {
  return { parties: [...zoneIds], purposes: [...purposes] };
}
