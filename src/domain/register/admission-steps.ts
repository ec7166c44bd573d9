import type { Residency } from '../enterprises/residency.ts';
import { isHeadcount } from '../reports/operation-report.ts';
import { type Admission, type AdmissionTerms, MAX_ADMISSIONS_A_ZONE } from './admission.ts';
import type { RegisterCommandOf } from './command.ts';
import type { RegisterEventKind } from './event.ts';
import { type RegisterDecision, type RegisterMoment, refuseRegister as refuse } from './situation.ts';
import { endStays, firstOpenDay, newestFirst } from './stays.ts';

/** Records the enterprise's agreement to a stay. Opens the admission if the park has recorded its terms. */
export function decideAgreement(moment: RegisterMoment, from: string): RegisterDecision {
  const { park } = moment;
  const refused = refuseAdmission(moment);
  if (refused || !park) return refused ?? unknownPark();
  const known = admissionAt(moment);
  if (known?.state === 'AGREED') return refuse('WRONG_STATE', 'park', 'The enterprise has agreed already.');
  if (known?.terms) return opened(moment, { ...known, terms: known.terms }, from);
  return recorded(moment, { parkId: park.parkId, zoneId: park.zoneId, state: 'AGREED', from, terms: null });
}

/** Records a park's terms of a stay. Opens the admission if the enterprise has agreed. */
export function decideTerms(
  moment: RegisterMoment,
  { from, terms }: Pick<RegisterCommandOf<'RECORD_ADMISSION'>, 'from' | 'terms'>,
): RegisterDecision {
  const { park } = moment;
  const refused = refuseAdmission(moment);
  if (refused || !park) return refused ?? unknownPark();
  if (!isHeadcount(terms.staffCount)) {
    return refuse('INVALID_STAFF_COUNT', 'staffCount', 'The staff count is not a number of persons.');
  }
  const known = admissionAt(moment);
  if (known?.state === 'AGREED') return opened(moment, { ...known, terms }, from);
  return recorded(moment, { parkId: park.parkId, zoneId: park.zoneId, state: 'RECORDED', from, terms });
}

/** Ends an admission for either side. One that isn't open yet ends at once. */
export function decideEnd(moment: RegisterMoment, lastDay: string): RegisterDecision {
  const { enterprise, today } = moment;
  const known = admissionAt(moment);
  if (!known) return refuse('NO_ADMISSION', 'park', 'The enterprise has no admission to this park.');
  if (known.state !== 'OPEN') return { ok: true, value: ended(moment, others(moment), enterprise.residencies) };
  if (lastDay < today) return refuse('INVALID_DAY', 'lastDay', 'An admission ends today or later.');
  const residencies = endStays(enterprise.residencies, lastDay, ({ parkId }) => parkId === known.parkId);
  const admissions = residencies.some((stay) => isCurrent(stay, known, today)) ? current(moment) : others(moment);
  return { ok: true, value: ended(moment, admissions, residencies) };
}

function refuseAdmission(moment: RegisterMoment) {
  const { enterprise, park } = moment;
  if (enterprise.registration !== 'CONFIRMED') {
    return refuse('WRONG_STATE', 'enterprise', 'The registration of the enterprise is not confirmed.');
  }
  if (park?.zoneId === enterprise.homeZoneId) {
    return refuse('WRONG_ZONE', 'park', 'The enterprise is at home in the zone of this park.');
  }
  if (admissionAt(moment)?.state === 'OPEN') {
    return refuse('WRONG_STATE', 'park', 'The enterprise is admitted to this park already.');
  }
  const ofZone = others(moment).filter(({ zoneId }) => zoneId === park?.zoneId);
  if (ofZone.length < MAX_ADMISSIONS_A_ZONE) return null;
  return refuse(
    'TOO_MANY_ADMISSIONS',
    'park',
    `A zone has at most ${MAX_ADMISSIONS_A_ZONE} admissions of an enterprise.`,
  );
}

function unknownPark() {
  return refuse('UNKNOWN_PARK', 'park', 'There is no such park.');
}

const isCurrent = (stay: Residency, { parkId }: Admission, today: string) =>
  stay.parkId === parkId && (stay.to === null || stay.to >= today);

/** Returns the admissions, without those whose stay is over. */
function current({ enterprise, today }: RegisterMoment): readonly Admission[] {
  const { admissions, residencies } = enterprise;
  return admissions.filter((each) => each.state !== 'OPEN' || residencies.some((stay) => isCurrent(stay, each, today)));
}

function admissionAt(moment: RegisterMoment): Admission | undefined {
  return current(moment).find(({ parkId }) => parkId === moment.park?.parkId);
}

function others(moment: RegisterMoment): readonly Admission[] {
  return current(moment).filter(({ parkId }) => parkId !== moment.park?.parkId);
}

function recorded(moment: RegisterMoment, admission: Admission): RegisterDecision {
  const kind = admission.state === 'AGREED' ? 'ADMISSION_AGREED' : 'ADMISSION_RECORDED';
  const change = { admissions: [...others(moment), admission] };
  return { ok: true, value: { change, event: eventOf(moment, kind) } };
}

/** Opens an admission. The stay begins on the latest of both sides' days and today, after the last reported day. */
function opened(
  moment: RegisterMoment,
  admission: Admission & { readonly terms: AdmissionTerms },
  other: string,
): RegisterDecision {
  const { enterprise, today, lastReported } = moment;
  const { parkId, terms } = admission;
  const from = [admission.from, other, firstOpenDay(today, lastReported)].reduce((a, b) => (a > b ? a : b));
  const stay: Residency = { parkId, kind: terms.kind, registeredStaff: terms.staffCount, from, to: null };
  const change = {
    admissions: [...others(moment), { ...admission, state: 'OPEN' as const, from }],
    residencies: newestFirst([stay, ...enterprise.residencies]),
  };
  return { ok: true, value: { change, event: eventOf(moment, 'ADMITTED') } };
}

function ended(moment: RegisterMoment, admissions: readonly Admission[], residencies: readonly Residency[]) {
  return { change: { admissions, residencies }, event: eventOf(moment, 'ADMISSION_ENDED') };
}

function eventOf({ enterprise, park, by }: RegisterMoment, kind: RegisterEventKind) {
  return {
    kind,
    by,
    zoneIds: [enterprise.homeZoneId, ...(park ? [park.zoneId] : [])],
    isForAdministrators: false,
    parkId: park?.parkId ?? null,
    reason: null,
  };
}
