/**
 * The fields that are not for everybody, by their schema coordinates, in groups where the law treats them alike: what `@tag(name:
 * "public")` doesn't open is here, exactly once. A field below another of the same row is of its group or of a stricter one.
 */
import type { RowKind } from './relation.ts';

/** What of each kind of row is guarded alike. */
export const GUARDED = {
  /** That there is such a case, and how far it has come. */
  caseSummary: {
    row: 'case',
    fields: [
      'Query.case',
      'Mutation.openCase',
      'Mutation.requestUpload',
      'Mutation.supplyDocument',
      'RequestUploadPayload.upload',
      'RequestUploadPayload.userErrors',
      'Upload.id',
      'Upload.url',
      'Upload.method',
      'Upload.headers',
      'Upload.expiresAt',
      'HttpHeader.name',
      'HttpHeader.value',
      'Mutation.submitCase',
      'Mutation.recommendTalent',
      'Mutation.giveConsent',
      'Mutation.withdrawCase',
      'Mutation.requestReconsideration',
      'Mutation.rateCase',
      'Mutation.acceptCase',
      'Mutation.declineCase',
      'Mutation.requestSupplement',
      'Mutation.startReview',
      'Mutation.giveOpinion',
      'Mutation.startSpecialProcedure',
      'Mutation.endSpecialProcedure',
      'Mutation.extendDeadline',
      'Mutation.openPublicNotice',
      'Mutation.decideCase',
      'Mutation.deliverResult',
      'Mutation.closeCase',
      'Mutation.transferCase',
      'Mutation.decideReconsideration',
      'CasePayload.case',
      'CasePayload.userErrors',
      'OpenCasePayload.case',
      'OpenCasePayload.userErrors',
      'Park.cases',
      'Enterprise.cases',
      'TalentCaseConnection.edges',
      'TalentCaseConnection.nodes',
      'TalentCaseConnection.pageInfo',
      'TalentCaseEdge.cursor',
      'TalentCaseEdge.node',
      'TalentCase.id',
      'TalentCase.kind',
      'TalentCase.kindLabel',
      'TalentCase.route',
      'TalentCase.routeLabel',
      'TalentCase.caseType',
      'TalentCase.state',
      'TalentCase.stateLabel',
      'TalentCase.waitingOn',
      'TalentCase.waitingOnLabel',
      'TalentCase.nextAction',
      'TalentCase.park',
      'TalentCase.policy',
      'TalentCase.openedAt',
      'TalentCase.updatedAt',
      'TalentCase.version',
    ],
  },
  /** Who has it in hand, by when, and what has happened. */
  caseCourse: {
    row: 'case',
    fields: [
      'TalentCase.handler',
      'TalentCase.handlerLabel',
      'TalentCase.deadlines',
      'CaseDeadlines.step',
      'CaseDeadlines.stepLabel',
      'CaseDeadlines.promisedBy',
      'CaseDeadlines.statutoryBy',
      'CaseDeadlines.elapsed',
      'CaseDeadlines.unit',
      'CaseDeadlines.pauses',
      'CaseDeadlines.breached',
      'CaseDeadlines.calendarVersion',
      'CaseDeadlines.provisional',
      'TalentCase.deadlineNotices',
      'DeadlineNotice.kind',
      'DeadlineNotice.label',
      'DeadlineNotice.step',
      'DeadlineNotice.stepLabel',
      'DeadlineNotice.dueOn',
      'DeadlineNotice.calendarVersion',
      'DeadlineNotice.formerDueOn',
      'DeadlineNotice.formerCalendarVersion',
      'DeadlineNotice.at',
      'ClockPause.reason',
      'ClockPause.reasonLabel',
      'ClockPause.from',
      'ClockPause.to',
      'TalentCase.timeline',
      'TalentCase.progress',
      'CaseStage.label',
      'CaseStage.status',
      'TalentCase.nextPollAfter',
      'CaseEvent.sequence',
      'CaseEvent.kind',
      'CaseEvent.label',
      'CaseEvent.at',
      'CaseEvent.agency',
      'CaseEvent.agencyLabel',
      'TalentCase.rating',
    ],
  },
  /** What was handed in and what agencies say of it. */
  caseFile: {
    row: 'case',
    fields: [
      'TalentCase.receiptNumber',
      'TalentCase.documents',
      'CaseDocument.code',
      'CaseDocument.name',
      'CaseDocument.status',
      'CaseDocument.statusLabel',
      'CaseDocument.version',
      'CaseDocument.sha256',
      'CaseDocument.versions',
      'DocumentVersion.version',
      'DocumentVersion.mediaType',
      'DocumentVersion.size',
      'DocumentVersion.sha256',
      'DocumentVersion.receivedAt',
      'TalentCase.opinions',
      'AgencyOpinion.agency',
      'AgencyOpinion.agencyLabel',
      'AgencyOpinion.verdict',
      'AgencyOpinion.verdictLabel',
      'AgencyOpinion.givenAt',
      'TalentCase.decision',
      'CaseDecision.approved',
      'CaseDecision.label',
      'CaseDecision.decidedAt',
      'CaseDecision.reasons',
    ],
  },
  /** What the applicant got: where a family lives and a child goes to school. */
  caseOutcome: {
    row: 'case',
    fields: [
      'TalentCase.outcome',
      'HukouPermit.permitNumber',
      'HukouPermit.documentSha256',
      'HukouPermit.validTo',
      'HousingOffer.facilityKind',
      'HousingOffer.facilityLabel',
      'HousingOffer.amount',
      'HousingOffer.amountTerm',
      'HousingOffer.documentSha256',
      'SchoolPlace.schoolName',
      'SchoolPlace.schoolYear',
      'SchoolPlace.documentSha256',
    ],
  },
  /** Who looked at the case, and at whom it is about. */
  caseLooks: {
    row: 'case',
    fields: [
      'Query.myDataAccess',
      'DataAccessConnection.edges',
      'DataAccessConnection.nodes',
      'DataAccessConnection.pageInfo',
      'DataAccessEdge.cursor',
      'DataAccessEdge.node',
      'DataAccess.at',
      'DataAccess.by',
      'DataAccess.agency',
      'DataAccess.zone',
      'DataAccess.purpose',
      'DataAccess.cases',
      'DataAccess.chained',
      'DataAccess.sequence',
      'DataAccessCase.case',
      'DataAccessCase.fullFields',
      'DataAccessCase.maskedFields',
    ],
  },
  caseEmployer: { row: 'case', fields: ['TalentCase.enterprise'] },
  /** That somebody applied: what is said of them is below. */
  applicant: {
    row: 'case',
    fields: [
      'TalentCase.applicant',
      'Mutation.revealField',
      'RevealFieldPayload.value',
      'RevealFieldPayload.userErrors',
    ],
  },
  applicantName: { row: 'case', fields: ['Applicant.name'] },
  applicantIdNumber: { row: 'case', fields: ['Applicant.idNumber'] },
  applicantPhone: { row: 'case', fields: ['Applicant.phone'] },
  beneficiary: { row: 'case', fields: ['TalentCase.beneficiary', 'Beneficiary.relation', 'Beneficiary.relationLabel'] },
  /** The applicant's own words. */
  beneficiaryLabel: { row: 'case', fields: ['Beneficiary.label'] },

  /** What an agency has to do, and who of it has taken what in hand. */
  worklist: {
    row: 'worklist',
    fields: [
      'Query.worklist',
      'WorkItemConnection.edges',
      'WorkItemConnection.nodes',
      'WorkItemConnection.pageInfo',
      'WorkItemEdge.cursor',
      'WorkItemEdge.node',
      'WorkItem.case',
      'WorkItem.agency',
      'WorkItem.zone',
      'WorkItem.state',
      'WorkItem.dueOn',
      'WorkItem.overdue',
      'WorkItem.claimedBy',
      'WorkItem.claimedAt',
      'Mutation.claimWork',
      'Mutation.releaseWork',
      'WorkPayload.work',
      'WorkPayload.userErrors',
      'Query.worklistCounts',
      'WorklistCounts.total',
      'WorklistCounts.byState',
      'WorklistCounts.overdue',
      'WorklistCounts.dueSoon',
      'WorkCount.state',
      'WorkCount.count',
    ],
  },

  /** How many work there, and whom it buys from and sells to. */
  enterpriseFigures: {
    row: 'enterprise',
    fields: [
      'Enterprise.staffCount',
      'Enterprise.supplyLinks',
      'SupplyLink.direction',
      'SupplyLink.partner',
      'SupplyLink.goods',
    ],
  },
  /** How an enterprise worked, day by day. */
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
      'Mutation.reportOperations',
      'ReportOperationsPayload.reports',
      'ReportOperationsPayload.userErrors',
    ],
  },
  /** One-to-one tracking: what an enterprise asked for, and who came. */
  tracking: {
    row: 'enterprise',
    fields: [
      'Enterprise.tracking',
      'TrackingAssignment.officer',
      'TrackingAssignment.since',
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
      'Visit.on',
      'Visit.channel',
      'Visit.outcome',
    ],
  },

  /** How the parties of an agreement share what comes of it. */
  shareTerms: {
    row: 'agreement',
    fields: [
      'Agreement.shareTerms',
      'ShareTerm.base',
      'ShareTerm.shares',
      'ShareTerm.cap',
      'ShareTerm.years',
      'ShareTerm.extensionYears',
      'Share.role',
      'Share.basisPoints',
    ],
  },

  /** Where an enterprise came from, and what that rests on. */
  relocations: {
    row: 'relocation',
    fields: [
      'Enterprise.relocations',
      'Relocation.id',
      'Relocation.enterprise',
      'Relocation.fromZone',
      'Relocation.toZone',
      'Relocation.registeredOn',
      'Relocation.agreement',
    ],
  },

  /** New versions of what is asked and promised. */
  publishing: {
    row: 'caseType',
    fields: ['Mutation.publishCaseType', 'PublishCaseTypePayload.caseType', 'PublishCaseTypePayload.userErrors'],
  },

  dutyPhone: { row: 'park', fields: ['ControlUnit.contactPhone'] },
  /** What an investor plans to spend, before it is published. */
  projectAmount: { row: 'park', fields: ['Project.amount'] },
  importing: {
    row: 'park',
    fields: [
      'Mutation.importEnterprises',
      'ImportEnterprisesPayload.rows',
      'ImportEnterprisesPayload.userErrors',
      'ImportRowResult.line',
      'ImportRowResult.status',
      'ImportRowResult.enterprise',
      'ImportRowResult.userErrors',
    ],
  },
} as const satisfies Record<string, { readonly row: RowKind; readonly fields: readonly string[] }>;

export type FieldGroup = keyof typeof GUARDED;
export type RowOf<Group extends FieldGroup> = (typeof GUARDED)[Group]['row'];
export type GroupOf<Row extends RowKind> = { [G in FieldGroup]: RowOf<G> extends Row ? G : never }[FieldGroup];
/** The coordinates of the fields that are guarded by one kind of row. */
export type GuardedField<Row extends RowKind = RowKind> = (typeof GUARDED)[GroupOf<Row>]['fields'][number];

const GROUP_OF: ReadonlyMap<string, FieldGroup> = new Map(
  (Object.keys(GUARDED) as FieldGroup[]).flatMap((group) =>
    GUARDED[group].fields.map((field) => [field, group] as const),
  ),
);

/** The group of a field; undefined for what is public. */
export function groupOf(field: string): FieldGroup | undefined {
  return GROUP_OF.get(field);
}
