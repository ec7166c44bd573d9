import { type FilledGap, qualificationKey, supplyLinkKey } from '../enterprises/holdings.ts';
import { industryCodeOf } from '../enterprises/industry.ts';
import { countingResidency } from '../enterprises/residency.ts';
import { resideFrom } from '../enterprises/residency-change.ts';
import { refuseText } from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import { isHeadcount } from '../reports/operation-report.ts';
import { ENTERPRISE_THRESHOLD } from '../statistics/suppression.ts';
import { decideEnd } from './admission-steps.ts';
import type { RegisterCommandOf } from './command.ts';
import type { RegisterEvent, RegisterEventKind } from './event.ts';
import { type EnterpriseProposal, MAX_PROPOSALS, type Stated, type StatedKind, type StatedOf } from './proposal.ts';
import {
  type RegisterChange,
  type RegisterDecision,
  type RegisterMoment,
  type RegisterRefusalCode,
  refuseRegister as refuse,
} from './situation.ts';
import {
  closeSite,
  endSupplyLink,
  revokeQualification,
  stateQualification,
  stateSite,
  stateSupplyLink,
} from './stated-holdings.ts';
import { endStays, firstOpenDay } from './stays.ts';

type ChangeDecision = Decision<RegisterChange['change'], RegisterRefusalCode>;
type Change<Kind extends StatedKind> = (moment: RegisterMoment, stated: StatedOf<Kind>) => ChangeDecision;

const CHANGES: { readonly [Kind in StatedKind]: Change<Kind> } = {
  FACTS: changeFacts,
  LEAVE: leave,
  QUALIFICATION: ({ enterprise }, stated) => stateQualification(enterprise, stated),
  REVOCATION: ({ enterprise }, stated) => revokeQualification(enterprise, stated),
  SITE: ({ enterprise }, stated) => stateSite(enterprise, stated),
  SITE_CLOSURE: ({ enterprise }, stated) => closeSite(enterprise, stated),
  SUPPLY_LINK: ({ enterprise }, stated) => stateSupplyLink(enterprise, stated),
  SUPPLY_LINK_END: ({ enterprise }, stated) => endSupplyLink(enterprise, stated),
};

/** Decides a stated change: an officer's takes effect, a clerk's is stored as a proposal. */
export function decideStated(moment: RegisterMoment, stated: Stated): RegisterDecision {
  const { enterprise, park, by } = moment;
  if (enterprise.registration !== 'CONFIRMED') {
    return refuse('WRONG_STATE', 'enterprise', 'The registration of the enterprise is not confirmed.');
  }
  // An admission is ended by either side alone.
  if (stated.kind === 'LEAVE' && park?.zoneId !== enterprise.homeZoneId) return decideEnd(moment, stated.lastDay);
  const decision = changed(moment, stated);
  const refused = decision.ok && stated.kind === 'SITE' ? refuseGap(moment, stated) : null;
  if (refused) return refused;
  return decision.ok && by === 'ENTERPRISE' ? proposed(moment, stated) : decision;
}

/**
 * Refuses a site that fills a gap which its caller may not know of. The park's officers and administrators know of a gap by
 * one enterprise that needs the goods; others by as many as `supplyGaps` shows them. A gap that was stated before stays.
 */
function refuseGap({ enterprise, gap, by, byZoneId }: RegisterMoment, { site }: StatedOf<'SITE'>) {
  const { fills } = site;
  const before = enterprise.sites.find(({ id }) => id === site.id)?.fills;
  if (!fills || (before && isSameGap(before, fills))) return null;
  const zoneId = gap?.parkZoneId ?? null;
  if (!gap || zoneId === null) return refuse('UNKNOWN_PARK', 'fills', 'There is no such park.');
  const knowsAll = by === 'ADMINISTRATOR' || byZoneId === zoneId;
  if (gap.needing >= (knowsAll ? 1 : ENTERPRISE_THRESHOLD)) return null;
  return refuse('UNKNOWN_GAP', 'fills', 'The chain of this park and sector shows no gap of these goods.');
}

function isSameGap(one: FilledGap, other: FilledGap): boolean {
  return (
    one.parkId === other.parkId &&
    one.sector === other.sector &&
    one.goodsCode === industryCodeOf(other.goodsCode.toUpperCase())
  );
}

/** Decides a proposal for the home zone. An accepted change is checked anew, since the enterprise may have changed. */
export function decideProposal(
  moment: RegisterMoment,
  { number, isAccepted, reason }: RegisterCommandOf<'DECIDE_PROPOSAL'>,
): RegisterDecision {
  const { proposals = [] } = moment.enterprise;
  const proposal = proposals.find((each) => each.number === number);
  if (!proposal) return refuse('NO_PROPOSAL', 'proposal', 'The enterprise has no such open proposal.');
  if (isAccepted === (reason !== null)) {
    return refuse('INVALID_REASON', 'reason', 'A rejection has a reason, and an acceptance has none.');
  }
  const left = { proposals: proposals.filter((each) => each !== proposal) };
  if (!isAccepted) {
    const event = { ...eventOf(moment, 'PROPOSAL_REJECTED', proposal.stated), reason };
    return { ok: true, value: { change: left, event } };
  }
  const decision = changed(moment, proposal.stated);
  if (!decision.ok) return decision;
  const { change, event } = decision.value;
  return { ok: true, value: { change: { ...change, ...left }, event } };
}

function changed<Kind extends StatedKind>(moment: RegisterMoment, stated: StatedOf<Kind> & Stated): RegisterDecision {
  const change: Change<Kind> = CHANGES[stated.kind];
  const decision = change(moment, stated);
  if (!decision.ok) return decision;
  const event = eventOf(moment, stated.kind === 'LEAVE' ? 'LEFT' : 'CHANGED', stated);
  return { ok: true, value: { change: decision.value, event } };
}

/** Stores a proposal. A later one about the same subject replaces it. */
function proposed(moment: RegisterMoment, stated: Stated): RegisterDecision {
  const { enterprise, today } = moment;
  const others = (enterprise.proposals ?? []).filter((each) => subjectOf(each.stated) !== subjectOf(stated));
  if (others.length >= MAX_PROPOSALS) {
    return refuse('TOO_MANY', 'enterprise', `An enterprise has at most ${MAX_PROPOSALS} open proposals.`);
  }
  const proposal: EnterpriseProposal = { number: enterprise.version + 1, proposedOn: today, stated };
  return {
    ok: true,
    value: { change: { proposals: [...others, proposal] }, event: eventOf(moment, 'PROPOSED', stated) },
  };
}

/** Returns the thing that a change is about. Its kind alone is no subject where an enterprise has many. */
function subjectOf(stated: Stated): string {
  switch (stated.kind) {
    case 'FACTS':
      return 'facts';
    case 'LEAVE':
      return `stay ${stated.parkId}`;
    case 'QUALIFICATION':
      return `qualification ${qualificationKey(stated.qualification)}`;
    case 'REVOCATION':
      return `qualification ${stated.qualificationKind} ${stated.number ?? ''}`;
    case 'SITE':
      return `site ${stated.site.id}`;
    case 'SITE_CLOSURE':
      return `site ${stated.siteId}`;
    case 'SUPPLY_LINK':
    case 'SUPPLY_LINK_END':
      return `supply link ${supplyLinkKey(stated.link)}`;
  }
}

/** Changes facts. A new staff count is also that of the stay at home by which the enterprise counts. */
function changeFacts(moment: RegisterMoment, stated: StatedOf<'FACTS'>): ChangeDecision {
  const { enterprise } = moment;
  const { name, industryCode: code, staffCount } = stated.facts;
  const [refusedName] = name ? refuseText(name, ['name']) : [];
  if (refusedName) return { ok: false, refusals: [{ ...refusedName, code: 'INVALID_TEXT' }] };
  const industryCode = code === undefined ? enterprise.industryCode : industryCodeOf(code.toUpperCase());
  if (industryCode === null) {
    return refuse('UNKNOWN_INDUSTRY', 'industryCode', 'GB/T 4754-2017 has no such industry.');
  }
  if (staffCount !== undefined && !isHeadcount(staffCount)) {
    return refuse('INVALID_STAFF_COUNT', 'staffCount', 'The staff count is not a number of persons.');
  }
  return { ok: true, value: { ...stated.facts, industryCode, residencies: staysWith(moment, staffCount) } };
}

/** Returns the stays, of which the one that counts at home has the new number of staff from the first open day on. */
function staysWith({ enterprise, today, lastReported }: RegisterMoment, staffCount: number | undefined) {
  const { residencies, admissions } = enterprise;
  const from = firstOpenDay(today, lastReported);
  const counting = countingResidency(residencies, from);
  if (staffCount === undefined || !counting || counting.to !== null) return residencies;
  if (admissions.some(({ parkId }) => parkId === counting.parkId)) return residencies;
  const stays = resideFrom(residencies, { parkId: counting.parkId, from, registeredStaff: staffCount }, lastReported);
  return stays.ok ? stays.value : residencies;
}

/** Ends the stay in a park of the home zone. Reported days stay as they are. */
function leave({ enterprise, lastReported }: RegisterMoment, { parkId, lastDay }: StatedOf<'LEAVE'>): ChangeDecision {
  const isLasting = ({ to }: { readonly to: string | null }) => to === null || to > lastDay;
  const stay = enterprise.residencies.find((each) => each.parkId === parkId && isLasting(each));
  if (!stay) return refuse('NO_STAY', 'park', 'The enterprise has no stay in this park after that day.');
  // The home may have moved since the clerk proposed it. Then the stay has become an admission.
  if (enterprise.admissions.some((each) => each.parkId === parkId)) {
    return refuse('WRONG_ZONE', 'park', 'The stay is an admission by another zone.');
  }
  if (lastDay < stay.from) {
    return refuse('INVALID_DAY', 'lastDay', `The stay begins on ${stay.from} and ends no earlier.`);
  }
  if (lastReported !== null && lastDay < lastReported) {
    return refuse('INVALID_DAY', 'lastDay', `The enterprise's days up to ${lastReported} are reported or settled.`);
  }
  const residencies = endStays(enterprise.residencies, lastDay, (each) => each.parkId === parkId);
  return { ok: true, value: { residencies } };
}

function eventOf({ enterprise, by }: RegisterMoment, kind: RegisterEventKind, stated: Stated): RegisterEvent {
  const parkId = stated.kind === 'LEAVE' ? stated.parkId : null;
  return { kind, by, zoneIds: [enterprise.homeZoneId], isForAdministrators: false, parkId, reason: null, stated };
}
