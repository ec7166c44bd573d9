import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** The park's office announces online courses, and firms enrol their staff, never more than there are places. */

const TEDA = 'zone_teda';
const PARK = 'park_courses';
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: TEDA, roles: ['PUBLISH'] };
const ELSEWHERE: Viewer = { ...OFFICER, zone: 'zone_baodi' };
const WITHOUT_ROLE: Viewer = { ...OFFICER, roles: ['TRACK'] };
const NOW = new Date('2020-03-02T01:00:00.000Z');
const AFTER = new Date('2020-03-05T08:00:00.000Z');
const COURSE = {
  park: PARK,
  title: { zh: '复工复产课程' },
  channel: { zh: '线上会议' },
  startsAt: '2020-03-05T06:00:00.000Z',
  capacity: 10,
};
const stay = { kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10, parkId: PARK } as const;
const FIRMS = Array.from({ length: 8 }, (_, i) => enterpriseOf(5_000 + i, { residencies: [stay] }));
const [ONE, TWO] = FIRMS.map(({ id }) => id) as [string, string];
const STRANGER = enterpriseOf(5_100);

const INPUTS = {
  announceCourse: 'AnnounceCourseInput',
  cancelCourse: 'CancelCourseInput',
  enrolInCourse: 'EnrolInCourseInput',
  recordAttendance: 'RecordAttendanceInput',
} as const;
type Mutation = keyof typeof INPUTS;

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write('enterprises', [knownParkItem(PARK, TEDA), ...[...FIRMS, STRANGER].flatMap(itemsOf)]);
});
afterAll(() => system.stop());

const clerkOf = (enterprise: string): Viewer => ({ kind: 'clerk', person: `c-${enterprise}`, enterprise });

async function sent(mutation: Mutation, input: object, viewer: Viewer, now = NOW) {
  const asked = mutation.endsWith('Course') && mutation !== 'enrolInCourse';
  return serve(
    `mutation ($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) {
      ${asked ? 'course { id version state free }' : 'enrolment { staff attended version course { id free } enterprise { id } }'}
      userErrors { code field }
    } }`,
    { input: { idempotencyKey: `course-${keys++}`, ...input } },
    { viewer, now },
  );
}

async function send(...given: Parameters<typeof sent>) {
  const { data, errors } = await sent(...given);
  expect(errors).toBeUndefined();
  return data[given[0]];
}

const announced = async (change: object = {}): Promise<string> =>
  (await send('announceCourse', { ...COURSE, ...change }, OFFICER)).course.id;
const enrol = (course: string, enterprise: string, staff: number, more: object = {}, now = NOW) =>
  send('enrolInCourse', { course, enterprise, staff, ...more }, clerkOf(enterprise), now);

async function read(type: string, id: string, selection: string, viewer: Viewer) {
  const { data, errors } = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
    { of: [{ __typename: type, id }] },
    { viewer, now: NOW },
  );
  expect(errors).toBeUndefined();
  return data._entities[0];
}
const freeOf = async (id: string) => (await read('Course', id, 'free', { kind: 'anonymous' })).free;

test('a course is announced, firms enrol, and the office records who attended', async () => {
  const id = await announced();
  expect(await enrol(id, ONE, 4)).toEqual({
    enrolment: { staff: 4, attended: null, version: 1, course: { id, free: 6 }, enterprise: { id: ONE } },
    userErrors: [],
  });
  expect((await enrol(id, ONE, 6, { version: 1 })).enrolment.course.free).toBe(4);
  await enrol(id, TWO, 3);
  expect((await enrol(id, TWO, 0, { version: 1 })).enrolment).toMatchObject({ staff: 0, course: { free: 4 } });
  const attendance = { course: id, enterprise: ONE, attended: 5, version: 2 };
  expect((await send('recordAttendance', attendance, OFFICER, AFTER)).enrolment).toMatchObject({
    staff: 6,
    attended: 5,
    version: 3,
  });
  expect(await freeOf(id)).toBe(4);
});

test('of concurrent enrolments none is oversold, and the last is refused with what is free', async () => {
  const id = await announced();
  const answers = await Promise.all(FIRMS.map((firm) => enrol(id, firm.id, 3)));
  expect(answers.filter(({ enrolment }) => enrolment !== null)).toHaveLength(3);
  for (const { userErrors } of answers.filter(({ enrolment }) => enrolment === null)) {
    expect(userErrors).toEqual([{ code: 'COURSE_FULL', field: ['staff'] }]);
  }
  expect(await freeOf(id)).toBe(1);
});

test('two commands of one firm at once take the places once', async () => {
  const id = await announced();
  const answers = await Promise.all([enrol(id, ONE, 2), enrol(id, ONE, 2)]);
  expect(answers.filter(({ enrolment }) => enrolment !== null)).toHaveLength(1);
  expect(await freeOf(id)).toBe(8);
});

test('repeated commands announce and enrol once', async () => {
  const input = { idempotencyKey: 'one-course-only', ...COURSE };
  const { course } = await send('announceCourse', input, OFFICER);
  expect((await send('announceCourse', input, OFFICER)).course).toEqual(course);
  const key = { idempotencyKey: 'one-enrolment-only' };
  const { enrolment } = await enrol(course.id, ONE, 2, key);
  expect((await enrol(course.id, ONE, 2, key)).enrolment).toEqual(enrolment);
  expect(await freeOf(course.id)).toBe(8);
});

test('nobody enrols in a cancelled course, or after its beginning', async () => {
  const id = await announced();
  const late = await enrol(id, ONE, 1, {}, AFTER);
  expect(late.userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['course'] }]);
  const { course } = await send('cancelCourse', { course: id, version: 1 }, OFFICER);
  expect(course).toEqual({ id, version: 2, state: 'CANCELLED', free: 0 });
  expect((await enrol(id, ONE, 1)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['course'] }]);
  expect((await send('cancelCourse', { course: id, version: 2 }, OFFICER)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
  const begun = await announced();
  expect((await send('cancelCourse', { course: begun, version: 1 }, OFFICER, AFTER)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
});

test.each([
  ['another park', { park: 'park_nowhere' }, { code: 'NOT_FOUND', field: ['park'] }],
  ['an empty title', { title: { zh: '', ja: 'a', en: 'a' } }, { code: 'INVALID', field: ['title', 'zh'] }],
  ['an empty channel', { channel: { zh: '', ja: 'a', en: 'a' } }, { code: 'INVALID', field: ['channel', 'zh'] }],
  ['a beginning that is over', { startsAt: NOW.toISOString() }, { code: 'INVALID', field: ['startsAt'] }],
  ['no places', { capacity: 0 }, { code: 'INVALID', field: ['capacity'] }],
])('refuses a course with %s', async (_, change, userError) => {
  expect((await send('announceCourse', { ...COURSE, ...change }, OFFICER)).userErrors).toEqual([userError]);
});

test('refuses enrolments of nobody, of fewer than none, of strangers, and with another version', async () => {
  const id = await announced();
  const invalid = [{ code: 'INVALID', field: ['staff'] }];
  expect((await enrol(id, ONE, 0)).userErrors).toEqual(invalid);
  expect((await enrol(id, ONE, -1)).userErrors).toEqual(invalid);
  expect((await enrol(id, STRANGER.id, 1)).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['enterprise'] }]);
  await enrol(id, ONE, 1);
  expect((await enrol(id, ONE, 2)).userErrors).toEqual([{ code: 'ALREADY_EXISTS', field: ['version'] }]);
  expect((await enrol('course_01HB0000000000000000000000', ONE, 2)).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['course'] },
  ]);
  const forOther = { course: id, enterprise: TWO, staff: 1 };
  expect((await send('enrolInCourse', forOther, clerkOf(ONE))).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
});

test('refuses attendance before the beginning, of more than enrolled, and without an enrolment', async () => {
  const id = await announced();
  await enrol(id, ONE, 2);
  const attendance = { course: id, enterprise: ONE, attended: 2, version: 1 };
  expect((await send('recordAttendance', attendance, OFFICER)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: ['course'] },
  ]);
  const refusalOf = async (change: object, viewer = OFFICER as Viewer) =>
    (await send('recordAttendance', { ...attendance, ...change }, viewer, AFTER)).userErrors;
  expect(await refusalOf({ attended: 3 })).toEqual([{ code: 'INVALID', field: ['attended'] }]);
  expect(await refusalOf({ enterprise: TWO })).toEqual([{ code: 'NOT_FOUND', field: ['enterprise'] }]);
  expect(await refusalOf({ version: 7 })).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
  expect(await refusalOf({}, ELSEWHERE)).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
});

test('officers of other zones and without the role announce and cancel nothing', async () => {
  const id = await announced();
  const refused = [{ code: 'NOT_ALLOWED', field: null }];
  expect((await send('announceCourse', COURSE, ELSEWHERE)).userErrors).toEqual(refused);
  expect((await send('cancelCourse', { course: id, version: 1 }, ELSEWHERE)).userErrors).toEqual(refused);
  for (const [mutation, input] of [
    ['announceCourse', COURSE],
    ['cancelCourse', { course: id, version: 1 }],
    ['recordAttendance', { course: id, enterprise: ONE, attended: 1, version: 1 }],
  ] as const) {
    const { errors } = await sent(mutation, input, WITHOUT_ROLE);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});

test('courses are listed by their beginning, and enrolments shown to those whom they concern', async () => {
  const later = await announced({ startsAt: '2021-03-09T06:00:00.000Z' });
  const sooner = await announced({ startsAt: '2021-03-08T06:00:00.000Z' });
  await enrol(sooner, ONE, 2);
  const listed = await read('Park', PARK, 'courses(from: "2021-01-01T00:00:00.000Z", first: 5) { nodes { id } }', {
    kind: 'anonymous',
  });
  expect(listed.courses.nodes).toEqual([{ id: sooner }, { id: later }]);
  const inCourse = 'enrolments(first: 5) { nodes { staff enterprise { id } } }';
  const seen = { nodes: [{ staff: 2, enterprise: { id: ONE } }] };
  expect((await read('Course', sooner, inCourse, OFFICER)).enrolments).toEqual(seen);
  for (const viewer of [ELSEWHERE, clerkOf(ONE)]) {
    expect((await read('Course', sooner, inCourse, viewer)).enrolments).toBeNull();
  }
  const own = 'enrolments(first: 1) { nodes { staff course { id } } }';
  const mine = await read('Enterprise', ONE, own, clerkOf(ONE));
  expect(mine.enrolments.nodes).toHaveLength(1);
  expect((await read('Enterprise', ONE, own, clerkOf(TWO))).enrolments).toBeNull();
  // An officer's list is that of the officer's zone, at one Query and no filter.
  const calls = await system.dynamo.during(async () => {
    expect((await read('Enterprise', ONE, own, OFFICER)).enrolments).toEqual(mine.enrolments);
  });
  expect(calls.filter(({ command }) => command === 'Query')).toHaveLength(1);
});
