import { idInPark } from '../../domain/ids.ts';
import { isManned, shiftsAt } from '../../domain/places/posts.ts';
import { localizedField } from '../../subgraph/context.ts';
import type { Context } from './context.ts';
import type { PostResolvers } from './generated/types.ts';
import type { PostOfUnit, UnitOfPark } from './parents.ts';

/**
 * Returns the posts of control units.
 * @param at an instant, to return only those that are manned then; null for all
 */
export async function postsOfUnits(
  units: readonly UnitOfPark[],
  at: Date | null,
  { parks }: Context['store'],
): Promise<PostOfUnit[]> {
  const lists = await parks.postsOf.loadMany(units.map(({ parkId, unit }) => idInPark('unit', parkId, unit.id)));
  const posts = units.flatMap((unit, i) => {
    const list = lists[i];
    return list ? list.posts.map((post): PostOfUnit => ({ post, unit, list })) : [];
  });
  return at === null ? posts : posts.filter((post) => dutyAt(post, at).length > 0);
}

/** Returns the duties at a post at an instant; none where it isn't manned. */
function dutyAt({ post, unit, list }: PostOfUnit, at: Date) {
  return isManned(unit.unit.kind, list) ? shiftsAt(post, at).flatMap(({ roster }) => roster) : [];
}

export const Post: PostResolvers = {
  code: ({ post }) => post.id,
  unit: ({ unit }) => unit,
  name: localizedField(({ post }) => post.name),
  shifts: ({ post }) => post.shifts,
  agreed: ({ list }) => list.answer?.agrees ?? null,
  onDuty: (post, { at }) => dutyAt(post, new Date(at)),
};
