/** What resolvers get as their parent where that is no item of the store: named in `codegen.ts`. */
import type { Ratio } from '../../domain/indicator.ts';
import type { ResidencyLevel, Tally } from '../../domain/resumption.ts';
import type { ResumptionRate } from '../../domain/resumption-rates.ts';
import type { ParkChoice } from '../../storage/enterprises/enterprises.ts';
import type { EnterpriseItem, ProjectItem, SupportRequestItem } from '../../storage/enterprises/items.ts';
import type { Page } from '../../storage/page.ts';
import type { Edge } from '../../subgraph/connection.ts';

export type { Residency as ResidencyRecord } from '../../domain/residency.ts';

export interface EnterpriseList extends Page<EnterpriseItem> {
  /** What the list is of, where a tally counts it. */
  readonly counted: ParkChoice | null;
}
export type EnterpriseInPage = Edge<EnterpriseItem>;
export type SupportRequestPage = Page<SupportRequestItem>;
export type SupportRequestInPage = Edge<SupportRequestItem>;
export type ProjectPage = Page<ProjectItem>;
export type ProjectInPage = Edge<ProjectItem>;

/** What was counted of a park and day. */
export interface ParkResumption {
  readonly on: string;
  readonly tally: Tally;
  readonly level: ResidencyLevel;
}

export interface RateOfPark {
  readonly ratio: Ratio;
  readonly definition: ResumptionRate;
}
