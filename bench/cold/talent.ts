import type { DocumentNode, SelectionSetNode } from 'graphql';

/** One synthetic case, by field names. */
const DATA = {
  case: {
    __typename: 'TalentCase',
    id: 'case_01',
    receiptNumber: 'BHZ-000001',
    kind: 'HUKOU',
    route: 'ACADEMIC',
    state: 'ACCEPTED',
    stateLabel: '已受理',
    waitingOn: 'AGENCY',
    nextAction: '等待审核',
    handler: 'PSB',
    deadlines: {
      __typename: 'CaseDeadlines',
      step: 'DECISION',
      promisedBy: '2020-03-20',
      statutoryBy: '2020-04-10',
      elapsed: 3,
      unit: 'WORKING_DAY',
      breached: false,
      provisional: false,
    },
    timeline: [
      { __typename: 'CaseEvent', sequence: 1, kind: 'SUBMITTED', label: '已提交', at: '2020-03-13T02:00:00Z' },
      { __typename: 'CaseEvent', sequence: 2, kind: 'ACCEPTED', label: '已受理', at: '2020-03-16T02:00:00Z' },
    ],
    documents: [{ __typename: 'CaseDocument', code: 'ID', name: '身份证', status: 'CHECKED' }],
    updatedAt: '2020-03-16T02:00:00Z',
    version: 2,
  },
};

/** Answers a document over the one case, under the keys that it asks for. */
export function answerOf(document: DocumentNode): { readonly data: Record<string, unknown> } {
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('The document holds no operation.');
  return { data: shaped(operation.selectionSet, DATA) as Record<string, unknown> };
}

function shaped(set: SelectionSetNode, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => shaped(set, item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = set.selections.flatMap((selection): [string, unknown][] => {
    if (selection.kind === 'FragmentSpread') return [];
    if (selection.kind === 'InlineFragment') {
      return Object.entries(shaped(selection.selectionSet, value) as Record<string, unknown>);
    }
    const inner = (value as Record<string, unknown>)[selection.name.value];
    const key = selection.alias?.value ?? selection.name.value;
    return [[key, selection.selectionSet ? shaped(selection.selectionSet, inner) : inner]];
  });
  return Object.fromEntries(entries);
}
