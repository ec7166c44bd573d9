/**
 * Changes of an enterprise's own facts, stays, qualifications, sites and supply links. An officer's change takes effect at once. A clerk's change is a
 * proposal, which an officer of the home zone accepts or rejects.
 */
import type { EnterpriseFacts } from '../enterprises/facts.ts';
import type { QualificationRecord, SiteRecord, SupplyLinkKey, SupplyLinkRecord } from '../enterprises/holdings.ts';

/** The content of each kind of change. */
interface Contents {
  /** Facts that change; others stay as they are. */
  readonly FACTS: { readonly facts: Partial<EnterpriseFacts> };
  readonly LEAVE: { readonly parkId: string; readonly lastDay: string };
  readonly QUALIFICATION: { readonly qualification: QualificationRecord };
  readonly REVOCATION: {
    readonly qualificationKind: QualificationRecord['kind'];
    readonly number: string | null;
    /** The first day without the qualification. */
    readonly on: string;
  };
  readonly SITE: { readonly site: SiteRecord; readonly isNew: boolean };
  readonly SITE_CLOSURE: { readonly siteId: string };
  readonly SUPPLY_LINK: { readonly link: SupplyLinkRecord };
  readonly SUPPLY_LINK_END: { readonly link: SupplyLinkKey };
}

export type StatedKind = keyof Contents;
export type StatedOf<Kind extends StatedKind> = { readonly kind: Kind } & Contents[Kind];
/** A change as a clerk or an officer states it. */
export type Stated = { [Kind in StatedKind]: StatedOf<Kind> }[StatedKind];

/** A clerk's change that awaits the home zone's decision. */
export interface EnterpriseProposal {
  /** The enterprise's version with which it was proposed: unique within the enterprise. */
  readonly number: number;
  /** `YYYY-MM-DD`. */
  readonly proposedOn: string;
  readonly stated: Stated;
}

/** Upper bound of the open proposals of one enterprise. */
export const MAX_PROPOSALS = 10;

/** Reasons for which a home zone rejects a proposal. */
export const REJECTION_REASONS = ['NOT_PROVEN', 'DIFFERS_FROM_REGISTRY', 'NOT_APPLICABLE', 'NOT_REQUESTED'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
