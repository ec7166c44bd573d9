/** Resolvers' parents that are not stored items, named in `codegen.ts`. */
import type { FilledGap, SiteRecord } from '../../domain/enterprises/holdings.ts';
import type { Residency } from '../../domain/enterprises/residency.ts';
import type { Ratio } from '../../domain/indicators/indicator.ts';
import type { DayChange, EnterpriseCorrection, NewVersion } from '../../domain/published-figures/correction.ts';
import type {
  DayFigures,
  DayStatus,
  PublishedDay,
  RevisionMark,
} from '../../domain/published-figures/published-day.ts';
import type { ResumptionRate } from '../../domain/published-figures/resumption.ts';
import type { StatedOf } from '../../domain/register/proposal.ts';
import type { Relative, Succession } from '../../domain/register/succession.ts';
import type { Page } from '../../storage/dynamodb/page.ts';
import type { CourseItem, EnrolmentItem } from '../../storage/enterprises/courses/items.ts';
import type { DirectiveAnswerItem, DirectiveItem } from '../../storage/enterprises/directives/items.ts';
import type { ParkChoice } from '../../storage/enterprises/enterprises.ts';
import type {
  EnterpriseItem,
  FigureRevisionItem,
  FiguresProposalItem,
  InspectionItem,
  ProjectItem,
  RegisterEventItem,
  RegisterNoticeItem,
  SupportRequestItem,
} from '../../storage/enterprises/items.ts';
import type { InterestItem, OfferItem } from '../../storage/enterprises/offers/items.ts';
import type { PolicyNoticeItem } from '../../storage/enterprises/policy-notices.ts';
import type { Edge } from '../../subgraph/connection.ts';

export type { DirectiveMeasure as MeasureOfDirective } from '../../domain/directives/directive.ts';
export type ResidencyRecord = Residency;
/** A site that fills a gap of a supply chain. */
export type FillingSite = SiteRecord & { readonly fills: FilledGap };
export type { Admission as AdmissionRecord } from '../../domain/register/admission.ts';
export type { Move as MoveRecord } from '../../domain/register/move.ts';
export type { EnterpriseProposal as ProposalRecord } from '../../domain/register/proposal.ts';
export type { Challenge as ChallengeRecord } from '../../domain/register/registration.ts';
export type { SupportNeed as SupportNeedRecord } from '../../domain/support/need.ts';
export type { SupportEvent as SupportEventRecord, Visit as VisitRecord } from '../../domain/support/request.ts';
export type { PastTracking as PastTrackingRecord } from '../../domain/support/tracking.ts';

export interface EnterpriseList extends Page<EnterpriseItem> {
  /** The choice that a tally counts, if the list is of one. */
  readonly counted: ParkChoice | null;
}
export type PendingSuccessionRecord = Succession;
export type RelativeRecord = Relative;
export type FactsOfProposal = StatedOf<'FACTS'>['facts'];
export type LeaveOfProposal = StatedOf<'LEAVE'>;
export type RevocationOfProposal = StatedOf<'REVOCATION'>;
export type EnterpriseInPage = Edge<EnterpriseItem>;
export type SupportRequestPage = Page<SupportRequestItem>;
export type SupportRequestInPage = Edge<SupportRequestItem>;
export type RegisterEventRecord = RegisterEventItem | RegisterNoticeItem;
export type RegisterEventPage = Page<RegisterEventRecord>;
export type RegisterEventInPage = Edge<RegisterEventRecord>;
/** A park that a directive addresses, of which the answers are counted. */
export interface ComplianceInPark {
  readonly directive: DirectiveItem;
  readonly parkId: string;
}
export type PolicyNoticePage = Page<PolicyNoticeItem>;
export type PolicyNoticeInPage = Edge<PolicyNoticeItem>;
export type OfferPage = Page<OfferItem>;
export type OfferInPage = Edge<OfferItem>;
export type InterestPage = Page<InterestItem>;
export type InterestInPage = Edge<InterestItem>;
export type CoursePage = Page<CourseItem>;
export type CourseInPage = Edge<CourseItem>;
export type ResidencyPage = Page<Residency>;
export type ResidencyInPage = Edge<Residency>;
export type EnrolmentPage = Page<EnrolmentItem>;
export type EnrolmentInPage = Edge<EnrolmentItem>;
export type DirectivePage = Page<DirectiveItem>;
export type DirectiveInPage = Edge<DirectiveItem>;
export type DirectiveAnswerPage = Page<DirectiveAnswerItem>;
export type DirectiveAnswerInPage = Edge<DirectiveAnswerItem>;
export type InspectionPage = Page<InspectionItem>;
export type InspectionInPage = Edge<InspectionItem>;
export type FindingRecord = InspectionItem['findings'][number];
export type ProjectPage = Page<ProjectItem>;
export type ProjectInPage = Edge<ProjectItem>;

/** The figures of a park and day as they are shown. */
export interface ParkResumption {
  readonly on: string;
  readonly parkId: string;
  readonly figures: DayFigures;
  /** The sums of reports and stays. */
  readonly computed: DayFigures;
  /** Null if the day isn't published. */
  readonly revision: RevisionMark | null;
  readonly status: DayStatus;
  readonly published: PublishedDay | null;
  /** The sequence up to which the park's changes are visible. */
  readonly applied: number;
}

export type RevisionOfDay = FigureRevisionItem;
export type FiguresProposalPage = Page<FiguresProposalItem>;
export type FiguresProposalInPage = Edge<FiguresProposalItem>;
export type DayOfProposal = DayChange;
export type FiguresOfDay = DayFigures;
export type EnterpriseOfProposal = EnterpriseCorrection;
export type ReportOfProposal = NewVersion;

export interface RateOfPark {
  readonly ratio: Ratio;
  readonly definition: ResumptionRate;
  /** True for a day that nobody reported or published: nothing is known of its rate. */
  readonly isUnreported?: boolean;
}
