import { agreementRelation, relocationRelation } from '../../../domain/access/relation.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { agreementFacts } from '../../../domain/linkages/agreement.ts';
import { agreementHolds } from '../../../domain/linkages/coverage.ts';
import { agreedFacts, differencesOf, isListed, relocationState } from '../../../domain/linkages/relocation.ts';
import type { ViewerKind } from '../../../domain/viewer.ts';
import { emptyPage, type Page, type PageRequest } from '../../../storage/dynamodb/page.ts';
import type { AgreementItem } from '../../../storage/linkages/items.ts';
import type { RelocationItem } from '../../../storage/linkages/relocations/relocation-items.ts';
import { formAt, purposeNotGranted } from '../../../subgraph/guards.ts';
import type { Context } from '../context.ts';
import type { RelocationDirection, RelocationResolvers, RelocationStatementResolvers } from '../generated/types.ts';
import { knownAgreement } from '../known.ts';

/** Returns the facts that decide who reads an agreement's terms. */
export function bindingOf({ parties, purposes }: AgreementItem) {
  return { zoneIds: parties.map(({ zoneId }) => zoneId), purposes };
}

/** Returns the viewer's relation to an agreement. */
export function relationToAgreement(of: AgreementItem, { viewer, request }: Context) {
  return agreementRelation(viewer, bindingOf(of), request.accessPurpose);
}

/** Throws PURPOSE_NOT_GRANTED for a partner whose declared purpose no agreement could grant relocations for. */
export function checkPurpose(context: Context): void {
  if (context.viewer.kind === 'partner' && formAt(context, 'Relocation.id', 'GRANTED') === 'HIDDEN') {
    throw purposeNotGranted('Relocation.id', context);
  }
}

/** Returns whether the viewer may read an enterprise's move between zones without an agreement's grant. */
export function mayReadMove(
  move: { readonly enterpriseId: string; readonly zoneIds: readonly string[] },
  context: Context,
): boolean {
  const relation = relocationRelation(context.viewer, move, null, context.request.accessPurpose);
  return formAt(context, 'Relocation.id', relation) !== 'HIDDEN';
}

/** Kinds of viewers who may read a relocation without an agreement's grant. */
const READERS: readonly ViewerKind[] = ['officer', 'clerk'];

/** Returns the ids of an enterprise's relocations. Nothing is read for viewers who may read none. */
export async function idsOfMoves(enterpriseId: string, { store, viewer }: Context): Promise<readonly string[]> {
  return READERS.includes(viewer.kind) ? store.relocations.idsOfEnterprise(enterpriseId) : [];
}

/** Returns the relocation, or null if the viewer may not see it. */
export async function ifShown(relocation: RelocationItem, context: Context): Promise<RelocationItem | null> {
  const { viewer, request } = context;
  const { enterpriseId, fromZoneId, toZoneId } = relocation;
  const of = { enterpriseId, zoneIds: [fromZoneId, toZoneId] };
  const agreement = viewer.kind === 'partner' ? await agreementInForce(relocation, context) : null;
  const relation = relocationRelation(viewer, of, agreement && bindingOf(agreement), request.accessPurpose);
  return formAt(context, 'Relocation.id', relation) === 'HIDDEN' ? null : relocation;
}

async function agreementInForce(
  { agreementId }: RelocationItem,
  { store, request }: Context,
): Promise<AgreementItem | null> {
  const agreement = agreementId === null ? null : await store.agreements.byId.load(agreementId);
  return agreement && agreementHolds(agreementFacts(agreement), dayInShanghai(request.now)) ? agreement : null;
}

/** Returns a page of a zone's relocations. Nothing is read for officers of other zones. */
export async function relocationsOfZone(
  zoneId: string,
  direction: RelocationDirection,
  page: PageRequest,
  { viewer, store }: Context,
): Promise<Page<RelocationItem>> {
  const isOwn = viewer.kind === 'officer' && viewer.zone === zoneId;
  return isOwn ? store.relocations.ofZone(zoneId, direction, page) : emptyPage(page);
}

export const Relocation: RelocationResolvers = {
  enterprise: ({ enterpriseId }) => ({ id: enterpriseId }),
  fromZone: ({ fromZoneId }) => ({ id: fromZoneId }),
  toZone: ({ toZoneId }) => ({ id: toZoneId }),
  toPark: ({ toParkId }) => toParkId,
  state: relocationState,
  ledBy: (relocation) => agreedFacts(relocation).ledBy ?? null,
  listed: isListed,
  relieves: (relocation) => agreedFacts(relocation).relieves ?? null,
  agreement: ({ agreementId }, _, { store }) => (agreementId === null ? null : knownAgreement(store, agreementId)),
  differences: differencesOf,
};

export const RelocationStatement: RelocationStatementResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
  remainingSites: ({ remainingSiteIds }) => remainingSiteIds,
  agreement: ({ agreementId }, _, { store }) => (agreementId === null ? null : knownAgreement(store, agreementId)),
};
