/** A command on a case: an action and its input. */

import type { PauseReason } from '../calendar/deadline.ts';
import type { VerifiedSource } from '../documents/verification.ts';
import type { Localized } from '../locale.ts';
import type { IdentityFacts } from '../people/identity.ts';
import type { Verdict } from './agency.ts';
import type { CaseAgreement } from './case-agreement.ts';
import type { AnnouncedFile, FoundFile, OutcomeRecord } from './file.ts';
import type { NamedFacility } from './place.ts';
import type { AgencyContact, StatedReason } from './supplements/supplement-reason.ts';

export const CASE_ACTIONS = [
  'SUPPLY_DOCUMENT',
  'USE_VERIFIED',
  'WITHDRAW_VERIFIED',
  'SUBMIT',
  'RECOMMEND',
  'CONSENT',
  'WITHDRAW',
  'REQUEST_RECONSIDERATION',
  'RATE',
  'HAND_OVER',
  'ACCEPT',
  'DECLINE',
  'REQUEST_SUPPLEMENT',
  'START_REVIEW',
  'VERIFY_IDENTITY',
  'GIVE_OPINION',
  'START_SPECIAL_PROCEDURE',
  'END_SPECIAL_PROCEDURE',
  'EXTEND_DEADLINE',
  'OPEN_PUBLIC_NOTICE',
  'APPROVE',
  'REJECT',
  'DELIVER',
  'CLOSE',
  'TRANSFER',
  'TAKE_UP_RECONSIDERATION',
  'UPHOLD',
  'REVERSE',
  'DEEM_ACCEPTED',
  'DEEM_TAKEN_UP',
  'LAPSE',
] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

interface Reasoned {
  readonly reasons: readonly Localized[];
}

type Nothing = Readonly<Record<never, never>>;

/** The input of each action, besides the version that the actor read. */
interface Details {
  /** `announced`: the upload request; null where there is none. `found`: the uploaded file; null where none arrived. */
  readonly SUPPLY_DOCUMENT: { readonly announced: AnnouncedFile | null; readonly found: FoundFile | null };
  /** `source`: the verified document; null where there is none. `agreement`: of both zones; null where there is none. */
  readonly USE_VERIFIED: {
    readonly document: string;
    readonly source: VerifiedSource | null;
    readonly agreement: CaseAgreement | null;
  };
  readonly WITHDRAW_VERIFIED: { readonly document: string };
  readonly SUBMIT: Nothing;
  readonly RECOMMEND: Nothing;
  readonly CONSENT: Nothing;
  readonly WITHDRAW: Nothing;
  readonly REQUEST_RECONSIDERATION: Nothing;
  readonly RATE: { readonly rating: number };
  readonly HAND_OVER: Nothing;
  readonly ACCEPT: Nothing;
  readonly DECLINE: Reasoned;
  /** `until`: the last day to supply the documents. `reasons`: why a document is asked for again. */
  readonly REQUEST_SUPPLEMENT: {
    readonly documents: readonly string[];
    readonly until: string;
    readonly reasons: readonly StatedReason[];
    readonly contact: AgencyContact | null;
  };
  readonly START_REVIEW: Nothing;
  /** `stated`: the applicant's last stated number; null where none is stored. */
  readonly VERIFY_IDENTITY: { readonly stated: IdentityFacts | null };
  readonly GIVE_OPINION: { readonly verdict: Verdict };
  readonly START_SPECIAL_PROCEDURE: { readonly pause: PauseReason };
  readonly END_SPECIAL_PROCEDURE: Nothing;
  readonly EXTEND_DEADLINE: { readonly extendedBy: number };
  /** `until`: the last day of the notice. */
  readonly OPEN_PUBLIC_NOTICE: { readonly until: string };
  /** `facility`: the one whose place the applicant gets; null or absent for a case that takes none. */
  readonly APPROVE: { readonly facility?: NamedFacility | null };
  readonly REJECT: Reasoned;
  readonly DELIVER: { readonly documentSha256: string; readonly outcome: OutcomeRecord | null };
  readonly CLOSE: Nothing;
  /** `agreement`: the one in force between the two zones; null where there is none. */
  readonly TRANSFER: Reasoned & { readonly toZone: string; readonly agreement: CaseAgreement | null };
  readonly TAKE_UP_RECONSIDERATION: Nothing;
  readonly UPHOLD: Reasoned;
  readonly REVERSE: Reasoned;
  readonly DEEM_ACCEPTED: Nothing;
  readonly DEEM_TAKEN_UP: Nothing;
  readonly LAPSE: Nothing;
}

export type CommandOf<Action extends CaseAction> = {
  readonly action: Action;
  /** The version that the actor read; null where later events don't matter. */
  readonly version: number | null;
} & Details[Action];

export type CaseCommand = { [Action in CaseAction]: CommandOf<Action> }[CaseAction];
