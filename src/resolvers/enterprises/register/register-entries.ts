import { OBJECTION_REASONS } from '../../../domain/register/move.ts';
import { REJECTION_REASONS } from '../../../domain/register/proposal.ts';
import { CHALLENGE_REASONS } from '../../../domain/register/registration.ts';
import type {
  AdmissionResolvers,
  HomeMoveResolvers,
  PendingSuccessionResolvers,
  RegisterEventResolvers,
  RegistrationChallengeResolvers,
  RelativeResolvers,
} from '../generated/types.ts';
import { present } from '../present.ts';

const zone = (id: string) => ({ id });
const zoneOrNone = (id: string | null) => (id === null ? null : { id });

export const RegistrationChallenge: RegistrationChallengeResolvers = {
  homeZone: ({ homeZoneId }) => zoneOrNone(homeZoneId),
  byZone: ({ byZoneId }) => zoneOrNone(byZoneId),
};

export const Admission: AdmissionResolvers = {
  park: ({ parkId }) => ({ id: parkId }),
  zone: ({ zoneId }) => zone(zoneId),
  kind: ({ terms }) => terms?.kind ?? null,
  staffCount: ({ terms }) => terms?.staffCount ?? null,
};

export const HomeMove: HomeMoveResolvers = {
  fromZone: ({ fromZoneId }) => zone(fromZoneId),
  toZone: ({ toZoneId }) => zone(toZoneId),
  park: ({ toParkId }) => ({ id: toParkId }),
  objectionDueOn: ({ objection, dueOn }) => (objection === null ? dueOn : null),
  decisionDueOn: ({ objection, dueOn }) => (objection === null ? null : dueOn),
};

export const Relative: RelativeResolvers = {
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
};

export const PendingSuccession: PendingSuccessionResolvers = {
  into: ({ successorIds }, _, { store }) => store.enterprises.byId.loadMany(successorIds).then(withoutMissing),
  agreed: ({ agreedIds }, _, { store }) => store.enterprises.byId.loadMany(agreedIds).then(withoutMissing),
  confirmed: ({ confirmedZoneIds }) => confirmedZoneIds.map(zone),
};

const withoutMissing = <Item>(items: readonly (Item | null)[]) => items.filter((item) => item !== null);

export const RegisterEvent: RegisterEventResolvers = {
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
  zones: ({ zoneIds }) => zoneIds.map(zone),
  park: ({ parkId }) => (parkId === null ? null : { id: parkId }),
  challengeReason: ({ reason }) => CHALLENGE_REASONS.find((each) => each === reason) ?? null,
  objectionReason: ({ kind, reason }) =>
    (kind === 'MOVE_OBJECTED' && OBJECTION_REASONS.find((each) => each === reason)) || null,
  rejectionReason: ({ kind, reason }) =>
    (kind === 'PROPOSAL_REJECTED' && REJECTION_REASONS.find((each) => each === reason)) || null,
};
