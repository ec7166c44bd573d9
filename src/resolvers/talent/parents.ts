/** What resolvers get as their parent where that is no item of the store: named in `codegen.ts`. */
import type { Page } from '../../storage/page.ts';
import type { CaseFacts, CaseItem, CaseTypeFacts, OutcomeRecord } from '../../storage/talent/items.ts';
import type { Edge } from '../../subgraph/connection.ts';

export type CasePage = Page<CaseItem>;
export type CaseInPage = Edge<CaseItem>;
export type CaseTypePage = Page<CaseTypeFacts>;
export type CaseTypeInPage = Edge<CaseTypeFacts>;

export type RequiredDocument = CaseTypeFacts['requiredDocuments'][number];
export type DecisionRecord = NonNullable<CaseFacts['decision']>;

export type HukouPermitRecord = Extract<OutcomeRecord, { kind: 'HukouPermit' }>;
export type HousingOfferRecord = Extract<OutcomeRecord, { kind: 'HousingOffer' }>;
export type SchoolPlaceRecord = Extract<OutcomeRecord, { kind: 'SchoolPlace' }>;
