import type { CodegenConfig } from '@graphql-codegen/cli';
import { SUBGRAPHS, type SubgraphName } from './src/config.ts';

/** An entity that another subgraph owns: here it is known by its id. */
const REFERENCE = '{ readonly id: string }';

const AUTHORITY = '../../../domain/records/authority.ts#AuthorityRecord';
const CELL = '../../../subgraph/statistics-cell.ts#CountCell';

/** A type of the subgraph's `parents.ts`. */
const own = (name: string) => `../parents.ts#${name}`;

/**
 * What the resolvers of a type get as their parent: records as they are stored. A type that isn't here has a parent with
 * its very fields.
 */
const PARENTS: Readonly<Record<SubgraphName, Readonly<Record<string, string>>>> = {
  parks: {
    Zone: 'ZoneItem',
    Park: 'ParkItem',
    Policy: 'PolicyItem',
    Indicator: 'IndicatorItem',
    Facility: own('FacilityOfPark'),
    Authority: AUTHORITY,
    Clause: '../../../domain/policies/policy.ts#ClauseRecord',
    FinancialProduct: '../../../domain/policies/policy.ts#FinancialProductRecord',
    ZoneConnection: own('ZonePage'),
    ZoneEdge: own('ZoneInPage'),
    ParkConnection: own('ParkPage'),
    ParkEdge: own('ParkInPage'),
    PolicyConnection: own('PolicyPage'),
    PolicyEdge: own('PolicyInPage'),
    IndicatorConnection: own('IndicatorPage'),
    IndicatorEdge: own('IndicatorInPage'),
    ControlUnit: own('UnitOfPark'),
    Post: own('PostOfUnit'),
    PolicyPackage: '../../../domain/policies/policy.ts#PolicyPackageRecord',
    PolicyVersion: own('VersionOfPolicy'),
    PolicyTerms: own('TermsOfVersion'),
    PolicyTerm: '../../../domain/rules/rule.ts#Term',
    RuleSample: '../../../domain/rules/check.ts#SampleCase',
    Observation: own('RevisedObservation'),
    ObservationsProposal: own('ProposalOfPark'),
    Source: own('SourceRecord'),
  },
  enterprises: {
    Enterprise: 'EnterpriseItem',
    Site: '../../../domain/enterprises/holdings.ts#SiteRecord',
    Qualification: '../../../domain/enterprises/holdings.ts#QualificationRecord',
    SupplyLink: '../../../domain/enterprises/holdings.ts#SupplyLinkRecord',
    Admission: own('AdmissionRecord'),
    PendingSuccession: own('PendingSuccessionRecord'),
    Relative: own('RelativeRecord'),
    EnterpriseProposal: own('ProposalRecord'),
    ProposedFacts: own('FactsOfProposal'),
    ProposedLeave: own('LeaveOfProposal'),
    ProposedRevocation: own('RevocationOfProposal'),
    HomeMove: own('MoveRecord'),
    RegistrationChallenge: own('ChallengeRecord'),
    RegisterEvent: own('RegisterEventRecord'),
    RegisterEventConnection: own('RegisterEventPage'),
    RegisterEventEdge: own('RegisterEventInPage'),
    OperationReport: 'OperationReportItem',
    TrackingAssignment: 'TrackingItem',
    PastTracking: own('PastTrackingRecord'),
    SupportRequest: 'SupportRequestItem',
    Visit: own('VisitRecord'),
    SupportEvent: own('SupportEventRecord'),
    SupportNeed: own('SupportNeedRecord'),
    Project: 'ProjectItem',
    Inspection: 'InspectionItem',
    Finding: own('FindingRecord'),
    InspectionConnection: own('InspectionPage'),
    InspectionEdge: own('InspectionInPage'),
    Facility: REFERENCE,
    Authority: AUTHORITY,
    PolicyNotice: '../../../storage/enterprises/policy-notices.ts#PolicyNoticeItem',
    PolicyNoticeConnection: own('PolicyNoticePage'),
    PolicyNoticeEdge: own('PolicyNoticeInPage'),
    Policy: REFERENCE,
    Directive: '../../../storage/enterprises/directives/items.ts#DirectiveItem',
    DirectiveConnection: own('DirectivePage'),
    DirectiveEdge: own('DirectiveInPage'),
    DirectiveMeasure: own('MeasureOfDirective'),
    DirectiveCompliance: own('ComplianceInPark'),
    DirectiveAnswer: '../../../storage/enterprises/directives/items.ts#DirectiveAnswerItem',
    DirectiveAnswerConnection: own('DirectiveAnswerPage'),
    DirectiveAnswerEdge: own('DirectiveAnswerInPage'),
    Residency: own('ResidencyRecord'),
    EnterpriseConnection: own('EnterpriseList'),
    EnterpriseEdge: own('EnterpriseInPage'),
    SupportRequestConnection: own('SupportRequestPage'),
    SupportRequestEdge: own('SupportRequestInPage'),
    ProjectConnection: own('ProjectPage'),
    ProjectEdge: own('ProjectInPage'),
    Resumption: own('ParkResumption'),
    ResumptionRevision: own('RevisionOfDay'),
    Ratio: own('RateOfPark'),
    StatisticsCell: CELL,
    FiguresProposal: 'FiguresProposalItem',
    FiguresProposalConnection: own('FiguresProposalPage'),
    FiguresProposalEdge: own('FiguresProposalInPage'),
    ProposedDay: own('DayOfProposal'),
    ProposedFigures: own('FiguresOfDay'),
    ProposedEnterprise: own('EnterpriseOfProposal'),
    ProposedReport: own('ReportOfProposal'),
    Zone: REFERENCE,
    Park: REFERENCE,
  },
  talent: {
    CaseType: 'CaseTypeFacts',
    TalentCase: 'CaseItem',
    CaseEvent: 'CaseEventItem',
    CaseDocument: 'CaseDocumentItem',
    DocumentVersion: own('VersionOfDocument'),
    Upload: own('UploadThere'),
    AgencyOpinion: 'OpinionItem',
    CaseConditions: own('ConditionsOfType'),
    Eligibility: own('CheckedEligibility'),
    UnmetCondition: own('UnmetOfType'),
    DeadlineNotice: 'DeadlineNoticeItem',
    CaseStage: own('StageOfCase'),
    CaseIdentity: own('IdentityOfCase'),
    CaseDeadlines: own('DeadlinesOfCase'),
    ClockPause: own('PauseOfClock'),
    DocumentRequirement: own('RequiredDocument'),
    Applicant: own('ApplicantOfCase'),
    Beneficiary: own('BeneficiaryOfCase'),
    CaseDecision: own('DecisionRecord'),
    HukouPermit: own('HukouPermitRecord'),
    HousingOffer: own('HousingOfferRecord'),
    CasePlace: '../../../storage/talent/places/items.ts#CasePlaceItem',
    Facility: REFERENCE,
    SchoolPlace: own('SchoolPlaceRecord'),
    TalentCaseConnection: own('CasePage'),
    TalentCaseEdge: own('CaseInPage'),
    CaseTypeConnection: own('CaseTypePage'),
    CaseTypeEdge: own('CaseTypeInPage'),
    WorklistCounts: own('CountsOfList'),
    WorkItem: own('ListedWork'),
    WorkItemConnection: own('WorkPage'),
    WorkItemEdge: own('WorkInPage'),
    AccessLogEntry: own('AccessOfOne'),
    AccessLogCase: own('AccessToCase'),
    AccessLogEntryConnection: own('AccessPage'),
    AccessLogEntryEdge: own('AccessInPage'),
    CaseStatistics: own('PublishedStatistics'),
    CaseFigures: own('FiguresOfPeriod'),
    CaseFiguresConnection: own('CaseFiguresPage'),
    CaseFiguresEdge: own('CaseFiguresInPage'),
    StatisticsCell: CELL,
    Zone: REFERENCE,
    Park: REFERENCE,
    Enterprise: REFERENCE,
    Policy: REFERENCE,
  },
  linkages: {
    Agreement: 'AgreementItem',
    AgreementParty: 'PartyRecord',
    ShareTerm: 'ShareTermRecord',
    PolicyCoverage: 'CoverageItem',
    LinkageGroup: 'LinkageGroupItem',
    Relocation: 'RelocationItem',
    AgreementConnection: own('AgreementPage'),
    AgreementEdge: own('AgreementInPage'),
    PolicyApplication: own('DecidedApplication'),
    CoverageStep: own('ChainLink'),
    InapplicabilityReason: own('FailedReason'),
    LinkageGraph: own('GraphOfGroup'),
    LinkageNode: own('GraphNode'),
    LinkedZone: own('ReachedZone'),
    Zone: REFERENCE,
    Policy: REFERENCE,
    Enterprise: REFERENCE,
  },
};

/** The parents of types that every subgraph has. */
const COMMON_PARENTS = {
  PageInfo: '../../../subgraph/connection.ts#AnyPage',
  Judgement: '../../../domain/rules/answer.ts#Answer',
  TermJudgement: '../../../domain/rules/answer.ts#NamedTerm',
  RuleFact: '../../../domain/rules/answer.ts#NamedFact',
};

function mappersOf(name: SubgraphName): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...COMMON_PARENTS, ...PARENTS[name] }).map(([type, parent]) => [
      type,
      parent === REFERENCE || parent.startsWith('../') ? parent : `../../../storage/${name}/items.ts#${parent}`,
    ]),
  );
}

/** The types of one subgraph's resolvers, from its SDL. Closed sets are unions of strings: nothing of it exists at run time. */
const typesOf = (name: SubgraphName): CodegenConfig['generates'][string] => ({
  schema: ['schema/scalars.graphql', `schema/${name}.graphql`],
  plugins: [
    { add: { content: '// Generated by "npm run codegen" from schema/. Do not edit.' } },
    'typescript',
    'typescript-resolvers',
  ],
  config: {
    federation: true,
    enumsAsTypes: true,
    useTypeImports: true,
    strictScalars: true,
    skipTypename: true,
    avoidOptionals: { field: true },
    immutableTypes: true,
    contextType: '../context.ts#Context',
    mappers: mappersOf(name),
    importExtension: '.ts',
    emitLegacyCommonJSImports: false,
    scalars: {
      _FieldSet: 'never',
      ID: { input: 'string', output: 'string' },
      DateTime: { input: 'string', output: 'string' },
      Date: { input: 'string', output: 'string' },
      Decimal: { input: 'string', output: 'string' },
      Fen: { input: 'bigint', output: 'bigint | string' },
      Rule: { input: '../../../domain/rules/rule.ts#Rule', output: '../../../domain/rules/rule.ts#Rule' },
    },
  },
});

/** What the page of a case gets: the answer to one of its trusted documents. */
const caseAnswer = (document: string): CodegenConfig['generates'][string] => ({
  schema: 'schema/api.graphql',
  documents: `schema/operations/mobile/${document}.graphql`,
  plugins: [
    { add: { content: '// Generated by "npm run codegen" from schema/. Do not edit.' } },
    'typescript-operations',
  ],
  config: {
    enumsAsTypes: true,
    strictScalars: true,
    avoidOptionals: { field: true },
    immutableTypes: true,
    nonOptionalTypename: true,
    skipTypeNameForRoot: true,
    scalars: { DateTime: 'string', Date: 'string', Decimal: 'string', Fen: 'string', Rule: 'string' },
  },
});

const config: CodegenConfig = {
  generates: {
    ...Object.fromEntries(SUBGRAPHS.map((name) => [`src/resolvers/${name}/generated/types.ts`, typesOf(name)])),
    'src/pages/case/generated/case-screen.ts': caseAnswer('CaseScreen'),
    'src/pages/case/generated/my-access-log.ts': caseAnswer('MyAccessLog'),
  },
};

export default config;
