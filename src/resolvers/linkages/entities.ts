import { dayInShanghai } from '../../domain/calendar/day.ts';
import { CodedError } from '../../errors.ts';
import { byId, type References, stubs } from '../../subgraph/references.ts';
import { decideApplications } from './applications.ts';
import type { Context } from './context.ts';
import type { EnterpriseResolvers, PolicyResolvers, ZoneResolvers } from './generated/types.ts';
import { coveragesOfPolicy, coveragesOfZone } from './holding-coverages.ts';
import { walkFrom } from './linkage-graph.ts';
import { recognitionsOfZone } from './recognitions.ts';
import { checkPurpose, ifShown, relocationsOfZone } from './relocations/relocations.ts';

/**
 * The entities that other subgraphs refer to, by id: one BatchGet per type. Of others' entities only the id is known.
 */
export const references: References<Context> = {
  Agreement: byId(({ store }) => store.agreements.byId),
  PolicyCoverage: byId(({ store }) => store.coverages.byId),
  LinkageGroup: byId(({ store }) => store.zoneLinks.groupById),
  Recognition: byId(({ store }) => store.recognitions.byId),
  Relocation: async (representations, context) => {
    const found = await context.store.relocations.byId.loadMany(representations.map(({ id }) => String(id)));
    return Promise.all(found.map((each) => each && ifShown(each, context)));
  },
  Zone: stubs,
  Policy: stubs,
  Enterprise: stubs,
};

export const Enterprise: EnterpriseResolvers = {
  relocations: async ({ id }, _, context) => {
    checkPurpose(context);
    const all = await context.store.relocations.ofEnterprise(id);
    const shown = await Promise.all(all.map((each) => ifShown(each, context)));
    return shown.filter((each) => each !== null);
  },
  applicablePolicies: ({ id }, { on, orUnknown }, context) =>
    decideApplications(
      {
        subject: { kind: 'ENTERPRISE', name: id },
        on: on ?? dayInShanghai(context.request.now),
        stated: {},
        orUnknown,
      },
      context,
    ),
};

export const Policy: PolicyResolvers = {
  coverage: ({ id }, { on }, context) => coveragesOfPolicy(id, on ?? dayInShanghai(context.request.now), context),
};

/** Maximum steps: further away, nearly every zone is linked with every other. */
const MAX_STEPS = 3;

export const Zone: ZoneResolvers = {
  linkages: ({ id }, { kind, ...page }, { store }) =>
    store.agreements.listOfZone(id, kind ?? null, 'Zone.linkages', page),
  linkedZones: ({ id }, { within }, { store, request }) => {
    if (within < 1 || within > MAX_STEPS) {
      throw new CodedError('BAD_USER_INPUT', `\`within\` must be from 1 to ${MAX_STEPS}.`, {
        details: { argument: 'within' },
      });
    }
    return walkFrom(store, id, within, dayInShanghai(request.now));
  },
  coverages: ({ id }, { direction, on }, context) =>
    coveragesOfZone(id, { direction, day: on ?? dayInShanghai(context.request.now) }, context),
  relocations: ({ id }, { direction, ...page }, context) => relocationsOfZone(id, direction, page, context),
  recognitions: ({ id }, { direction, on }, context) =>
    recognitionsOfZone(id, { direction, day: on ?? dayInShanghai(context.request.now) }, context),
  signing: async ({ id }, _, { store }) =>
    (await store.signingRules.ofZone.load(id)) ?? { zoneId: id, officers: 1, loweredBy: null, version: 0 },
  groups: async ({ id }, _, { store }) => {
    const groups = await store.zoneLinks.groupById.loadMany((await store.zoneLinks.ofZone.load(id))?.groupIds ?? []);
    return groups.filter((group) => group !== null);
  },
};
