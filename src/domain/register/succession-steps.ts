import { addDays, laterDay } from '../calendar/day.ts';
import type { RegisterCommandOf } from './command.ts';
import type { RegisterEvent, RegisterEventKind } from './event.ts';
import { isUnderWay } from './move.ts';
import {
  type RegisterDecision,
  type RegisterMoment,
  refuseRegister as refuse,
  type SettledEnterprise,
} from './situation.ts';
import { endStays } from './stays.ts';
import {
  hasEnded,
  MAX_RELATIVES,
  MAX_SOURCE_CHARACTERS,
  MAX_SUCCESSORS,
  type Relative,
  type Succession,
  sameTerms,
} from './succession.ts';

/**
 * States a succession, or agrees to it. The predecessor's clerk states it first, and the successors' clerks agree to the
 * same terms. An administrator states it for all of them.
 */
export function decideSuccession(moment: RegisterMoment, terms: RegisterCommandOf<'SUCCEED'>): RegisterDecision {
  const { enterprise, successors, by, byEnterpriseId } = moment;
  const refused = refuseTerms(moment, terms) ?? refuseParties(moment);
  if (refused) return refused;
  const { kind, successorIds, on, source } = terms;
  const all = [enterprise.id, ...successorIds];
  const { succession } = enterprise;
  const isPending = succession != null && sameTerms(succession, terms);
  const stated: Succession = {
    ...{ kind, successorIds, on, source, confirmedZoneIds: [] },
    zoneIds: [...new Set([enterprise, ...successors].map(({ homeZoneId }) => homeZoneId))],
    agreedIds: by === 'ADMINISTRATOR' ? all : [enterprise.id],
  };
  if (byEnterpriseId === null) return pending(moment, stated, 'SUCCESSION_STATED');
  if (isPending && succession.agreedIds.includes(byEnterpriseId)) {
    return refuse('WRONG_STATE', 'enterprise', 'The enterprise has agreed already.');
  }
  if (byEnterpriseId === enterprise.id) return pending(moment, stated, 'SUCCESSION_STATED');
  if (!isPending) return refuse('NO_SUCCESSION', 'enterprise', 'The enterprise itself has not stated these terms.');
  const agreed = { ...succession, agreedIds: [...succession.agreedIds, byEnterpriseId] };
  return pending(moment, agreed, 'SUCCESSION_AGREED');
}

/** Confirms a succession for the officer's zone. With the last home zone's confirmation, it takes effect. */
export function decideSuccessionConfirmation(moment: RegisterMoment): RegisterDecision {
  const { enterprise, successors, today, byZoneId } = moment;
  const { succession } = enterprise;
  if (!succession) return refuse('NO_SUCCESSION', 'enterprise', 'No succession is stated.');
  const refused = refuseParties(moment);
  if (refused) return refused;
  if (succession.agreedIds.length <= succession.successorIds.length) {
    return refuse('WRONG_STATE', 'enterprise', 'Not all enterprises have agreed yet.');
  }
  if (today < succession.on) return refuse('INVALID_DAY', 'enterprise', `The succession begins on ${succession.on}.`);
  const confirmedZoneIds = [...new Set([...succession.confirmedZoneIds, ...(byZoneId === null ? [] : [byZoneId])])];
  if ([enterprise, ...successors].every(({ homeZoneId }) => confirmedZoneIds.includes(homeZoneId))) {
    return succeeded(moment, succession);
  }
  if (confirmedZoneIds.length === succession.confirmedZoneIds.length) {
    return refuse('WRONG_STATE', 'enterprise', 'The zone has confirmed already.');
  }
  return pending(moment, { ...succession, confirmedZoneIds }, 'SUCCESSION_CONFIRMED');
}

/** Ends a succession that is not confirmed by all home zones, for any of its parties. */
export function decideSuccessionEnd(moment: RegisterMoment): RegisterDecision {
  if (!moment.enterprise.succession) return refuse('NO_SUCCESSION', 'enterprise', 'No succession is stated.');
  return {
    ok: true,
    value: { change: { succession: null }, event: eventOf(moment, 'SUCCESSION_ENDED') },
  };
}

/** Refuses terms that cannot be. Administrators, and only they, name their source. */
function refuseTerms({ enterprise, successors, by }: RegisterMoment, terms: RegisterCommandOf<'SUCCEED'>) {
  const { kind, successorIds, source } = terms;
  const max = kind === 'ABSORPTION' ? 1 : MAX_SUCCESSORS;
  const isUnique = new Set([enterprise.id, ...successorIds]).size === successorIds.length + 1;
  if (successorIds.length < 1 || successorIds.length > max || !isUnique) {
    return refuse('INVALID_SUCCESSORS', 'into', `Name 1 to ${max} other enterprises, each once.`);
  }
  if (successors.length < successorIds.length)
    return refuse('UNKNOWN_ENTERPRISE', 'into', 'There is no such enterprise.');
  if ((by === 'ADMINISTRATOR') !== (source !== null)) {
    return refuse('INVALID_TEXT', 'source', 'An administrator names the extract of the registry; a clerk names none.');
  }
  if (source !== null && (source.trim() === '' || [...source].length > MAX_SOURCE_CHARACTERS)) {
    return refuse('INVALID_TEXT', 'source', `A source has 1 to ${MAX_SOURCE_CHARACTERS} characters.`);
  }
  return null;
}

/** Refuses enterprises that are not settled. A move or a challenge is to be completed first. */
function refuseParties({ enterprise, successors }: RegisterMoment) {
  if ([enterprise, ...successors].some((each) => each.registration !== 'CONFIRMED' || hasEnded(each))) {
    return refuse('WRONG_STATE', 'enterprise', 'An enterprise has ended, or its registration is not confirmed.');
  }
  if (enterprise.move && isUnderWay(enterprise.move)) {
    return refuse('WRONG_STATE', 'enterprise', 'A move of the enterprise is under way.');
  }
  const isFull = successors.some(({ predecessors = [] }) => predecessors.length >= MAX_RELATIVES);
  if (!isFull && (enterprise.successors ?? []).length + successors.length <= MAX_RELATIVES) return null;
  return refuse('TOO_MANY', 'into', `An enterprise has at most ${MAX_RELATIVES} predecessors and successors.`);
}

/**
 * Carries a succession out. A predecessor that ends loses its admissions and open proposals, and its stays end the day
 * before. Reported and closed days stay as they are.
 */
function succeeded(moment: RegisterMoment, { kind, on, successorIds }: Succession): RegisterDecision {
  const { enterprise, successors, lastReported, lastClosed } = moment;
  const relative = (enterpriseId: string): Relative => ({ enterpriseId, kind, on });
  const lastDay = laterDay(addDays(on, -1), laterDay(lastReported ?? '', lastClosed ?? ''));
  const ended =
    kind === 'SPLIT_OFF'
      ? {}
      : { residencies: endStays(enterprise.residencies, lastDay, () => true), admissions: [], proposals: [] };
  const change = {
    ...ended,
    succession: null,
    successors: [...(enterprise.successors ?? []), ...successorIds.map(relative)],
  };
  const event = eventOf(moment, 'SUCCEEDED');
  const others = successors.map((each: SettledEnterprise) => ({
    enterpriseId: each.id,
    change: { predecessors: [...(each.predecessors ?? []), relative(enterprise.id)] },
    event: { ...event, kind: 'BECAME_SUCCESSOR' as const },
  }));
  return { ok: true, value: { change, event, others } };
}

function pending(moment: RegisterMoment, succession: Succession, kind: RegisterEventKind): RegisterDecision {
  return { ok: true, value: { change: { succession }, event: eventOf(moment, kind) } };
}

function eventOf({ enterprise, successors, by }: RegisterMoment, kind: RegisterEventKind): RegisterEvent {
  const zoneIds = [...new Set([enterprise, ...successors].map(({ homeZoneId }) => homeZoneId))];
  return { kind, by, zoneIds, isForAdministrators: false, parkId: null, reason: null };
}
