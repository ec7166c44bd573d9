/** Lists that are written in one transaction with what they list. A repair holds to the version that it was made of. */
import { check, isNew, put, remove, versionIs, type Write } from '../dynamodb/write.ts';
import type { EnterpriseItem, EnterpriseNameItem, ResidentItem } from '../enterprises/items.ts';
import { enterpriseNameItems, residentItems } from '../enterprises/make-items.ts';
import { type ParkNeedsItem, parkNeedsItems } from '../enterprises/park-needs.ts';
import { type PolicyInForceItem, type PolicyItem, policyInForceItems } from '../parks/items.ts';
import { enterpriseKeys } from '../tables/enterprises.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { parkKeys } from '../tables/parks.ts';
import { CHANGED, derivedItems } from './derived-items.ts';
import type { ReadModel } from './read-model.ts';

/** Returns the check that the listed item is as it was read. Repairs of one item share it. */
function isAsRead(key: PrimaryKey, version: number | undefined): Write<typeof CHANGED> {
  const when = version === undefined ? isNew : versionIs(version);
  return { ...check(key, { when, otherwise: CHANGED }), sharedAs: `${key.pk} ${key.sk}` };
}

export const residents: ReadModel = derivedItems<EnterpriseItem, ResidentItem>({
  name: 'residents',
  title: "parks' lists of residents",
  source: { store: 'enterprises', type: 'Enterprise' },
  target: { store: 'enterprises', type: 'Resident' },
  itemsOf: residentItems,
  sourceOf: ({ enterpriseId }) => enterpriseId,
  sourceKey: enterpriseKeys.enterprise,
  put: (item, { id, version }) => [isAsRead(enterpriseKeys.enterprise(id), version), put(item)],
  remove: (item, source) => [isAsRead(enterpriseKeys.enterprise(item.enterpriseId), source?.version), remove(item)],
});

export const parkNeeds: ReadModel = derivedItems<EnterpriseItem, ParkNeedsItem>({
  name: 'park-needs',
  title: 'lists of goods that enterprises of parks need',
  source: { store: 'enterprises', type: 'Enterprise' },
  target: { store: 'enterprises', type: 'ParkNeeds' },
  itemsOf: parkNeedsItems,
  sourceOf: ({ enterpriseId }) => enterpriseId,
  sourceKey: enterpriseKeys.enterprise,
  put: (item, { id, version }) => [isAsRead(enterpriseKeys.enterprise(id), version), put(item)],
  remove: (item, source) => [isAsRead(enterpriseKeys.enterprise(item.enterpriseId), source?.version), remove(item)],
});

export const enterpriseNames: ReadModel = derivedItems<EnterpriseItem, EnterpriseNameItem>({
  name: 'enterprise-names',
  title: 'lists of enterprises by name',
  source: { store: 'enterprises', type: 'Enterprise' },
  target: { store: 'enterprises', type: 'EnterpriseName' },
  itemsOf: enterpriseNameItems,
  sourceOf: ({ enterpriseId }) => enterpriseId,
  sourceKey: enterpriseKeys.enterprise,
  put: (item, { id, version }) => [isAsRead(enterpriseKeys.enterprise(id), version), put(item)],
  remove: (item, source) => [isAsRead(enterpriseKeys.enterprise(item.enterpriseId), source?.version), remove(item)],
});

export const policiesInForce: ReadModel = derivedItems<PolicyItem, PolicyInForceItem>({
  name: 'policies-in-force',
  title: 'lists of policies in force',
  source: { store: 'parks', type: 'Policy' },
  target: { store: 'parks', type: 'PolicyInForce' },
  itemsOf: policyInForceItems,
  sourceOf: ({ policyId }) => policyId,
  sourceKey: parkKeys.policy,
  put: (item, { id, version }) => [isAsRead(parkKeys.policy(id), version), put(item)],
  remove: (item, source) => [isAsRead(parkKeys.policy(item.policyId), source?.version), remove(item)],
});
