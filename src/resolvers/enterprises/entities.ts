import type { Course } from '../../domain/courses/course.ts';
import type { Enrolment } from '../../domain/courses/enrolment.ts';
import type { DirectiveAnswer } from '../../domain/directives/answer.ts';
import type { Directive } from '../../domain/directives/directive.ts';
import { inspectionRelation } from '../../domain/inspections/inspection.ts';
import type { Interest } from '../../domain/offers/interest.ts';
import type { Offer } from '../../domain/offers/offer.ts';
import type {
  EnterpriseItem,
  InspectionItem,
  ProjectItem,
  SupportRequestItem,
  TrackingItem,
} from '../../storage/enterprises/items.ts';
import { formAt, type Guards } from '../../subgraph/guards.ts';
import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';
import { relationToCourse, relationToEnrolment } from './courses.ts';
import { relationToAnswer, relationToDirective } from './directives/types.ts';
import { relationToInterest, relationToOffer } from './offers.ts';
import { relationToEnterprise, relationToEnterpriseId, relationToPark, relationToRegister } from './relations.ts';

/**
 * The entities that other subgraphs refer to: one BatchGet per type for a list. Of parks, only the id is known here.
 */
export const references: References<Context> = {
  Enterprise: (representations, { store: { enterprises } }) =>
    Promise.all(
      representations.map(({ id, uscc }) =>
        typeof id === 'string' ? enterprises.byId.load(id) : enterprises.byUscc.load(String(uscc)),
      ),
    ),
  SupportRequest: async (representations, context) => {
    const found = await context.store.support.requestById.loadMany(representations.map(({ id }) => String(id)));
    return Promise.all(found.map((each) => each && ifShown(each, context)));
  },
  Inspection: async (representations, { store, viewer }) => {
    const found = await store.inspections.byId.loadMany(representations.map(({ id }) => String(id)));
    return found.map((each) => (each && inspectionRelation(viewer, each) !== 'NONE' ? each : null));
  },
  Project: byId(({ store }) => store.projects.byId),
  CooperationOffer: byId(({ store }) => store.offers.byId),
  Course: byId(({ store }) => store.courses.byId),
  Directive: byId(({ store }) => store.directives.byId),
  Park: stubs,
};

/** Returns a support request, or null if the viewer may not see the enterprise's requests. */
async function ifShown(request: SupportRequestItem, context: Context): Promise<SupportRequestItem | null> {
  const relation = await relationToEnterpriseId(request.enterpriseId, context);
  return relation === null || formAt(context, 'SupportRequest.id', relation) === 'HIDDEN' ? null : request;
}

/** The access rules of enterprises. Their reports and visits can be reached only through them. */
export const guards: Guards<Context> = {
  Enterprise: {
    relationTo: (of: EnterpriseItem, context, row) =>
      row === 'register' ? relationToRegister(of, context) : relationToEnterprise(of, context),
  },
  TrackingAssignment: { relationTo: relationToOwner },
  SupportRequest: { relationTo: relationToOwner },
  Inspection: { relationTo: (of: InspectionItem, { viewer }) => inspectionRelation(viewer, of) },
  Project: { relationTo: ({ parkId }: ProjectItem, context) => relationToPark(parkId, context) },
  CooperationOffer: { relationTo: (offer: Offer, { viewer }) => relationToOffer(offer, viewer) },
  OfferInterest: { relationTo: (interest: Interest, { viewer }) => relationToInterest(interest, viewer) },
  Course: { relationTo: (course: Course, { viewer }) => relationToCourse(course, viewer) },
  Enrolment: { relationTo: (enrolment: Enrolment, { viewer }) => relationToEnrolment(enrolment, viewer) },
  Directive: { relationTo: (directive: Directive, { viewer }) => relationToDirective(directive, viewer) },
  DirectiveAnswer: { relationTo: (answer: DirectiveAnswer, { viewer }) => relationToAnswer(answer, viewer) },
  Park: { relationTo: ({ id }: { readonly id: string }, context) => relationToPark(id, context) },
};

/** Returns the viewer's relation to the enterprise of a tracking or a request. */
async function relationToOwner({ enterpriseId }: TrackingItem | SupportRequestItem, context: Context): Promise<string> {
  return (await relationToEnterpriseId(enterpriseId, context)) ?? 'NONE';
}
