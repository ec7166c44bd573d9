import { placeOfId } from '../../../domain/ids.ts';
import { decideJointAnswer, decidePosts, type UnitPostsFacts } from '../../../domain/places/posts.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { PublishPostsInput } from '../../../resolvers/parks/generated/types.ts';
import { statedPosts } from '../../../resolvers/parks/publish-posts.ts';
import { accepted, atFirstUse, publisherOf, storyInputs } from '../story/inputs.ts';
import { controlUnits } from './parks.ts';
import { TEDA } from './zones.ts';

const POLICE: Viewer = { kind: 'officer', person: 'demo', agency: 'PSB', zone: TEDA, roles: ['PUBLISH'] };
/** The instant at which the police station agreed to its posts. */
const AGREED_AT = new Date('2020-02-10T01:00:00.000Z');

/** Returns the posts of the three levels and of the police station, which has agreed. Synthetic. */
export const posts = atFirstUse((): readonly UnitPostsFacts[] =>
  storyInputs<PublishPostsInput>('posts.jsonl').map((input) => {
    const unit = controlUnits().units.find(({ id }) => id === placeOfId(input.unit).code) ?? null;
    const grounds = { unit, zoneId: TEDA };
    const asked = accepted(decidePosts(statedPosts(input), null, { ...grounds, viewer: publisherOf(TEDA) }));
    if (unit?.kind !== 'POLICE_STATION') return asked;
    const answer = { seen: asked.version, agrees: true };
    return accepted(decideJointAnswer(answer, asked, { ...grounds, viewer: POLICE, now: AGREED_AT }));
  }),
);
