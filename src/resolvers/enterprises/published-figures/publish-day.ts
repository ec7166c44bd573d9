import { mayWrite } from '../../../domain/access/decision.ts';
import { decidePublication, type PublishingRefusal } from '../../../domain/published-figures/published-day.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { relationToPark } from '../relations.ts';
import { dayOf, shownDay } from './figures.ts';

/** Publishes the figures of one day for one officer. */
export const publishDay: NonNullable<MutationResolvers['publishDay']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const { park, on, seen } = input;
  if (!mayWrite(viewer, 'publishDay', await relationToPark(park, context))) {
    const message = 'The figures of this park are not yours to publish.';
    return { resumption: null, userErrors: userErrors([{ code: 'NOT_YOUR_PARK', field: ['park'], message }], CODES) };
  }
  const call = onceRequest('publishDay', input, request.now);
  const by = 'person' in viewer ? viewer.person : '';
  const decision = await once(call, {
    load: () => store.publications.load(call, park, on),
    decide: (loaded) => decidePublication(on, seen, { ...loaded, now: request.now }),
    commit: (figures, loaded) => store.publications.publish(call, loaded, figures, by),
    again: async () => null,
    done: () => null,
  });
  if (!decision.ok) return { resumption: null, userErrors: userErrors(decision.refusals, CODES) };
  return { resumption: await resumptionOf(park, on, context), userErrors: [] };
};

/** Returns the day in its current state. */
async function resumptionOf(park: string, on: string, { store: { parkFigures }, request }: Context) {
  const [figures, publication, stored] = await Promise.all([
    parkFigures.ofPark.load(park),
    parkFigures.publicationOf.load(park),
    dayOf(parkFigures, park, on),
  ]);
  return figures && shownDay({ parkId: park, publication, ...stored, now: request.now });
}

const CODES = {
  ...ONCE_CODES,
  NOT_YOUR_PARK: 'NOT_ALLOWED',
  DAY_IN_FUTURE: 'NOT_ALLOWED',
  NOTHING_COUNTED: 'NOT_FOUND',
  NEEDS_BACKFILL: 'NOT_ALLOWED',
  DAY_CLOSED: 'DAY_CLOSED',
  OTHER_FIGURES: 'VERSION_CONFLICT',
  PUBLISHED_ALREADY: 'ALREADY_EXISTS',
} as const satisfies Record<PublishingRefusal | OnceRefusal | 'NOT_YOUR_PARK', UserErrorCode>;
