/** Resolvers' parents that are not stored items, named in `codegen.ts`. */

import type { FigureRecord } from '../../domain/observations/observation.ts';
import type { ControlUnitRecord } from '../../domain/places/control-units.ts';
import type { FacilityRecord } from '../../domain/places/facilities.ts';
import type { PostRecord } from '../../domain/places/posts.ts';
import type { PolicyVersionRecord } from '../../domain/policies/policy.ts';
import type { PolicyTerms } from '../../domain/policies/terms.ts';
import type { SavedQuestion } from '../../domain/questions/saved-question.ts';
import type { Page } from '../../storage/dynamodb/page.ts';
import type {
  IndicatorItem,
  ObservationItem,
  ObservationsProposalItem,
  ParkItem,
  PolicyItem,
  QuestionItem,
  UnitPostsItem,
  ZoneItem,
} from '../../storage/parks/items.ts';
import type { Edge } from '../../subgraph/connection.ts';

export type ZonePage = Page<ZoneItem>;
export type ZoneInPage = Edge<ZoneItem>;
export type ParkPage = Page<ParkItem>;
export type ParkInPage = Edge<ParkItem>;
export type PolicyPage = Page<PolicyItem>;
export type PolicyInPage = Edge<PolicyItem>;
export type IndicatorPage = Page<IndicatorItem>;
export type IndicatorInPage = Edge<IndicatorItem>;
/** A saved question in one of its versions. */
export type QuestionRecord = SavedQuestion;
export type QuestionPage = Page<QuestionItem>;
export type QuestionInPage = Edge<QuestionItem>;

export interface FacilityOfPark {
  readonly facility: FacilityRecord;
  readonly parkId: string;
}

/** A unit among all units of its park, one of which it reports to. */
export interface UnitOfPark {
  readonly parkId: string;
  readonly unit: ControlUnitRecord;
  readonly units: readonly ControlUnitRecord[];
  /** The park's zone. */
  readonly zoneId: string;
}

export interface PostOfUnit {
  readonly post: PostRecord;
  readonly unit: UnitOfPark;
  /** The unit's list, with the answer of a joint unit. */
  readonly list: UnitPostsItem;
}

export interface VersionOfPolicy extends PolicyVersionRecord {
  readonly policyId: string;
}

/** The newest proposal of a park's observations. */
export interface ProposalOfPark {
  readonly proposal: ObservationsProposalItem;
  /** The park's zone. */
  readonly zoneId: string;
}

/** An observation in one of its revisions. */
export interface RevisedObservation {
  readonly observation: ObservationItem;
  readonly figure: FigureRecord;
}

/** A year whose working days are asked for. */
export interface AskedYear {
  readonly year: number;
}

export type SourceRecord = FigureRecord['source'];

/** The terms of a policy version. */
export type TermsOfVersion = PolicyTerms;
