import { stricterFields } from '../../../../src/cli/permissions/stricter-fields.ts';
import { compose } from '../../../fixtures/synthetic/federation.ts';

const faultsOf = (sdl: string) => stricterFields(compose({ parks: sdl }));
const STAFF = '@requiresScopes(scopes: [["staff"]])';

test.each([
  ['may be null', `type Query { park: Park } type Park { staff: Int ${STAFF} }`],
  ['is as strict as what leads to it', `type Query { park: Park ${STAFF} } type Park { staff: Int! ${STAFF} }`],
  [
    'is less strict',
    `type Query { park: Park @requiresScopes(scopes: [["staff", "more"]]) } type Park { staff: Int! ${STAFF} }`,
  ],
  ['is as strict as its type', `type Query { park: Park } type Park ${STAFF} { staff: Int! ${STAFF} }`],
  [
    'stands in an interface that may be null',
    `type Query { beings: [Being]! } interface Being { id: ID! } type Park implements Being { id: ID! ${STAFF} }`,
  ],
])('accepts a field that %s', (_, sdl) => {
  expect(faultsOf(sdl)).toEqual([]);
});

test.each([
  ['Park.staff', 'Query.park', `type Query { park: Park } type Park { name: String staff: Int! ${STAFF} }`],
  [
    'Park.staff',
    'Zone.parks',
    `type Query { zone: Zone park: Park ${STAFF} } type Zone { parks: [Park] } type Park { staff: [Int]! ${STAFF} }`,
  ],
  ['Park.staff', 'Query.park', `type Query { park: Park @authenticated } type Park { staff: Int! ${STAFF} }`],
  [
    'Park.id',
    'Query.beings',
    `type Query { beings: [[Being!]] } interface Being { id: ID! } type Park implements Being { id: ID! ${STAFF} }`,
  ],
  [
    'Park.kind',
    'Query.park',
    `type Query { park: Park } enum Kind ${STAFF} { A } type Park { name: String kind: Kind! }`,
  ],
])('refuses %s, whose null would remove the result of %s', (field, way, sdl) => {
  expect(faultsOf(sdl)).toEqual([expect.stringMatching(`^${field} .* than ${way}`)]);
});
