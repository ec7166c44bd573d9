import type { CaseScreen } from '../../../../src/pages/case/case-screen.ts';
import { newsOf } from '../../../../src/pages/case/changes.ts';
import { EN } from '../../../../src/pages/case/words/en.ts';

const paper = (code: string, status: 'ASKED' | 'CHECKED' | 'REFUSED', statusLabel: string) =>
  ({ __typename: 'CaseDocument', code, name: code, status, statusLabel, reasonLabel: null, note: null }) as const;
const event = (sequence: number, label: string) =>
  ({ __typename: 'CaseEvent', sequence, label, at: '2026-11-23T02:00:00.000Z', agencyLabel: null }) as const;

const BEFORE: CaseScreen = {
  __typename: 'TalentCase',
  id: 'case_01HB0000000000000000000000',
  receiptNumber: 'BHZ-1',
  kindLabel: 'Hukou',
  routeLabel: 'by degree',
  stateLabel: 'Under review',
  waitingOn: 'AGENCY',
  waitingOnLabel: 'Waiting for the agency',
  nextAction: null,
  handlerLabel: null,
  updatedAt: '2026-11-23T02:00:00.000Z',
  nextPollAfter: '2026-11-24T00:30:00.000Z',
  version: 4,
  beneficiary: null,
  deadlines: null,
  progress: null,
  timeline: [event(3, 'Accepted'), event(4, 'Review started')],
  documents: [paper('degree', 'CHECKED', 'Checked')],
  supplementRequest: null,
  opinions: [],
  decision: null,
  outcome: null,
};

test.each<[string | null, string, Partial<CaseScreen>]>([
  [null, 'nothing', {}],
  [null, 'only when to ask again', { nextPollAfter: '2026-11-25T00:30:00.000Z' }],
  ['News: Approved', 'the state', { stateLabel: 'Approved' }],
  ['News: Opinion given', 'an event', { timeline: [...(BEFORE.timeline ?? []), event(5, 'Opinion given')] }],
  [
    'News: More needed, degree (Refused)',
    'a document that is asked for again',
    { stateLabel: 'More needed', documents: [paper('degree', 'REFUSED', 'Refused')] },
  ],
  ['News: details have changed', 'something else', { handlerLabel: 'Park office' }],
])('reports %s when %s has changed', (said, _, change) => {
  expect(newsOf(BEFORE, { ...BEFORE, ...change }, EN.page)).toBe(said);
});
