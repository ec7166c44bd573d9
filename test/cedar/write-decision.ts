/** One question of who may write what, drawn at random, and its two answers: the table's and Cedar's. */
import fc from 'fast-check';
import { caseRelation, opinionRelation } from '../../src/domain/access/case-relation.ts';
import { mayWrite } from '../../src/domain/access/decision.ts';
import {
  caseTypeRelation,
  enterpriseRelation,
  parkRelation,
  type WorklistBinding,
} from '../../src/domain/access/relation.ts';
import {
  type AdmissionBinding,
  type ApiKeyBinding,
  admissionRelation,
  apiKeyRelation,
  claimRelation,
  endpointRelation,
  ledgerRelation,
  type MoveBinding,
  moveRelation,
  type OfferBinding,
  offerRelation,
  type QuestionBinding,
  questionRelation,
  type RegistrationBinding,
  recordRelation,
  registrationRelation,
  type SuccessionBinding,
  successionRelation,
  type UnitBinding,
  unitRelation,
  type WriteRow,
} from '../../src/domain/access/write-relation.ts';
import { MUTATIONS, type MutationName, WRITES } from '../../src/domain/access/write-table.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import { saverOf } from '../../src/domain/questions/saved-question.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { viewers } from '../fixtures/viewers.ts';
import { attributesOf, attributesOfViewer, capitalised, cedarOf, type Rows, rows } from './decision.ts';

interface WriteRows extends Pick<Rows, 'case' | 'caseType' | 'enterprise' | 'park'> {
  /** Null where only the administration answers for the record. */
  readonly record: { readonly zoneId: string | null };
  readonly registration: RegistrationBinding;
  readonly admission: AdmissionBinding;
  readonly succession: SuccessionBinding;
  readonly move: MoveBinding;
  readonly offer: OfferBinding;
  readonly ledger: { readonly zoneIds: readonly string[] };
  readonly unit: UnitBinding;
  readonly apiKey: ApiKeyBinding;
  readonly webhookEndpoint: { readonly zoneId: string };
  readonly question: QuestionBinding;
  readonly self: null;
  readonly opinion: Rows['case'];
  readonly claim: (WorklistBinding & { readonly claim: { readonly by: string } | null }) | null;
}

type RowChoice = { readonly [Row in WriteRow]: { readonly kind: Row; readonly row: WriteRows[Row] } }[WriteRow];

export interface WriteQuestion {
  readonly viewer: Viewer;
  readonly mutation: MutationName;
  readonly about: RowChoice;
}

const name = fc.constantFrom('a', 'b');
const zone = fc.constantFrom('zone_teda', 'zone_baodi');
const claim = fc.option(fc.record({ by: fc.constantFrom('a', 'b') }));

const written: { readonly [Row in WriteRow]: fc.Arbitrary<WriteRows[Row]> } = {
  ...rows,
  record: fc.record({ zoneId: fc.option(zone, { freq: 9 }) }),
  registration: fc.record({ enterpriseId: name, homeZoneId: zone }),
  succession: fc.record({ enterpriseIds: fc.array(name, { maxLength: 3 }), zoneIds: fc.array(zone, { maxLength: 3 }) }),
  admission: fc.record({ enterpriseId: name, parkZoneId: zone }),
  move: fc.record({
    enterpriseId: name,
    move: fc.option(fc.record({ fromZoneId: zone, toZoneId: fc.constant('zone_x') }), { freq: 9 }),
  }),
  offer: fc.record({ enterpriseId: fc.option(name), zoneId: zone }),
  ledger: fc.record({ zoneIds: fc.array(zone, { maxLength: 2 }) }),
  unit: fc.record({ enterpriseId: fc.option(name) }),
  apiKey: fc.record({ zoneId: zone, keyId: fc.option(name), isByKey: fc.boolean() }),
  webhookEndpoint: fc.record({ zoneId: zone }),
  question: fc.record({
    audience: fc.constantFrom('OWN', 'ZONE', 'PUBLIC'),
    savedBy: fc.oneof(
      fc.record({ kind: fc.constantFrom('analyst', 'admin'), person: name }).map((viewer) => saverOf(viewer)),
      fc.record({ kind: fc.constant('partner' as const), zone, key: name }).map((viewer) => saverOf(viewer)),
    ),
    zoneId: fc.option(zone, { freq: 9 }),
  }),
  self: fc.constant(null),
  opinion: rows.case,
  claim: fc.option(
    fc.tuple(rows.worklist, claim).map(([work, by]) => ({ ...work, claim: by })),
    { freq: 9 },
  ),
};

/** Callers with two names, so that they meet what is theirs; half of them are officers, of whom there is most to say. */
const writers = fc.oneof(
  viewers.filter(({ kind }) => kind === 'officer'),
  fc.oneof(
    fc.constant<Viewer>({ kind: 'anonymous' }),
    fc.record({ kind: fc.constantFrom('applicant', 'applicant', 'analyst', 'admin'), person: name }),
    fc.record({ kind: fc.constant('caseHolder' as const), caseId: name }),
    fc.record({ kind: fc.constant('clerk' as const), person: name, enterprise: name }),
    fc.record({ kind: fc.constant('partner' as const), zone: fc.constant('zone_teda'), key: name }),
  ),
);

/** Returns questions of one mutation. Every second officer is of the row's zone, and every second one of its agency. */
export function questionsOf(mutation: MutationName): fc.Arbitrary<WriteQuestion> {
  const kind: WriteRow = WRITES[mutation].row;
  return fc
    .record({ viewer: writers, isInZone: fc.boolean(), isOfAgency: fc.boolean(), isOwn: fc.boolean() })
    .chain(({ viewer, isInZone, isOfAgency, isOwn }) =>
      (written[kind] as fc.Arbitrary<never>).map((row) => {
        const about = { kind, row } as RowChoice;
        if (about.kind === 'question')
          return askedOfQuestion(viewer, mutation, about.row, { isOwn, isInZone, isOfAgency });
        if (viewer.kind !== 'officer') return { viewer, mutation, about };
        const person = isOwn && about.kind === 'claim' ? (about.row?.claim?.by ?? viewer.person) : viewer.person;
        const zone = isInZone ? (zoneOf(about) ?? viewer.zone) : viewer.zone;
        const agency = isOfAgency ? (agencyOf(about) ?? viewer.agency) : viewer.agency;
        if (isOwn && about.kind === 'case' && about.row.counter)
          return askedAtCounter(viewer, mutation, about, isInZone);
        return { viewer: { ...viewer, person, zone, agency }, mutation, about };
      }),
    );
}

/** A saved question, every second one of who asks; every second officer of its zone, and with one role alone. */
function askedOfQuestion(
  viewer: Viewer,
  mutation: MutationName,
  row: QuestionBinding,
  { isOwn, isInZone, isOfAgency }: Readonly<Record<'isOwn' | 'isInZone' | 'isOfAgency', boolean>>,
): WriteQuestion {
  const zone = isInZone ? row.zoneId : null;
  const roles = isOfAgency ? { roles: [isInZone ? ('PUBLISH' as const) : ('RECEIVE' as const)] } : {};
  const asking = viewer.kind === 'officer' ? { ...viewer, ...roles, ...(zone !== null && { zone }) } : viewer;
  return {
    viewer: asking,
    mutation,
    about: { kind: 'question', row: isOwn ? { ...row, savedBy: saverOf(asking) } : row },
  };
}

/** The question of an officer at the counter that received the case for another zone; every second one has the case. */
function askedAtCounter(
  viewer: Viewer,
  mutation: MutationName,
  { kind, row }: Extract<RowChoice, { readonly kind: 'case' }>,
  hasIt: boolean,
): WriteQuestion {
  const counterZone = row.counter?.zoneId ?? '';
  const zoneId = counterZone === 'zone_teda' ? 'zone_baodi' : 'zone_teda';
  const course = hasIt ? { submittedOn: '2020-03-10', state: 'SUBMITTED', handedOverOn: null } : row.course;
  const atCounter = viewer.kind === 'officer' ? ({ ...viewer, zone: counterZone, agency: 'PARK' } as const) : viewer;
  return { viewer: atCounter, mutation, about: { kind, row: { ...row, zoneId, course } } };
}

function zoneOf({ kind, row }: RowChoice): string | undefined {
  switch (kind) {
    case 'enterprise':
    case 'registration':
      return row.homeZoneId;
    case 'admission':
      return row.parkZoneId;
    case 'succession':
    case 'ledger':
      return row.zoneIds[0];
    case 'move':
      return row.move?.toZoneId;
    case 'self':
    case 'unit':
    case 'caseType':
      return undefined;
    default:
      return row?.zoneId ?? undefined;
  }
}

function agencyOf({ kind, row }: RowChoice): Agency | undefined {
  if (kind === 'claim') return row?.agency;
  if (kind === 'case') return row.handler ?? row.opinionsFrom.at(-1);
  return kind === 'opinion' || kind === 'caseType' ? row.opinionsFrom.at(-1) : undefined;
}

export const writeQuestions: fc.Arbitrary<WriteQuestion> = fc.constantFrom(...MUTATIONS).chain(questionsOf);

/** Returns what the table says. */
export function mayByTable({ viewer, mutation, about }: WriteQuestion): boolean {
  return mayWrite(viewer, mutation, relationTo(viewer, about) as never);
}

function relationTo(viewer: Viewer, about: RowChoice): string {
  switch (about.kind) {
    case 'self':
      return 'SELF';
    case 'case':
      return caseRelation(viewer, about.row);
    case 'opinion':
      return opinionRelation(viewer, about.row);
    case 'claim':
      return claimRelation(viewer, about.row);
    case 'caseType':
      return caseTypeRelation(viewer, about.row);
    case 'enterprise':
      return enterpriseRelation(viewer, about.row);
    case 'park':
      return parkRelation(viewer, about.row.zoneId, about.row.acceptorZoneId ?? undefined);
    case 'record':
      return recordRelation(viewer, about.row.zoneId);
    case 'registration':
      return registrationRelation(viewer, about.row);
    case 'admission':
      return admissionRelation(viewer, about.row);
    case 'succession':
      return successionRelation(viewer, about.row);
    case 'move':
      return moveRelation(viewer, about.row);
    case 'ledger':
      return ledgerRelation(viewer, about.row);
    case 'offer':
      return offerRelation(viewer, about.row);
    case 'unit':
      return unitRelation(viewer, about.row);
    case 'apiKey':
      return apiKeyRelation(viewer, about.row);
    case 'webhookEndpoint':
      return endpointRelation(viewer, about.row);
    case 'question':
      return questionRelation(viewer, saverOf(viewer), about.row);
  }
}

const isPermitted = cedarOf('writes');

/** Returns what Cedar says. */
export function mayByCedar({ viewer, mutation, about }: WriteQuestion): boolean {
  const roles = viewer.kind === 'officer' ? { roles: [...viewer.roles] } : {};
  return isPermitted({
    principal: {
      type: capitalised(viewer.kind),
      attributes: { ...attributesOfViewer(viewer), ...roles, saver: saverOf(viewer) },
    },
    action: mutation,
    resource: resourceOf(about),
    context: {},
  });
}

function resourceOf(about: RowChoice) {
  switch (about.kind) {
    case 'self':
      return { type: 'Self', attributes: {} };
    case 'opinion':
      return { type: 'Case', attributes: attributesOf({ kind: 'case', row: about.row }) };
    case 'claim': {
      const { row } = about;
      const by = row?.claim ? { claimedBy: row.claim.by } : {};
      // What is in no list is in the list of no zone.
      return { type: 'Work', attributes: { zone: row?.zoneId ?? '', agency: row?.agency ?? '', ...by } };
    }
    case 'record': {
      const { zoneId } = about.row;
      return { type: 'Record', attributes: zoneId === null ? {} : { zone: zoneId } };
    }
    case 'registration':
      return {
        type: 'Registration',
        attributes: { enterprise: about.row.enterpriseId, home: about.row.homeZoneId },
      };
    case 'admission':
      return { type: 'Admission', attributes: { enterprise: about.row.enterpriseId, zone: about.row.parkZoneId } };
    case 'succession':
      return {
        type: 'Succession',
        attributes: { enterprises: [...about.row.enterpriseIds], zones: [...about.row.zoneIds] },
      };
    case 'ledger':
      return { type: 'Ledger', attributes: { parties: [...about.row.zoneIds] } };
    case 'unit': {
      const { enterpriseId } = about.row;
      return { type: 'Unit', attributes: enterpriseId === null ? {} : { enterprise: enterpriseId } };
    }
    case 'apiKey': {
      const { zoneId, keyId, isByKey } = about.row;
      return { type: 'ApiKey', attributes: { zone: zoneId, byKey: isByKey, ...(keyId !== null && { id: keyId }) } };
    }
    case 'webhookEndpoint':
      return { type: 'WebhookEndpoint', attributes: { zone: about.row.zoneId } };
    case 'question': {
      const { audience, savedBy, zoneId } = about.row;
      const of = { audience, ...(savedBy !== null && { savedBy }), ...(zoneId !== null && { zone: zoneId }) };
      return { type: 'Question', attributes: of };
    }
    case 'offer': {
      const { enterpriseId, zoneId } = about.row;
      return {
        type: 'Offer',
        attributes: { zone: zoneId, ...(enterpriseId !== null && { enterprise: enterpriseId }) },
      };
    }
    case 'move': {
      const { enterpriseId, move } = about.row;
      const zones = move ? { from: move.fromZoneId, to: move.toZoneId } : {};
      return { type: 'Move', attributes: { enterprise: enterpriseId, ...zones } };
    }
    default:
      return { type: capitalised(about.kind), attributes: attributesOf(about) };
  }
}
