import { idInPark, isIdOf, placeOfId } from '../../domain/ids.ts';
import { decideJointAnswer, decideOwnPosts, decidePosts, type StatedPosts } from '../../domain/places/posts.ts';
import type { LoadedRecord } from '../../storage/parks/records.ts';
import { localizedText } from '../../subgraph/context.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, PublishPostsInput } from './generated/types.ts';
import { unitById } from './places.ts';
import { zoneOfPark } from './publish-of-park.ts';
import { type PublicationAnswer, publishRecord } from './publish-record.ts';

/** Publishes the posts of a control unit: the whole list is one record. */
export const publishPosts: NonNullable<MutationResolvers['publishPosts']> = async (_, { input }, context) => {
  const { unit } = input;
  const answer = await publishRecord('publishPosts', input, context, {
    records: context.store.records.posts,
    load: (records, call) => records.load(call, unit, referencesOf(unit)),
    decide: ({ before, known }) =>
      decidePosts(statedPosts(input), before, { ...groundsOf(unit, known), viewer: context.viewer }),
  });
  return withUnit(answer, context);
};

/** Publishes the posts of a control unit for the enterprise that is the unit. */
export const publishOwnPosts: NonNullable<MutationResolvers['publishOwnPosts']> = async (_, { input }, context) => {
  const { unit } = input;
  const answer = await publishRecord('publishOwnPosts', input, context, {
    records: context.store.records.posts,
    load: (records, call) => records.load(call, unit, referencesOf(unit)),
    decide: ({ before, known }) => {
      const { unit: own } = groundsOf(unit, known);
      return decideOwnPosts(statedPosts(input), before, { unit: own, viewer: context.viewer });
    },
  });
  return withUnit(answer, context);
};

/** Records the answer of a joint unit to the posts that are asked of it. */
export const answerJointControl: NonNullable<MutationResolvers['answerJointControl']> = async (
  _,
  { input },
  context,
) => {
  const { unit, version: seen, agrees } = input;
  const { viewer, request } = context;
  const answer = await publishRecord('answerJointControl', input, context, {
    records: context.store.records.posts,
    load: (records, call) => records.load(call, unit, referencesOf(unit)),
    decide: ({ before, known }) =>
      decideJointAnswer({ seen, agrees }, before, { ...groundsOf(unit, known), viewer, now: request.now }),
  });
  return withUnit(answer, context);
};

/** Returns the records that decide on a unit: the list that it is in, and its park. */
const referencesOf = (unitId: string) => (isIdOf('unit', unitId) ? [unitId, placeOfId(unitId).parkId] : []);

function groundsOf(unitId: string, known: LoadedRecord<unknown>['known']) {
  const { parkId, code } = placeOfId(unitId);
  const list = known.get(unitId);
  const units = list?.type === 'ParkControl' ? list.units : [];
  return { unit: units.find(({ id }) => id === code) ?? null, zoneId: zoneOfPark(parkId, known) };
}

async function withUnit(
  { record, userErrors }: PublicationAnswer<{ readonly parkId: string; readonly unitCode: string }>,
  context: Context,
) {
  const unit = record && (await unitById(idInPark('unit', record.parkId, record.unitCode), context));
  return { unit, userErrors };
}

/** Returns a list of posts as an input states it. */
export function statedPosts({ unit, version, posts }: PublishPostsInput): StatedPosts {
  return {
    parkId: placeOfId(unit).parkId,
    unitCode: placeOfId(unit).code,
    seen: version ?? null,
    posts: posts.map(({ code, name, shifts }) => ({ id: code, name: localizedText(name), shifts })),
  };
}
