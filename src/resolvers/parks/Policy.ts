import { dayInShanghai } from '../../domain/day.ts';
import { versionInForce } from '../../domain/policy-version.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { PolicyResolvers } from './generated/types.ts';

export const Policy: PolicyResolvers = {
  title: localizedField(({ title }) => title),
  homeZones: ({ homeZoneIds }, _, { store }) => store.zones.byId.loadMany(homeZoneIds),
  versions: ({ id, versions }) => versions.map((version) => ({ ...version, policyId: id })),
  inForceOn: ({ id, versions }, { date }, { request }) => {
    const version = versionInForce(versions, date ?? dayInShanghai(request.now));
    return version ? { ...version, policyId: id } : null;
  },
};
