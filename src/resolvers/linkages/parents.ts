/** Resolvers' parents that are not stored items, named in `codegen.ts`. */

import type { ParkRelation } from '../../domain/access/relation.ts';
import type { ReplacedTerms } from '../../domain/linkages/agreement.ts';
import type { JudgedApplication } from '../../domain/linkages/application.ts';
import type { ChainLink, FailedReason } from '../../domain/linkages/coverage.ts';
import type { LedgerAccount, LedgerYear, PaymentState, Settlement } from '../../domain/linkages/ledger/account.ts';
import type { LedgerHead } from '../../domain/linkages/ledger/rules.ts';
import type { Payment } from '../../domain/linkages/ledger/settle.ts';
import type { CountedRecognition } from '../../domain/linkages/recognition.ts';
import type { ChainGap } from '../../domain/supply-chains/gaps.ts';
import type { GapCells } from '../../domain/supply-chains/visible-counts.ts';
import type { Page } from '../../storage/dynamodb/page.ts';
import type { AgreementItem, LinkageGroupItem } from '../../storage/linkages/items.ts';
import type { LedgerAccountItem, LedgerEntryItem } from '../../storage/linkages/ledgers/ledger-items.ts';
import type { RelocationItem } from '../../storage/linkages/relocations/relocation-items.ts';
import type { FillingSiteItem } from '../../storage/linkages/supply-chains/items.ts';
import type { Edge } from '../../subgraph/connection.ts';

export type AgreementPage = Page<AgreementItem>;
export type AgreementInPage = Edge<AgreementItem>;
export type RelocationPage = Page<RelocationItem>;
export type RelocationInPage = Edge<RelocationItem>;

/** The terms of an agreement between two changes; `replacedOn` is null for the present ones. */
export interface TermsOfAgreement extends Omit<ReplacedTerms, 'replacedOn'> {
  readonly replacedOn: string | null;
  /** The agreement, by whose parties its terms are guarded. */
  readonly agreement: AgreementItem;
}

/** The decision about a policy and a subject. */
export interface DecidedApplication extends JudgedApplication {
  /** The recognitions that were looked at for what the subject has from other zones. */
  readonly recognitions: readonly CountedRecognition[];
  readonly policyId: string;
  readonly on: string;
}
export type { ChainLink, FailedReason };
export type RecognitionAtHand = CountedRecognition;

export interface GraphOfGroup {
  readonly group: LinkageGroupItem;
  /** Newest first. */
  readonly agreements: readonly AgreementItem[];
  /** The lowest number of agreements between two zones. */
  readonly minWeight: number;
}

export interface GraphNode {
  readonly zoneId: string;
  readonly member: boolean;
}

export interface GapsPage {
  readonly gaps: readonly GapInSupply[];
  readonly endCursor: string | null;
}

export interface GapInSupply {
  readonly goodsCode: string;
  readonly cells: GapCells;
  readonly chain: readonly ChainGap[];
  /** Set where the gap is in the goods themselves, and not in their chain alone. */
  readonly isOpen: boolean;
  readonly isIncomplete: boolean;
  /** The viewer's relation to the park. */
  readonly relation: ParkRelation;
  /** The park, its zone and linked zones: where candidates are looked for, nearest first. */
  readonly placeIds: readonly string[];
  /** Enterprises that need the goods. */
  readonly needingIds: readonly string[];
  /** Loads the sites that fill gaps of the chain, once for a page. */
  readonly sites: () => Promise<readonly FillingSiteItem[]>;
}

export type {
  LedgerAccount as AccountOfLedger,
  SettledFigure as FigureOfSettlement,
  ZoneAmount as AmountOfZone,
  ZoneShare as ShareOfZone,
} from '../../domain/linkages/ledger/account.ts';

export type LedgerEntryPage = Page<LedgerEntryItem>;
export type LedgerEntryInPage = Edge<LedgerEntryItem>;
export type LedgerAccountPage = Page<LedgerAccountItem>;
export type LedgerAccountInPage = Edge<LedgerAccountItem>;

export interface LedgerOfAgreement extends LedgerHead {
  readonly agreementId: string;
}

export interface KeyOfZone {
  readonly zone: string;
  readonly publicKey: string;
}

/** The figure of a year, with its zones in the account's order. */
export interface FigureOfYear {
  readonly year: number;
  readonly figure: LedgerYear;
  readonly zones: readonly string[];
}

export interface SettlementOfAccount extends Settlement {
  readonly year: number;
  readonly account: LedgerAccount;
}

export interface PaymentOfSettlement extends Payment {
  readonly state: PaymentState;
}

export interface ReachedZone {
  readonly zoneId: string;
  readonly steps: number;
}
