import { decidePosts } from '../../../../src/domain/places/posts.ts';
import { CONTROL } from '../../../../src/local/demo-data/parks/parks.ts';
import { POSTS } from '../../../../src/local/demo-data/parks/posts.ts';
import { publisherOf } from '../../../fixtures/publish-records.ts';

test("the demo's posts could have been published", () => {
  for (const { parkId, unitCode, posts } of POSTS) {
    const unit = CONTROL.units.find(({ id }) => id === unitCode) ?? null;
    const grounds = { unit, zoneId: 'zone_teda', viewer: publisherOf('zone_teda') };
    expect(decidePosts({ parkId, unitCode, posts, seen: null }, null, grounds)).toMatchObject({ ok: true });
  }
});
