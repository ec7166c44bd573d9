/**
 * The fields that are not public, by schema coordinate, in groups that the law treats the same. Every field without
 * `@tag(name: "public")` is here exactly once. A field below another field of the same row is in its group or in a
 * stricter one.
 */
import { FIELDS_OF_CASES } from './case-fields.ts';
import { FIELDS_OF_DEVELOPERS } from './developer-fields.ts';
import { FIELDS_OF_LEDGERS } from './ledger-fields.ts';
import { FIELDS_OF_PARTICIPATION } from './participation-fields.ts';
import type { RowKind } from './relation.ts';

/** The groups of guarded fields, each with the kind of row that guards it. */
export const GUARDED = {
  ...FIELDS_OF_CASES,
  ...FIELDS_OF_DEVELOPERS,

  /** The enterprise's staff, suppliers and customers, and the changes that its clerks propose. */
  enterpriseFigures: {
    row: 'enterprise',
    fields: [
      'Enterprise.staffCount',
      'Enterprise.supplyLinks',
      'SupplyLink.direction',
      'SupplyLink.partner',
      'SupplyLink.goods',
      'SupplyLink.goodsCode',
      'SupplyLink.regionCode',
      'Enterprise.proposals',
      'EnterpriseProposal.number',
      'EnterpriseProposal.proposedOn',
      'EnterpriseProposal.facts',
      'EnterpriseProposal.kind',
      'EnterpriseProposal.leave',
      'EnterpriseProposal.qualification',
      'EnterpriseProposal.revocation',
      'EnterpriseProposal.site',
      'EnterpriseProposal.supplyLink',
      'ProposedRevocation.kind',
      'ProposedRevocation.number',
      'ProposedRevocation.on',
      'ProposedFacts.name',
      'ProposedFacts.industryCode',
      'ProposedFacts.sector',
      'ProposedFacts.sizeClass',
      'ProposedFacts.staffCount',
      'ProposedLeave.park',
      'ProposedLeave.lastDay',
    ],
  },
  /** Gaps in the supply of a park's enterprises, and the enterprises that could fill them. */
  supplyChains: {
    row: 'park',
    fields: [
      'SupplyGap.candidates',
      'SupplyGap.chain',
      'ChainGap.hop',
      'ChainGap.goodsCode',
      'ChainGap.enterprises',
      'ChainGap.suppliedFromOutside',
      'ChainGap.withoutSupplier',
    ],
  },
  /** Daily operation reports of an enterprise. */
  operationReports: {
    row: 'enterprise',
    fields: [
      'Enterprise.operationReports',
      'OperationReport.id',
      'OperationReport.enterprise',
      'OperationReport.on',
      'OperationReport.mode',
      'OperationReport.staffTotal',
      'OperationReport.staffReturned',
      'OperationReport.reportedAt',
      'OperationReport.version',
      'OperationReport.withdrawalReason',
      'ReportOperationsPayload.reports',
      'ReportOperationsPayload.userErrors',
      'WithdrawReportPayload.report',
      'WithdrawReportPayload.userErrors',
    ],
  },
  /** One-to-one tracking: the requests of an enterprise and the visits to it. */
  tracking: {
    row: 'enterprise',
    fields: [
      'Enterprise.tracking',
      'TrackingAssignment.officer',
      'TrackingAssignment.since',
      'TrackingAssignment.version',
      'TrackingAssignment.earlier',
      'PastTracking.officer',
      'PastTracking.since',
      'PastTracking.until',
      'AssignTrackingPayload.tracking',
      'AssignTrackingPayload.userErrors',
      'Enterprise.supportRequests',
      'SupportRequestConnection.edges',
      'SupportRequestConnection.nodes',
      'SupportRequestConnection.pageInfo',
      'SupportRequestEdge.cursor',
      'SupportRequestEdge.node',
      'SupportRequest.id',
      'SupportRequest.enterprise',
      'SupportRequest.kind',
      'SupportRequest.channel',
      'SupportRequest.status',
      'SupportRequest.openedOn',
      'SupportRequest.visits',
      'SupportRequest.need',
      'SupportRequest.answer',
      'SupportRequest.rating',
      'SupportRequest.events',
      'SupportRequest.version',
      'SupportNeed.item',
      'SupportNeed.quantity',
      'SupportNeed.amount',
      'SupportNeed.months',
      'SupportNeed.neededOn',
      'SupportNeed.forWhom',
      'SupportNeed.place',
      'SupportEvent.kind',
      'SupportEvent.at',
      'SupportRequestPayload.request',
      'SupportRequestPayload.userErrors',
      'Visit.on',
      'Visit.channel',
      'Visit.outcome',
    ],
  },

  /** Admissions, moves, challenges and open successions of an enterprise, and the events of its register. */
  register: {
    row: 'register',
    fields: [
      'Query.enterpriseNotices',
      'Enterprise.admissions',
      'Admission.park',
      'Admission.zone',
      'Admission.state',
      'Admission.from',
      'Admission.kind',
      'Admission.staffCount',
      'Enterprise.move',
      'HomeMove.state',
      'HomeMove.fromZone',
      'HomeMove.toZone',
      'HomeMove.park',
      'HomeMove.keepsSites',
      'HomeMove.requestedOn',
      'HomeMove.acceptedOn',
      'HomeMove.objectionDueOn',
      'HomeMove.objection',
      'HomeMove.decisionDueOn',
      'HomeMove.completedOn',
      'Enterprise.challenge',
      'RegistrationChallenge.reason',
      'RegistrationChallenge.homeZone',
      'RegistrationChallenge.byZone',
      'RegistrationChallenge.on',
      'Enterprise.succession',
      'PendingSuccession.kind',
      'PendingSuccession.into',
      'PendingSuccession.on',
      'PendingSuccession.agreed',
      'PendingSuccession.confirmed',
      'PendingSuccession.source',
      'Enterprise.registerEvents',
      'RegisterEventConnection.edges',
      'RegisterEventConnection.nodes',
      'RegisterEventConnection.pageInfo',
      'RegisterEventEdge.cursor',
      'RegisterEventEdge.node',
      'RegisterEvent.kind',
      'RegisterEvent.at',
      'RegisterEvent.by',
      'RegisterEvent.enterprise',
      'RegisterEvent.version',
      'RegisterEvent.zones',
      'RegisterEvent.park',
      'RegisterEvent.challengeReason',
      'RegisterEvent.objectionReason',
      'RegisterEvent.rejectionReason',
      'EnterprisePayload.enterprise',
      'EnterprisePayload.userErrors',
    ],
  },

  ...FIELDS_OF_PARTICIPATION,

  /** The terms by which the parties of an agreement share revenue. */
  shareTerms: {
    row: 'agreement',
    fields: [
      'Agreement.shareTerms',
      'AgreementTerms.shareTerms',
      'ShareTerm.base',
      'ShareTerm.shares',
      'ShareTerm.cap',
      'ShareTerm.years',
      'ShareTerm.extensionYears',
      'Share.role',
      'Share.basisPoints',
    ],
  },

  ...FIELDS_OF_LEDGERS,

  /** Answers of the mutations of agreements. */
  agreementSigning: {
    row: 'agreement',
    fields: [
      'AgreementPayload.agreement',
      'AgreementPayload.userErrors',
      'CoveragePayload.coverage',
      'CoveragePayload.userErrors',
      'RelocationPayload.relocation',
      'RelocationPayload.userErrors',
      'ZoneSigningPayload.signing',
      'ZoneSigningPayload.userErrors',
    ],
  },

  /** A change of a signed agreement, before all parties have signed it. */
  agreementChange: {
    row: 'agreement',
    fields: [
      'Agreement.change',
      'AgreementChange.kind',
      'AgreementChange.proposedBy',
      'AgreementChange.signatures',
      'AgreementChange.terms',
      'AgreementChange.lastDay',
      'AgreementSignature.zone',
      'AgreementSignature.signedOn',
      'ProposedTerms.title',
      'ProposedTerms.validTo',
      'ProposedTerms.noticeDays',
      'ProposedTerms.caseTerms',
      'ProposedTerms.purposes',
      'ProposedTerms.shareTerms',
    ],
  },

  /** An enterprise's relocation, with the statements of both zones. */
  relocations: {
    row: 'relocation',
    fields: [
      'Enterprise.relocations',
      'Relocation.id',
      'Relocation.enterprise',
      'Relocation.fromZone',
      'Relocation.toZone',
      'Relocation.toPark',
      'Relocation.state',
      'Relocation.confirmedOn',
      'Relocation.registeredOn',
      'Relocation.ledBy',
      'Relocation.listed',
      'Relocation.relieves',
      'Relocation.agreement',
      'Relocation.statements',
      'Relocation.differences',
      'Relocation.version',
      'RelocationStatement.zone',
      'RelocationStatement.statedOn',
      'RelocationStatement.ledBy',
      'RelocationStatement.listNumber',
      'RelocationStatement.relieves',
      'RelocationStatement.remainingSites',
      'RelocationStatement.agreement',
    ],
  },

  /** New versions of case types. */
  publishing: {
    row: 'caseType',
    fields: ['PublishCaseTypePayload.caseType', 'PublishCaseTypePayload.userErrors'],
  },

  dutyPhone: { row: 'park', fields: ['ControlUnit.contactPhone'] },
  /** Inspections: for the officers of the park's zone, and for the enterprise that mends. */
  inspections: {
    row: 'enterprise',
    fields: [
      'Enterprise.inspections',
      'InspectionConnection.edges',
      'InspectionConnection.nodes',
      'InspectionConnection.pageInfo',
      'InspectionEdge.cursor',
      'InspectionEdge.node',
      'Inspection.id',
      'Inspection.park',
      'Inspection.facility',
      'Inspection.enterprise',
      'Inspection.inspectedBy',
      'Inspection.inspectedOn',
      'Inspection.findings',
      'Inspection.version',
      'Finding.code',
      'Finding.text',
      'Finding.severity',
      'Finding.dueOn',
      'Finding.overdue',
      'Finding.state',
      'Finding.proof',
      'InspectionPayload.inspection',
      'InspectionPayload.userErrors',
    ],
  },
  parkInspections: { row: 'park', fields: ['Park.inspections'] },
  /** The planned amount of an investment project, and how its office goes on. */
  projectPlans: {
    row: 'park',
    fields: [
      'Project.amount',
      'Project.office',
      'Project.nextStep',
      'Project.nextStepOn',
      'Project.lostReason',
      'ProjectPayload.project',
      'ProjectPayload.userErrors',
    ],
  },
  importing: {
    row: 'park',
    fields: [
      'ImportEnterprisesPayload.rows',
      'ImportEnterprisesPayload.userErrors',
      'ImportRowResult.line',
      'ImportRowResult.status',
      'ImportRowResult.enterprise',
      'ImportRowResult.userErrors',
    ],
  },
  /** Publishing of records: zones, parks and what belongs to them. */
  recordPublishing: {
    row: 'park',
    fields: [
      'PublishZonePayload.zone',
      'PublishZonePayload.userErrors',
      'PublishParkPayload.park',
      'PublishParkPayload.userErrors',
      'PublishFacilitiesPayload.park',
      'PublishFacilitiesPayload.userErrors',
      'PublishControlUnitsPayload.park',
      'PublishControlUnitsPayload.userErrors',
      'PublishPostsPayload.unit',
      'PublishPostsPayload.userErrors',
      'PolicyPayload.policy',
      'PolicyPayload.userErrors',
      'ProposeObservationsPayload.park',
      'ProposeObservationsPayload.userErrors',
      'PublishIndicatorPayload.indicator',
      'PublishIndicatorPayload.userErrors',
      'PublishCalendarYearPayload.calendarYear',
      'PublishCalendarYearPayload.userErrors',
      'SimulatePolicyPayload.simulation',
      'SimulatePolicyPayload.userErrors',
      'PolicySimulation.population',
      'PolicySimulation.gaining',
      'PolicySimulation.losing',
      'PolicySimulation.undecided',
    ],
  },
  /** Publishing of posts by the enterprise that is the control unit. */
  ownPublishing: {
    row: 'park',
    fields: ['PublishOwnPostsPayload.unit', 'PublishOwnPostsPayload.userErrors'],
  },
  /** Proposals of a park's observations, and the decisions on them. */
  observationProposals: {
    row: 'park',
    fields: [
      'Park.observationsProposal',
      'ObservationsProposal.version',
      'ObservationsProposal.state',
      'ObservationsProposal.proposedAt',
      'ObservationsProposal.mine',
      'ObservationsProposal.decidedAt',
      'ObservationsProposal.reason',
      'ObservationsProposal.observations',
      'ObservationsDecisionPayload.park',
      'ObservationsDecisionPayload.userErrors',
    ],
  },
  /** Publishing of a park's figures. */
  figurePublishing: {
    row: 'park',
    fields: [
      'PublishDayPayload.resumption',
      'PublishDayPayload.userErrors',
      'FiguresProposalPayload.proposal',
      'FiguresProposalPayload.userErrors',
    ],
  },
  /** Officers' proposals to change a park's published figures. */
  figureProposals: {
    row: 'park',
    fields: [
      'Park.figuresProposals',
      'FiguresProposalConnection.edges',
      'FiguresProposalConnection.nodes',
      'FiguresProposalConnection.pageInfo',
      'FiguresProposalEdge.cursor',
      'FiguresProposalEdge.node',
      'FiguresProposal.id',
      'FiguresProposal.park',
      'FiguresProposal.kind',
      'FiguresProposal.state',
      'FiguresProposal.reason',
      'FiguresProposal.proposedAt',
      'FiguresProposal.expiresAt',
      'FiguresProposal.mine',
      'FiguresProposal.decidedAt',
      'FiguresProposal.decisionReason',
      'FiguresProposal.appliedAt',
      'FiguresProposal.days',
      'FiguresProposal.enterprises',
      'FiguresProposal.version',
      'ProposedDay.on',
      'ProposedDay.revision',
      'ProposedDay.before',
      'ProposedDay.after',
      'ProposedFigures.production',
      'ProposedFigures.returnToWork',
      'ProposedFigures.onSite',
      'ProposedFigures.onlineOffline',
      'ProposedFigures.reported',
      'ProposedEnterprise.enterprise',
      'ProposedEnterprise.stays',
      'ProposedEnterprise.reports',
      'ProposedReport.on',
      'ProposedReport.mode',
      'ProposedReport.staffTotal',
      'ProposedReport.staffReturned',
      'ProposedReport.version',
      'ProposedReport.isWithdrawn',
    ],
  },
  /** Decisions on another officer's proposals. */
  figureAccepting: {
    row: 'park',
    fields: ['FiguresDecisionPayload.proposal', 'FiguresDecisionPayload.userErrors'],
  },
} as const satisfies Record<string, { readonly row: RowKind; readonly fields: readonly string[] }>;

export type FieldGroup = keyof typeof GUARDED;
export type RowOf<Group extends FieldGroup> = (typeof GUARDED)[Group]['row'];
export type GroupOf<Row extends RowKind> = { [G in FieldGroup]: RowOf<G> extends Row ? G : never }[FieldGroup];
/** The coordinates of the fields that one kind of row guards. */
export type GuardedField<Row extends RowKind = RowKind> = (typeof GUARDED)[GroupOf<Row>]['fields'][number];

const GROUP_OF: ReadonlyMap<string, FieldGroup> = new Map(
  (Object.keys(GUARDED) as FieldGroup[]).flatMap((group) =>
    GUARDED[group].fields.map((field) => [field, group] as const),
  ),
);

/** Returns the group of a field; undefined for public fields. */
export function groupOf(field: string): FieldGroup | undefined {
  return GROUP_OF.get(field);
}
