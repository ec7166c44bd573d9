import { refuseNeed, SUPPORT_KINDS } from '../../../src/domain/support/need.ts';
import { SUPPORT_STATES } from '../../../src/domain/support/request.ts';
import { supportRequestsOf } from '../../../src/local/demo-data/enterprises/support.ts';
import { enterpriseOf } from '../../fixtures/enterprise.ts';

const REQUESTS = Array.from({ length: 236 }, (_, number) => [...supportRequestsOf(enterpriseOf(number).id)]).flat();

test('the demo has requests of every kind, with the facts that the kind needs', () => {
  expect(new Set(REQUESTS.map(({ kind }) => kind))).toEqual(new Set(SUPPORT_KINDS));
  expect(REQUESTS.flatMap(({ kind, need, openedOn }) => refuseNeed(kind, need ?? {}, openedOn))).toEqual([]);
});

test('a request of the demo has the answer and the rating of its state, and an event a version', () => {
  const [open, inProgress, , resolved] = SUPPORT_STATES;
  expect(new Set(REQUESTS.map(({ status }) => status))).toEqual(new Set([open, inProgress, resolved]));
  for (const { status, answer, rating, events, version } of REQUESTS) {
    expect(answer !== undefined && rating !== undefined).toBe(status === resolved);
    expect(events).toHaveLength(version);
  }
});
