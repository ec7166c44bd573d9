import { registerRelation } from '../../../domain/access/relation.ts';
import type { DirectiveAnswer as Answer } from '../../../domain/directives/answer.ts';
import type { Directive as DirectiveRecord } from '../../../domain/directives/directive.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { listedCount } from '../../../storage/enterprises/published-figures/counting.ts';
import { localizedField } from '../../../subgraph/context.ts';
import type {
  AuthorityResolvers,
  DirectiveAnswerResolvers,
  DirectiveComplianceResolvers,
  DirectiveMeasureResolvers,
  DirectiveResolvers,
} from '../generated/types.ts';
import { present } from '../present.ts';

/** Returns the viewer's relation to a directive. A clerk has one where it names the clerk's enterprise. */
export function relationToDirective({ issuer, parks, enterpriseIds }: DirectiveRecord, viewer: Viewer) {
  const enterpriseId = enterpriseIds.find((id) => viewer.kind === 'clerk' && viewer.enterprise === id) ?? '';
  return registerRelation(viewer, {
    enterpriseId,
    zoneIds: [issuer.zoneId ?? '', ...parks.map(({ zoneId }) => zoneId)],
  });
}

/** Returns the viewer's relation to an answer. */
export function relationToAnswer({ enterpriseId, zoneIds }: Answer, viewer: Viewer) {
  return registerRelation(viewer, { enterpriseId: enterpriseId ?? '', zoneIds });
}

/** Returns the parks of a directive of which the viewer sees the answers. */
function parksShown({ issuer, parks }: DirectiveRecord, viewer: Viewer): readonly string[] {
  return parks
    .filter(
      ({ zoneId }) => registerRelation(viewer, { enterpriseId: '', zoneIds: [issuer.zoneId ?? '', zoneId] }) !== 'NONE',
    )
    .map(({ parkId }) => parkId);
}

export const Authority: AuthorityResolvers = {
  name: localizedField(({ name }) => name),
  zone: ({ zoneId }) => (zoneId === null ? null : { id: zoneId }),
};

export const Directive: DirectiveResolvers = {
  title: localizedField(({ title }) => title),
  text: localizedField(({ text }) => text),
  parks: ({ parks }) => parks.map(({ parkId }) => ({ id: parkId })),
  enterprises: async ({ enterpriseIds }, _, { viewer, store }) => {
    const shown = enterpriseIds.filter((id) => viewer.kind !== 'clerk' || viewer.enterprise === id);
    return (await store.enterprises.byId.loadMany(shown)).filter((item) => item !== null);
  },
  compliance: (directive, _, { viewer }) => parksShown(directive, viewer).map((parkId) => ({ directive, parkId })),
  outstanding: (directive, { park, ...page }, { viewer, store }) =>
    parksShown(directive, viewer).includes(park) ? store.directives.outstanding(directive, park, page) : null,
  answers: (directive, { park, ...page }, { viewer, store }) =>
    parksShown(directive, viewer).includes(park) ? store.directives.answersInPark(directive.id, park, page) : null,
};

export const DirectiveMeasure: DirectiveMeasureResolvers = {
  text: localizedField(({ text }) => text),
};

export const DirectiveCompliance: DirectiveComplianceResolvers = {
  park: ({ parkId }) => ({ id: parkId }),
  addressed: async ({ directive: { audience, enterpriseIds }, parkId }, _, { store }) =>
    audience === 'RESIDENTS' ? listedCount(await store.parkFigures.ofPark.load(parkId), null) : enterpriseIds.length,
  acknowledged: async ({ directive, parkId }, _, { store }) =>
    (await store.directives.countsOf(directive, parkId))?.ACKNOWLEDGED ?? 0,
  complied: async ({ directive, parkId }, _, { store }) =>
    (await store.directives.countsOf(directive, parkId))?.COMPLIED ?? 0,
  declined: async ({ directive, parkId }, _, { store }) =>
    (await store.directives.countsOf(directive, parkId))?.DECLINED ?? 0,
  office: ({ directive, parkId }, _, { store }) =>
    store.directives.answerOf.load({ directiveId: directive.id, parkId, enterpriseId: null }),
};

export const DirectiveAnswer: DirectiveAnswerResolvers = {
  directive: async ({ directiveId }, _, { store }) =>
    present(await store.directives.byId.load(directiveId), directiveId),
  park: ({ parkId }) => ({ id: parkId }),
  enterprise: ({ enterpriseId }, _, { store }) =>
    enterpriseId === null ? null : store.enterprises.byId.load(enterpriseId),
  proof: localizedField(({ proof }) => proof ?? null),
  reason: localizedField(({ reason }) => reason ?? null),
};
