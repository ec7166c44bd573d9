/** A relocation of an enterprise between zones (企业迁移): what each of both zones states of it, and what they agree on. */
import type { Versioned } from '../records/record.ts';

/** The parties that may lead a relocation: the enterprise by its own request, both governments, or the market. */
export const RELOCATION_LEADS = ['ENTERPRISE', 'GOVERNMENT', 'MARKET'] as const;
export type RelocationLead = (typeof RELOCATION_LEADS)[number];

/** The functions that the capital gives up (非首都功能), by the four kinds of 京津冀协同发展规划纲要 of 2015. */
export const CAPITAL_FUNCTIONS = ['INDUSTRY', 'LOGISTICS_AND_MARKETS', 'PUBLIC_SERVICES', 'HEADQUARTERS'] as const;
export type CapitalFunction = (typeof CAPITAL_FUNCTIONS)[number];

/** The facts that a zone states of a relocation. */
export interface RelocationFacts {
  readonly ledBy: RelocationLead;
  /** The number in the list that both governments confirm; null for a relocation that no government leads. */
  readonly listNumber: string | null;
  /** The function of the capital that it relieves; null where it relieves none. */
  readonly relieves: CapitalFunction | null;
  /** Sites that stay in the zone that is left, by id. */
  readonly remainingSiteIds: readonly string[];
  /** The agreement that it falls under; null where there is none. */
  readonly agreementId: string | null;
}

/** A statement of one zone. It is never changed: a zone that knows better states anew. */
export interface ZoneStatement extends RelocationFacts {
  readonly zoneId: string;
  readonly statedOn: string;
}

export interface RelocationRecord extends Versioned {
  readonly id: string;
  readonly enterpriseId: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
  /** The park that it leads to; null in data from before zones stated it. */
  readonly toParkId: string | null;
  /** The first day of the new home; null until the register has the move. */
  readonly registeredOn: string | null;
  /** The day on which both zones first stated the same; null before. From then on neither withdraws it. */
  readonly confirmedOn: string | null;
  /** The day of the withdrawal; null where nobody has withdrawn it. */
  readonly withdrawnOn: string | null;
  /** The agreement on which both zones agree. It decides which systems may read the relocation. */
  readonly agreementId: string | null;
  /** Statements of both zones, the oldest first. */
  readonly statements: readonly ZoneStatement[];
}

/** The state of a relocation. `CONFIRMED`: both zones have stated the same, and the enterprise has not moved yet. */
export const RELOCATION_STATES = ['OPEN', 'CONFIRMED', 'REGISTERED', 'WITHDRAWN'] as const;
export type RelocationState = (typeof RELOCATION_STATES)[number];

export function relocationState(relocation: RelocationRecord): RelocationState {
  if (relocation.registeredOn !== null) return 'REGISTERED';
  if (relocation.withdrawnOn !== null) return 'WITHDRAWN';
  return relocation.confirmedOn === null ? 'OPEN' : 'CONFIRMED';
}

/** The names of the facts that statements are compared by. */
export const RELOCATION_FACTS = ['LED_BY', 'LIST_NUMBER', 'RELIEVES', 'REMAINING_SITES', 'AGREEMENT'] as const;
export type RelocationFact = (typeof RELOCATION_FACTS)[number];

const VALUES = {
  LED_BY: ({ ledBy }) => ledBy,
  LIST_NUMBER: ({ listNumber }) => listNumber,
  RELIEVES: ({ relieves }) => relieves,
  REMAINING_SITES: ({ remainingSiteIds }) => [...remainingSiteIds].sort().join(),
  AGREEMENT: ({ agreementId }) => agreementId,
} as const satisfies Record<RelocationFact, (facts: RelocationFacts) => string | null>;

/** Returns the names of the facts in which two statements differ. */
export function differencesBetween(one: RelocationFacts, other: RelocationFacts): readonly RelocationFact[] {
  return RELOCATION_FACTS.filter((name) => VALUES[name](one) !== VALUES[name](other));
}

/** Returns the newest statement of a zone; null where it has stated nothing. */
export function latestOf({ statements }: Pick<RelocationRecord, 'statements'>, zoneId: string): ZoneStatement | null {
  return statements.findLast((statement) => statement.zoneId === zoneId) ?? null;
}

type Stated = Pick<RelocationRecord, 'fromZoneId' | 'toZoneId' | 'statements'>;

/** Returns the newest statements of both zones; null until both have stated something. */
function bothOf(relocation: Stated): readonly [ZoneStatement, ZoneStatement] | null {
  const [from, to] = [latestOf(relocation, relocation.fromZoneId), latestOf(relocation, relocation.toZoneId)];
  return from && to && [from, to];
}

/** Returns the facts in which the newest statements of both zones differ; none until both have stated something. */
export function differencesOf(relocation: Stated): readonly RelocationFact[] {
  const both = bothOf(relocation);
  return both ? differencesBetween(...both) : [];
}

/** Returns whether the newest statements of both zones are the same. */
export function isConfirmed(relocation: Stated): boolean {
  return bothOf(relocation) !== null && differencesOf(relocation).length === 0;
}

/** Returns the facts that both zones state alike. The others, and those of one zone alone, are left out. */
export function agreedFacts(relocation: Stated): Partial<RelocationFacts> {
  const both = bothOf(relocation);
  if (!both) return {};
  const [{ ledBy, listNumber, relieves, remainingSiteIds, agreementId }] = both;
  const differences = new Set(differencesBetween(...both));
  return {
    ...(differences.has('LED_BY') ? {} : { ledBy }),
    ...(differences.has('LIST_NUMBER') ? {} : { listNumber }),
    ...(differences.has('RELIEVES') ? {} : { relieves }),
    ...(differences.has('REMAINING_SITES') ? {} : { remainingSiteIds }),
    ...(differences.has('AGREEMENT') ? {} : { agreementId }),
  };
}

/** Returns whether both zones state the same number of the list that both governments confirm. */
export function isListed(relocation: Stated): boolean {
  const { ledBy, listNumber } = agreedFacts(relocation);
  return ledBy === 'GOVERNMENT' && listNumber != null;
}

/** The events of a relocation that both zones are told of. */
export const RELOCATION_EVENTS = ['OPENED', 'STATED', 'CONFIRMED', 'REGISTERED', 'WITHDRAWN'] as const;
export type RelocationEvent = (typeof RELOCATION_EVENTS)[number];

/** Returns the event by which a relocation became what it is. */
export function relocationEvent(before: RelocationRecord | null, after: RelocationRecord): RelocationEvent {
  if (after.registeredOn !== (before?.registeredOn ?? null)) return 'REGISTERED';
  if (!before) return 'OPENED';
  if (after.withdrawnOn !== before.withdrawnOn) return 'WITHDRAWN';
  return after.confirmedOn === before.confirmedOn ? 'STATED' : 'CONFIRMED';
}
