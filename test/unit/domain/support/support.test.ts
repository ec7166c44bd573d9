import {
  decideRequest,
  decideStep,
  type StatedRequest,
  type SupportCommand,
} from '../../../../src/domain/support/decide.ts';
import type { SupportNeed } from '../../../../src/domain/support/need.ts';
import type { SupportRequest } from '../../../../src/domain/support/request.ts';
import { decideTracking, type StatedTracking } from '../../../../src/domain/support/tracking.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { allowed, faultsOf, inEnglish, textOf } from '../../../fixtures/decision.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const TODAY = '2026-03-02';
const YESTERDAY = '2026-03-01';
const CLERK: Viewer = { kind: 'clerk', person: 'c', enterprise: 'ent_1' };
const OFFICER: Viewer = { kind: 'officer', person: 'o', agency: 'PARK', zone: 'zone_teda', roles: ['TRACK'] };
const STATED: StatedRequest = {
  id: 'req_1',
  enterpriseId: 'ent_1',
  kind: 'FINANCING',
  channel: 'ONLINE',
  need: { amount: '1', months: 1 },
};

test.each<[StatedRequest['kind'], SupportNeed, string[]]>([
  ['FINANCING', { amount: '9'.repeat(12), months: 120 }, []],
  ['FINANCING', { amount: '1'.repeat(13), months: 121 }, ['INVALID_VALUE need.amount', 'INVALID_VALUE need.months']],
  ['FINANCING', { amount: '0', months: 0 }, ['INVALID_VALUE need.amount', 'INVALID_VALUE need.months']],
  ['HIRING', { item: 'x'.repeat(200), quantity: 10_000_000 }, []],
  [
    'HIRING',
    { item: 'x'.repeat(201), quantity: 10_000_001 },
    ['INVALID_VALUE need.item', 'INVALID_VALUE need.quantity'],
  ],
  ['HIRING', { item: ' ', quantity: 1.5 }, ['INVALID_VALUE need.item', 'INVALID_VALUE need.quantity']],
  ['SUPPLIES', { item: 'x', quantity: 1, neededOn: TODAY }, []],
  ['SUPPLIES', { item: 'x', quantity: 1, neededOn: YESTERDAY }, ['INVALID_VALUE need.neededOn']],
  ['MARKET', { item: 'x', months: 1 }, ['INVALID_VALUE need.months']],
  ['DAILY_LIFE', { place: 'x' }, ['INVALID_VALUE need.forWhom']],
])('a request for %s with %j is refused with what is wrong', (kind, need, expected) => {
  expect(faultsOf(decideRequest({ ...STATED, kind, need }, 'OWN', CLERK, NOW))).toEqual(expected);
});

const OPEN = allowed(decideRequest(STATED, 'OWN', CLERK, NOW));
type Step = SupportCommand extends infer One ? (One extends SupportCommand ? Omit<One, 'seen'> : never) : never;
const step = (before: SupportRequest | null, command: Step, viewer: Viewer = OFFICER, seen = before?.version ?? 0) =>
  decideStep(before, { ...command, seen } as SupportCommand, viewer.kind === 'clerk' ? 'OWN' : 'HOME', viewer, NOW);
const visit = (on: string, outcome = textOf('x'.repeat(1000))) =>
  ({ step: 'VISIT', visit: { on, channel: 'ON_SITE', outcome } }) as const;
const answer = { step: 'ANSWER', answer: textOf('x'.repeat(1000)) } as const;

const TAKEN = allowed(step(OPEN, { step: 'TAKE' }));
const ANSWERED = allowed(step(TAKEN, answer));
const CLOSED = allowed(step(ANSWERED, { step: 'CLOSE' }));
const RATED = allowed(step(CLOSED, { step: 'RATE', rating: 5 }, CLERK));

test('each step of a request is an event, and the request keeps what each one tells', () => {
  const visited = allowed(step(TAKEN, visit(TODAY)));
  expect(visited).toMatchObject({ status: 'IN_PROGRESS', visits: [{ on: TODAY }], version: 3 });
  expect(RATED).toMatchObject({ status: 'RESOLVED', answer: answer.answer, rating: 5, version: 5 });
  expect(RATED.events?.map(({ kind }) => kind)).toEqual(['REQUESTED', 'TAKEN', 'ANSWERED', 'CLOSED', 'RATED']);
  expect(allowed(step(OPEN, { step: 'WITHDRAW' }, CLERK)).status).toBe('WITHDRAWN');
});

test.each<[string, ReturnType<typeof step>, string[]]>([
  ['a visit before the request', step(TAKEN, visit(YESTERDAY)), ['INVALID_VALUE on']],
  ['a visit to come', step(TAKEN, visit('2026-03-03')), ['INVALID_VALUE on']],
  ['too many words of a visit', step(TAKEN, visit(TODAY, inEnglish('x'.repeat(1001)))), ['INVALID_TEXT outcome.en']],
  ['too many words', step(TAKEN, { ...answer, answer: inEnglish('x'.repeat(1001)) }), ['INVALID_TEXT answer.en']],
  ['the last visit that it holds', step({ ...TAKEN, version: 99 }, visit(TODAY)), []],
  ['a visit too many', step({ ...TAKEN, version: 100 }, visit(TODAY)), ['WRONG_STATE ']],
  ['an answer too many', step({ ...TAKEN, version: 100 }, answer), ['WRONG_STATE ']],
  ['its end after as many', step({ ...ANSWERED, version: 100 }, { step: 'CLOSE' }), []],
  ['the lowest rating', step(CLOSED, { step: 'RATE', rating: 1 }, CLERK), []],
  ['a rating below', step(CLOSED, { step: 'RATE', rating: 0 }, CLERK), ['INVALID_VALUE rating']],
  ['a rating above', step(CLOSED, { step: 'RATE', rating: 6 }, CLERK), ['INVALID_VALUE rating']],
  ['a second rating', step(RATED, { step: 'RATE', rating: 1 }, CLERK), ['WRONG_STATE ']],
  ['an answer before it is taken', step(OPEN, answer), ['WRONG_STATE ']],
  ['another version', step(TAKEN, answer, OFFICER, 1), ['OTHER_VERSION version']],
  ['an answer by the enterprise', step(TAKEN, answer, CLERK), ['NOT_YOURS ']],
  ['no request', step(null, answer), ['UNKNOWN_RECORD request']],
])('%s: what is wrong is named', (_what, decision, expected) => {
  expect(faultsOf(decision)).toEqual(expected);
});

test.each(['NONE', 'HOST'] as const)('a request is unknown to a viewer whose relation is %s', (relation) => {
  expect(faultsOf(decideStep(TAKEN, { ...answer, seen: 2 }, relation, OFFICER, NOW))).toEqual([
    'UNKNOWN_RECORD request',
  ]);
});

const TRACKING: StatedTracking = { enterpriseId: 'ent_1', seen: null, desk: ' Desk ', familyName: '张' };
const track = (change: Partial<StatedTracking>, before: Parameters<typeof decideTracking>[1] = null) =>
  decideTracking({ ...TRACKING, ...change }, before, 'HOME', OFFICER, NOW);

test('a desk follows another, which is remembered', () => {
  const first = allowed(track({}));
  expect(first).toEqual({ version: 1, enterpriseId: 'ent_1', officer: 'Desk 张*', since: TODAY });
  const second = allowed(track({ seen: 1, familyName: null }, { ...first, since: YESTERDAY }));
  expect(second).toMatchObject({
    version: 2,
    officer: 'Desk',
    earlier: [{ officer: 'Desk 张*', since: YESTERDAY, until: TODAY }],
  });
  const past = Array.from({ length: 20 }, () => ({ officer: 'x', since: YESTERDAY, until: YESTERDAY }));
  expect(allowed(track({ seen: 1, familyName: null }, { ...first, earlier: past })).earlier).toHaveLength(20);
  expect(faultsOf(track({ seen: 1 }, first))).toEqual(['INVALID_VALUE desk']);
  expect(faultsOf(track({}, first))).toEqual(['RECORD_EXISTS version', 'INVALID_VALUE desk']);
  expect(faultsOf(track({ desk: 'x'.repeat(61) }))).toEqual(['INVALID_TEXT desk']);
  expect(faultsOf(track({ desk: 'Desk 5' }))).toEqual(['INVALID_TEXT desk']);
  expect(faultsOf(track({ familyName: '张三丰' }))).toEqual(['INVALID_TEXT familyName']);
});
